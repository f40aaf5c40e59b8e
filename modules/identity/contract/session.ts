import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'

/** Who is signed in, and what the web app needs to show itself to them. */
export const Me = z.object({
  staffId: Id,
  name: z.string(),
  email: z.string(),
  /** Highest level first. */
  roles: z.array(z.string()),
  /** What those are called that people made, by key; the others have their names in the messages. */
  roleNames: z.record(z.string(), z.string()),
  permissions: z.array(z.string()),
  /** Those of them held only within limits. */
  limited: z.array(z.string()),
  language: z.enum(['fr', 'en']),
  expiresAt: Instant,
  /** Only one way to show a second factor: lost, it takes two administrators to come back. */
  oneFactorOnly: z.boolean(),
  /** The impersonation the session sleeps for: until its end it does next to nothing. */
  asleepFor: Id.nullable(),
  /** When it wakes by itself, if nobody wakes it before. */
  asleepUntil: Instant.nullable(),
})
export type Me = z.infer<typeof Me>

export const getSession = endpoint({
  method: 'GET',
  path: '/session',
  realm: 'staff',
  may: 'signed_in',
  summary: 'Who is signed in',
  output: Me,
  whileAsleep: true,
  // `account`: whether one factor is all there is.
  refreshedBy: ['session', 'account'],
})

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  realm: 'staff',
  may: 'signed_in',
  records: 'staff.signed_out',
  about: 'staff_member',
  stepUp: false,
  whileAsleep: true,
  summary: 'Ends the session',
  output: z.undefined(),
  status: 204,
})

export const chooseLanguage = endpoint({
  method: 'PUT',
  path: '/session/language',
  realm: 'staff',
  may: 'signed_in',
  records: 'staff.language_chosen',
  about: 'staff_member',
  stepUp: false,
  summary: 'Keeps the language the signed-in person works in',
  input: { body: z.object({ language: z.enum(['fr', 'en']) }) },
  output: Me,
})
