import { z } from 'zod'
import { Id, Revision } from '#platform/contract/ids.ts'

export const member = { realm: 'member', stepUp: false } as const
export const one = { params: z.object({ id: Id }) }
/** Of what was seen: who changes something says so. */
export const revision = Revision

/** The name is null for who may not see patients. */
export const WhichPatient = z.object({ id: Id, name: z.string().nullable() })
export const Who = z.object({ id: Id, name: z.string() })
