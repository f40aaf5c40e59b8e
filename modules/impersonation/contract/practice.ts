/** What a practice sees of it, answers to it, and may end. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Act, Impersonation, Policy } from './access.ts'
import { notNow } from './asking.ts'

/** Notes are their author’s: nobody else opens them, the practice’s holder neither. */
export const notYourNotes = refusal('impersonation_not_your_notes', 403)
/** A practice may be stricter than the vendor, never less strict. `details.policy` is the vendor’s. */
export const lessStrict = refusal('impersonation_less_strict', 422)

const member = { realm: 'member', may: 'cabinet.accesses', about: 'impersonation' } as const
const one = z.object({ id: Id })

/** Without the vendor’s own affairs: who reviewed what. */
export const Access = Impersonation.omit({ review: true, reviewedBy: true, reviewedAt: true }).extend({
  /** The asking member may answer it, or open their notes for it, or end it. */
  can: z.object({ answer: z.boolean(), openNotes: z.boolean(), end: z.boolean() }),
})
export type Access = z.infer<typeof Access>

export const listAccesses = endpoint({
  ...member,
  method: 'GET',
  path: '/accesses',
  summary: 'Every time somebody of the vendor’s team came in, or asked to, the latest first; 200 at most',
  input: { query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(200) }) },
  output: z.object({
    rows: z.array(Access),
    policy: z.object({ vendor: Policy, own: Policy.nullable(), effective: Policy }),
  }),
  refreshedBy: ['accesses'],
})

export const getAccess = endpoint({
  ...member,
  method: 'GET',
  path: '/accesses/:id',
  summary: 'One of them, with all that was seen and changed, in its order; 2,000 lines at most',
  input: { params: one },
  output: Access.extend({ lines: z.array(Act) }),
  refreshedBy: ['accesses'],
})

/** Lines of the tamper-evident log with proofs that they stand in it, for whoever wants to verify them elsewhere. */
export const getAccessProof = endpoint({
  ...member,
  method: 'GET',
  path: '/accesses/:id/proof',
  records: 'impersonation.proof_handed_out',
  impersonated: 'refused',
  summary: 'The access and the log’s proof of each of its lines, as a file',
  input: { params: one },
  output: { stream: ['application/zip', 'application/json'] },
})

/** With the second factor, where they have one: it opens what is theirs. */
export const agreeToAccess = endpoint({
  ...member,
  method: 'POST',
  path: '/accesses/:id/agreement',
  records: 'impersonation.agreed',
  stepUp: true,
  summary: 'Lets somebody of the vendor’s team in who asked, with or without one’s notes',
  input: { params: one, body: z.object({ openNotes: z.boolean().default(false) }) },
  output: Access,
  refusals: [notNow, notYourNotes],
  touches: ['accesses', 'impersonations'],
})

export const refuseAccess = endpoint({
  ...member,
  method: 'POST',
  path: '/accesses/:id/refusal',
  records: 'impersonation.refused',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Lets nobody in',
  input: { params: one },
  output: Access,
  refusals: [notNow],
  touches: ['accesses', 'impersonations'],
})

export const openNotesToAccess = endpoint({
  ...member,
  method: 'POST',
  path: '/accesses/:id/notes',
  records: 'impersonation.notes_opened',
  stepUp: true,
  summary: 'Lets whoever is in read one’s notes, until they go',
  input: { params: one },
  output: Access,
  refusals: [notNow, notYourNotes],
  touches: ['accesses', 'impersonations'],
})

export const endAccess = endpoint({
  ...member,
  method: 'POST',
  path: '/accesses/:id/end',
  records: 'impersonation.revoked',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Shows whoever is in the door, at once',
  input: { params: one },
  output: Access,
  refusals: [notNow],
  touches: ['accesses', 'impersonations'],
})

export const chooseOwnPolicy = endpoint({
  ...member,
  method: 'PUT',
  path: '/access-policy',
  records: 'practice.access_policy_changed',
  about: 'tenant',
  stepUp: true,
  summary: 'Chooses to be told sooner, or asked; null goes by the vendor’s alone',
  input: { body: z.object({ policy: Policy.nullable() }) },
  output: z.object({ vendor: Policy, own: Policy.nullable(), effective: Policy }),
  refusals: [lessStrict],
  touches: ['accesses'],
})
