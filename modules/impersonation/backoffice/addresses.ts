/** Where assistance is found, written once. */
import type { Purpose, State } from '#contract/impersonation'
import { stringifySearch } from '#platform/ui/url-state.ts'

export type ImpersonationFilters = {
  state?: State | undefined
  purpose?: Purpose | undefined
  toReview?: 'true' | undefined
  /** Ids: of who asked, of the practice, of the member. */
  actor?: string | undefined
  tenant?: string | undefined
  member?: string | undefined
}

export const listTo = (filters: ImpersonationFilters = {}) => `/impersonations${stringifySearch(filters)}`
export const runningTo = listTo({ state: 'running' })
export const reviewTo = listTo({ toReview: 'true' })
export const impersonationTo = (id: string) => `/impersonations/${id}`
/** Out of this app: the server leads on to the practice host, which gives the browser its half of the key. */
export const wayIn = (id: string) => `/assistance/${id}`
/** Each member of a practice stands on its page. */
export const practicesTo = '/tenants'
export const clientTo = (id: string) => `/clients/${id}`
export const tenantTo = (id: string) => `/tenants/${id}`
/** What the audit log tells of one. */
export const logTo = (object: string) => `/audit${stringifySearch({ objectType: 'impersonation', object })}`
