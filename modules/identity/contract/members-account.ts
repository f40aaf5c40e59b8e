/** What members keep for themselves: their second factor, and showing again who they are before something that matters. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Instant } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { enrolmentExpired, passwordWrong } from './account.ts'
import { MemberFactor, NewAuthenticator, noFactorHeld, ShownMemberFactor, sixDigits } from './members.ts'
import { codeAlreadyUsed, codeWrong } from './signing-in.ts'

/** Their second factor is asked for besides the password. */
export const factorMissing = refusal('factor_missing', 403)
/** One of the practices they work in asks everybody for one. */
export const factorRequired = refusal('factor_required')

export const MemberAccount = z.object({
  name: z.string(),
  email: z.string(),
  authenticator: z.object({ enrolledAt: Instant, lastUsedAt: Instant.nullable() }).nullable(),
  /** Null: none were ever made. */
  recoveryCodes: z.object({ left: z.int(), total: z.int(), createdAt: Instant }).nullable(),
  /** The practices that ask everybody for a second factor, by name. */
  requiredBy: z.array(z.string()),
})
export type MemberAccount = z.infer<typeof MemberAccount>

const own = { realm: 'member', may: 'signed_in', about: 'member_account' } as const

export const getMemberAccount = endpoint({
  ...own,
  method: 'GET',
  path: '/account',
  summary: 'One’s own second factor and recovery codes (never their secrets)',
  output: MemberAccount,
  refreshedBy: ['account'],
})

export const getNewMemberAuthenticator = endpoint({
  ...own,
  method: 'GET',
  path: '/account/authenticator/new',
  stepUp: true,
  impersonated: 'refused',
  summary: 'A secret for a new authenticator; nothing changes until its first code comes back',
  output: NewAuthenticator,
})

export const enrolMemberAuthenticator = endpoint({
  ...own,
  method: 'PUT',
  path: '/account/authenticator',
  records: 'member.authenticator_enrolled',
  stepUp: true,
  impersonated: 'refused',
  summary: 'Enrols an authenticator, instead of the former one if there is one; ends one’s other sessions',
  input: { body: z.object({ enrolment: z.string().max(500), code: sixDigits }) },
  output: z.object({
    account: MemberAccount,
    /** With the first authenticator only, and shown this once. */
    recoveryCodes: z.array(z.string()).nullable(),
  }),
  refusals: [codeWrong, enrolmentExpired],
  touches: ['account'],
})

export const removeMemberAuthenticator = endpoint({
  ...own,
  method: 'DELETE',
  path: '/account/authenticator',
  records: 'member.authenticator_removed',
  stepUp: true,
  impersonated: 'refused',
  summary: 'Removes one’s authenticator and recovery codes: the password alone opens a session again',
  output: MemberAccount,
  refusals: [noFactorHeld, factorRequired],
  touches: ['account'],
})

export const makeMemberRecoveryCodes = endpoint({
  ...own,
  method: 'POST',
  path: '/account/recovery-codes',
  records: 'member.recovery_codes_created',
  stepUp: true,
  impersonated: 'refused',
  summary: 'Makes ten recovery codes and shows them this once; the former ones no longer work',
  output: z.object({ codes: z.array(z.string()) }),
  status: 201,
  refusals: [noFactorHeld],
  touches: ['account'],
})

export const getMemberStepUp = endpoint({
  ...own,
  method: 'GET',
  path: '/session/step-up',
  impersonated: 'refused',
  summary: 'Which second factors are asked for besides the password',
  output: z.object({ methods: z.array(MemberFactor) }),
})

/** Counts where signing in does: no more tries here than there. */
export const stepUpMember = endpoint({
  ...own,
  method: 'POST',
  path: '/session/step-up',
  records: 'member.stepped_up',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Shows password and second factor again; the session is fresh for five minutes',
  input: {
    body: z.object({
      password: z.string().min(1).max(1_000),
      /** Of whoever has one. */
      factor: ShownMemberFactor.nullable(),
    }),
  },
  output: z.object({ until: Instant }),
  refusals: [passwordWrong, factorMissing, codeWrong, codeAlreadyUsed],
})
