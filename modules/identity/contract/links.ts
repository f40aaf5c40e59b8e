import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Instant } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { TypedAddress } from './signing-in.ts'

/** Used, expired, revoked or never given: the same answer. */
export const linkGone = refusal('link_gone', 410)

const token = z.string().min(1).max(200)
const open = { realm: 'public', may: 'anyone' } as const

/** The same answer, and the same work, whether the account exists or not: a job looks for it. */
export const askPasswordReset = endpoint({
  ...open,
  method: 'POST',
  path: '/password-resets',
  records: 'staff.password_reset_asked',
  about: 'staff_member',
  stepUp: false,
  summary: 'Mails a link to choose another password, if there is such an account',
  input: { body: z.object({ email: TypedAddress }) },
  output: z.undefined(),
  status: 204,
})

/** The token travels in the body: an address would stand in histories and logs. */
export const openLink = endpoint({
  ...open,
  method: 'POST',
  path: '/links/opening',
  records: 'staff.link_opened',
  about: 'staff_member',
  stepUp: false,
  summary: 'What a mailed link is for; does not use it up',
  input: { body: z.object({ token }) },
  output: z.object({
    kind: z.enum(['invitation', 'password_reset', 'factor_enrolment', 'factor_reset_refusal']),
    name: z.string(),
    email: z.string(),
    expiresAt: Instant,
  }),
  refusals: [linkGone],
})

/** Ends every session of the person; the second factor is asked at the next sign-in as ever. */
export const choosePassword = endpoint({
  ...open,
  method: 'POST',
  path: '/links/password',
  records: 'staff.password_replaced',
  about: 'staff_member',
  stepUp: false,
  summary: 'Chooses a password by an invitation or a reset link, which is used up',
  input: { body: z.object({ token, password: z.string().max(1_000) }) },
  output: z.object({ email: z.string() }),
  refusals: [linkGone],
})

export const refuseFactorReset = endpoint({
  ...open,
  method: 'POST',
  path: '/links/factor-reset-refusal',
  records: 'staff.factor_reset_refused',
  about: 'staff_member',
  stepUp: false,
  summary: 'The person says that it was not them: the factors stay',
  input: { body: z.object({ token }) },
  output: z.undefined(),
  status: 204,
  refusals: [linkGone],
  touches: ['factor_resets'],
})
