/** All of them, running and past, as the team sees them; and their ends. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { Act, Impersonation, Purpose, State } from './access.ts'
import { notNow } from './asking.ts'

const staff = { realm: 'staff', about: 'impersonation' } as const
const one = z.object({ id: Id })

export const listImpersonations = endpoint({
  ...staff,
  method: 'GET',
  path: '/impersonations',
  may: 'impersonation.read',
  summary: 'Impersonations, the latest first',
  input: {
    query: z.object({
      ...pageQuery,
      state: State.optional(),
      purpose: Purpose.optional(),
      actor: Id.optional(),
      tenant: Id.optional(),
      member: Id.optional(),
      /** Broken glass nobody has looked at yet. */
      toReview: z.stringbool().optional(),
    }),
  },
  output: pageOf(Impersonation),
  refreshedBy: ['impersonations'],
})

export const getImpersonation = endpoint({
  ...staff,
  method: 'GET',
  path: '/impersonations/:id',
  may: 'impersonation.read',
  summary: 'One of them, with all that was seen and done, in its order; 2,000 lines at most',
  input: { params: one },
  output: Impersonation.extend({ lines: z.array(Act) }),
  refreshedBy: ['impersonations'],
})

/** Of the last so many days. */
export const getImpersonationFigures = endpoint({
  ...staff,
  method: 'GET',
  path: '/impersonation-figures',
  may: 'impersonation.read',
  summary: 'How many of late, how long (median, in seconds), what for, and what waits',
  input: { query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }) },
  output: z.object({
    running: z.int(),
    waiting: z.int(),
    toReview: z.int(),
    begun: z.int(),
    medianSeconds: z.int().nullable(),
    withWriting: z.int(),
    brokenGlass: z.int(),
    byPurpose: z.array(z.object({ purpose: Purpose, begun: z.int(), medianSeconds: z.int().nullable() })),
  }),
  refreshedBy: ['impersonations'],
})

/** By whoever may, and at once: the next request in it is refused. Also takes away what has not begun. */
export const revokeImpersonation = endpoint({
  ...staff,
  method: 'POST',
  path: '/impersonations/:id/revocation',
  may: 'impersonation.revoke',
  records: 'impersonation.revoked',
  stepUp: false,
  summary: 'Ends somebody’s impersonation, or what was asked for',
  input: { params: one },
  output: Impersonation,
  refusals: [notNow],
  touches: ['impersonations'],
})

/** Of who asked: takes back what has not begun. */
export const withdrawImpersonation = endpoint({
  ...staff,
  method: 'POST',
  path: '/impersonations/:id/withdrawal',
  may: 'impersonation.start',
  records: 'impersonation.given_up',
  stepUp: false,
  summary: 'Takes back what one asked for and has not begun',
  input: { params: one },
  output: Impersonation,
  refusals: [notNow],
  touches: ['impersonations'],
})

/** From the session that sleeps meanwhile: it wakes. */
export const endOwnImpersonation = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/session/impersonation',
  may: 'signed_in',
  records: 'impersonation.ended',
  stepUp: false,
  whileAsleep: true,
  summary: 'Ends the impersonation this session is asleep for',
  output: z.undefined(),
  status: 204,
  refusals: [notNow],
  touches: ['impersonations'],
})
