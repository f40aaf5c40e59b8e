import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { SignInEvent } from './defence.ts'
import {
  codeWrong,
  Factor,
  passkeyRefused,
  PasskeyOptions,
  PasskeyResponse,
  sixDigits,
} from './signing-in.ts'

/** The only factor cannot be removed: the account could never be entered again. */
export const lastFactor = refusal('last_factor')
export const passwordWrong = refusal('password_wrong', 403)
export const enrolmentExpired = refusal('enrolment_expired', 410)

export const OpenSession = z.object({
  id: Id,
  current: z.boolean(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  ip: z.string(),
  /** ISO 3166 code of the country the address is registered in, null while no table of addresses is worth trusting (decision 14). */
  country: z.string().nullable(),
  factor: Factor,
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
})
export type OpenSession = z.infer<typeof OpenSession>

export const Passkey = z.object({
  id: Id,
  name: z.string(),
  /** Kept by a password manager, and so on several devices. */
  backedUp: z.boolean(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
})
export type Passkey = z.infer<typeof Passkey>

export const Account = z.object({
  passwordChangedAt: Instant.nullable(),
  authenticator: z.object({ enrolledAt: Instant, lastUsedAt: Instant.nullable() }).nullable(),
  passkeys: z.array(Passkey),
  /** Null: none were ever made. */
  recoveryCodes: z.object({ left: z.int(), total: z.int(), createdAt: Instant }).nullable(),
})
export type Account = z.infer<typeof Account>

const own = { realm: 'staff', may: 'signed_in' } as const

export const getAccount = endpoint({
  ...own,
  method: 'GET',
  path: '/account',
  summary: "One's own password, factors and recovery codes (never their secrets)",
  output: Account,
  refreshedBy: ['account'],
})

export const listOwnSessions = endpoint({
  ...own,
  method: 'GET',
  path: '/account/sessions',
  summary: "One's own open sessions, the latest used first",
  output: z.object({ rows: z.array(OpenSession) }),
  refreshedBy: ['account', 'session'],
})

export const listOwnSignIns = endpoint({
  ...own,
  method: 'GET',
  path: '/account/sign-ins',
  summary: "The latest fifty sign-ins to one's own account, and the tries that failed",
  output: z.object({ rows: z.array(SignInEvent) }),
  refreshedBy: ['account'],
})

export const endOwnSession = endpoint({
  ...own,
  method: 'DELETE',
  path: '/account/sessions/:id',
  records: 'session.ended',
  stepUp: false,
  summary: "Ends one of one's own sessions",
  input: { params: z.object({ id: Id }) },
  output: z.undefined(),
  status: 204,
  touches: ['account'],
})

export const endOtherSessions = endpoint({
  ...own,
  method: 'DELETE',
  path: '/account/sessions',
  records: 'session.others_ended',
  stepUp: false,
  summary: "Ends all one's own sessions but this one",
  output: z.object({ ended: z.int() }),
  touches: ['account'],
})

export const changePassword = endpoint({
  ...own,
  method: 'PUT',
  path: '/account/password',
  records: 'staff.password_changed',
  about: 'staff_member',
  stepUp: true,
  summary: "Changes one's own password; asks for the current one",
  input: {
    body: z.object({
      current: z.string().min(1).max(1_000),
      password: z.string().max(1_000),
      endOtherSessions: z.boolean().default(true),
    }),
  },
  output: z.undefined(),
  status: 204,
  refusals: [passwordWrong],
  touches: ['account'],
})

export const getNewAuthenticator = endpoint({
  ...own,
  method: 'GET',
  path: '/account/authenticator/new',
  stepUp: true,
  summary: 'A secret for a new authenticator; nothing changes until its first code comes back',
  output: z.object({
    secret: z.string(),
    uri: z.string(),
    qrCode: z.string(),
    /** The secret sealed for this session, to send back with the code; good for fifteen minutes. */
    enrolment: z.string(),
  }),
})

export const enrolAuthenticator = endpoint({
  ...own,
  method: 'PUT',
  path: '/account/authenticator',
  records: 'staff.authenticator_enrolled',
  about: 'staff_member',
  stepUp: true,
  summary: 'Enrols an authenticator, instead of the former one if there is one',
  input: {
    body: z.object({
      enrolment: z.string().max(500),
      code: sixDigits,
    }),
  },
  output: Account,
  refusals: [codeWrong, enrolmentExpired],
  touches: ['account'],
})

export const removeAuthenticator = endpoint({
  ...own,
  method: 'DELETE',
  path: '/account/authenticator',
  records: 'staff.authenticator_removed',
  about: 'staff_member',
  stepUp: true,
  summary: "Removes one's authenticator",
  output: Account,
  refusals: [lastFactor],
  touches: ['account'],
})

export const getNewPasskey = endpoint({
  ...own,
  method: 'GET',
  path: '/account/passkeys/new',
  stepUp: true,
  summary: 'What a browser needs to make a passkey; good for five minutes, once',
  output: z.object({ passkey: PasskeyOptions }),
})

export const addPasskey = endpoint({
  ...own,
  method: 'POST',
  path: '/account/passkeys',
  records: 'staff.passkey_added',
  about: 'staff_member',
  stepUp: true,
  summary: 'Keeps a passkey the browser made',
  input: { body: z.object({ name: line(60).min(1), response: PasskeyResponse }) },
  output: Account,
  status: 201,
  refusals: [passkeyRefused],
  touches: ['account'],
})

export const renamePasskey = endpoint({
  ...own,
  method: 'PATCH',
  path: '/account/passkeys/:id',
  records: 'staff.passkey_renamed',
  about: 'passkey',
  stepUp: false,
  summary: "Renames one of one's passkeys",
  input: { params: z.object({ id: Id }), body: z.object({ name: line(60).min(1) }) },
  output: Account,
  touches: ['account'],
})

export const removePasskey = endpoint({
  ...own,
  method: 'DELETE',
  path: '/account/passkeys/:id',
  records: 'staff.passkey_removed',
  about: 'passkey',
  stepUp: true,
  summary: "Removes one of one's passkeys",
  input: { params: z.object({ id: Id }) },
  output: Account,
  refusals: [lastFactor],
  touches: ['account'],
})

export const makeRecoveryCodes = endpoint({
  ...own,
  method: 'POST',
  path: '/account/recovery-codes',
  records: 'staff.recovery_codes_created',
  about: 'staff_member',
  stepUp: true,
  summary: 'Makes ten recovery codes and shows them this once; the former ones no longer work',
  output: z.object({ codes: z.array(z.string()) }),
  status: 201,
  touches: ['account'],
})
