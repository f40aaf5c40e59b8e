import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import type { Refusal } from '#platform/contract/refusal.ts'
import type { AnyInput, Browserless } from '../../harness/browserless.ts'
import type { TenancyServer } from '../../harness/tenants.ts'

/** Who calls, with what: everything before that call is arranged by the story. */
export type Call = { as: Browserless; input?: AnyInput }

/** How an endpoint is called with success. */
export type WriteStory = { endpoint: AnyEndpoint; tell(server: TenancyServer): Promise<Call> }

/** How what is sensitive is read: the look it leaves is about what this call reads, and nobody looked at it before. */
export type LookStory = WriteStory

/** How one declared refusal of an endpoint is provoked. */
export type RefusalStory = WriteStory & { refusal: Refusal }
