/** The practices' people. They sign in on the practice host; the vendor's team sees who they are, never what they write. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { linkGone } from './links.ts'
import {
  codeAlreadyUsed,
  codeWrong,
  credentialsWrong,
  Factor,
  passkeyRefused,
  PasskeyOptions,
  PasskeyResponse,
  ShownFactor,
  signInExpired,
  sixDigits,
  TypedAddress,
} from './signing-in.ts'

export const profiles = ['practitioner', 'secretary'] as const
export const Profile = z.enum(profiles)
export type Profile = z.infer<typeof Profile>

/** What a secretary may be granted in a practice; a practitioner may all of it, and reads notes besides. */
export const rights = ['agenda', 'patients', 'calls', 'messages', 'files', 'fees', 'figures'] as const
export const Right = z.enum(rights)
export type Right = z.infer<typeof Right>

/** Of everybody let in as a secretary, unless said otherwise: no money. */
export const usualRights = [
  'agenda',
  'patients',
  'calls',
  'messages',
  'files',
] as const satisfies readonly Right[]

/** Said only after the right password. */
export const practiceSuspended = refusal('practice_suspended', 403)

const Language = z.enum(['fr', 'en'])

/** Who is signed in, and in whose practice. Nothing names the practice's database. */
export const MemberMe = z.object({
  memberId: Id,
  name: z.string(),
  email: z.string(),
  profile: Profile,
  /** The practice is theirs. */
  holder: z.boolean(),
  practice: z.string(),
  /** In how many practices this person works. */
  practices: z.int(),
  permissions: z.array(z.string()),
  language: Language,
  expiresAt: Instant,
  /** Somebody of the vendor’s team stands in for them: who, why, and until when. Null: it is themself. */
  impersonation: z
    .object({
      id: Id,
      actor: z.string(),
      reason: z.string(),
      reference: z.string(),
      mayWrite: z.boolean(),
      notesOpen: z.boolean(),
      endsAt: Instant,
    })
    .nullable(),
})
export type MemberMe = z.infer<typeof MemberMe>

/** One of several practices, to be chosen at sign-in. */
export const PracticeChoice = z.object({
  memberId: Id,
  name: z.string(),
  profile: Profile,
  suspended: z.boolean(),
})
export type PracticeChoice = z.infer<typeof PracticeChoice>

const door = { realm: 'member', may: 'anyone', stepUp: false } as const
const ofAccount = { ...door, about: 'member_account' } as const

// ─────────────────────────── second factors

/** A secret for an authenticator; nothing changes until its first code comes back. */
export const NewAuthenticator = z.object({
  /** For authenticators that cannot scan: base32. */
  secret: z.string(),
  uri: z.string(),
  /** The same as a QR code, `data:image/svg+xml;…`. */
  qrCode: z.string(),
  /** The secret, sealed for this sign-in or session alone: to be sent back with the code. */
  enrolment: z.string(),
})
export type NewAuthenticator = z.infer<typeof NewAuthenticator>

const entered = z.object({ step: z.literal('entered'), me: MemberMe })
const choice = z.object({ step: z.literal('choice'), practices: z.array(PracticeChoice) })
/** The practice asks everybody for a second factor, and this person has none yet. */
const enrolment = NewAuthenticator.extend({
  step: z.literal('enrolment'),
  memberId: Id,
  practice: z.string(),
  /** For making a passkey instead. */
  passkey: PasskeyOptions,
})
const secondFactor = z.object({
  step: z.literal('second_factor'),
  methods: z.array(Factor),
  passkey: PasskeyOptions.nullable(),
})

/** Whoever has a second factor is asked for it before anything else; nobody is in without it. */
export const signInMember = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/sign-in',
  records: 'member.signed_in',
  impersonated: 'refused',
  summary: 'Checks e-mail and password; opens a session, or says what is asked next',
  input: { body: z.object({ email: TypedAddress, password: z.string().min(1).max(1_000) }) },
  output: z.discriminatedUnion('step', [entered, choice, secondFactor, enrolment]),
  refusals: [credentialsWrong, practiceSuspended],
})
export type MemberStep = z.infer<typeof signInMember.output>

export const showMemberFactor = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/sign-in/second-factor',
  records: 'member.factor_accepted',
  impersonated: 'refused',
  summary: 'Checks a second factor after the password; opens a session, or asks in which practice',
  input: { body: ShownFactor },
  output: z.discriminatedUnion('step', [entered, choice]),
  refusals: [codeWrong, codeAlreadyUsed, passkeyRefused, signInExpired, practiceSuspended],
})

export const getMemberPasskeySignIn = endpoint({
  method: 'GET',
  path: '/sign-in/passkey',
  realm: 'member',
  may: 'anyone',
  summary: 'What a browser needs to sign in by a passkey alone; good for five minutes, once',
  output: z.object({ passkey: PasskeyOptions }),
})

/** A passkey whose holder was verified (PIN, finger, face) is two factors in one: no password is asked. */
export const signInMemberWithPasskey = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/sign-in/passkey',
  records: 'member.signed_in',
  impersonated: 'refused',
  summary: 'Opens a session by a passkey alone, or asks in which practice',
  input: { body: z.object({ response: PasskeyResponse }) },
  output: z.discriminatedUnion('step', [entered, choice]),
  refusals: [passkeyRefused, practiceSuspended],
})

/** For whoever is asked for a factor by their practice and has none: no session is before it. */
export const enrolAtSignIn = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/sign-in/enrolment',
  records: 'member.factor_enrolled',
  impersonated: 'refused',
  summary: 'Enrols a first authenticator by its first code, or a first passkey, and opens the session',
  input: {
    body: z.discriminatedUnion('method', [
      z.strictObject({
        method: z.literal('totp'),
        memberId: Id,
        enrolment: z.string().max(500),
        code: sixDigits,
      }),
      z.strictObject({ method: z.literal('new_passkey'), memberId: Id, response: PasskeyResponse }),
    ]),
  },
  output: z.object({ me: MemberMe, recoveryCodes: z.array(z.string()) }),
  refusals: [codeWrong, passkeyRefused, signInExpired, practiceSuspended],
})

export const choosePractice = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/sign-in/practice',
  records: 'member.practice_entered',
  impersonated: 'refused',
  summary: 'Opens a session in one of several practices, within five minutes of the password',
  input: { body: z.object({ memberId: Id }) },
  output: z.discriminatedUnion('step', [entered, enrolment]),
  refusals: [signInExpired, practiceSuspended],
})

export const getMemberSession = endpoint({
  method: 'GET',
  path: '/session',
  realm: 'member',
  may: 'signed_in',
  summary: 'Who is signed in, and in whose practice',
  output: MemberMe,
  refreshedBy: ['practice', 'session'],
})

/** Also for whoever was at work when their access ended: what they had leads to their other practices until it ends. */
export const signOutMember = endpoint({
  method: 'DELETE',
  path: '/session',
  realm: 'member',
  may: 'anyone',
  records: 'member.signed_out',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Ends the session, also one in a practice the access to ended',
  output: z.undefined(),
  status: 204,
})

export const chooseMemberLanguage = endpoint({
  method: 'PUT',
  path: '/session/language',
  realm: 'member',
  may: 'signed_in',
  records: 'member.language_chosen',
  about: 'member_account',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Keeps the language the signed-in person works in',
  input: { body: z.object({ language: Language }) },
  output: MemberMe,
})

/** The same answer, and the same work, whether the account exists or not: a job looks for it. */
export const askMemberPasswordReset = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/password-resets',
  records: 'member.password_reset_asked',
  impersonated: 'refused',
  summary: 'Mails a link to choose another password, if there is such an account',
  input: { body: z.object({ email: TypedAddress }) },
  output: z.undefined(),
  status: 204,
})

const token = z.string().min(1).max(200)

/** The token travels in the body: an address would stand in histories and logs. */
export const openMemberLink = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/links/opening',
  records: 'member.link_opened',
  impersonated: 'refused',
  summary: 'What a mailed link is for; does not use it up',
  input: { body: z.object({ token }) },
  output: z.object({
    kind: z.enum(['invitation', 'password_reset']),
    name: z.string(),
    email: z.string(),
    /** Where the person is expected, by name. */
    practices: z.array(z.string()),
    expiresAt: Instant,
  }),
  refusals: [linkGone],
})

/** Ends every session of the person. */
export const chooseMemberPassword = endpoint({
  ...ofAccount,
  method: 'POST',
  path: '/links/password',
  records: 'member.password_replaced',
  impersonated: 'refused',
  summary: 'Chooses a password by an invitation or a reset link, which is used up',
  input: { body: z.object({ token, password: z.string().max(1_000) }) },
  output: z.object({ email: z.string() }),
  refusals: [linkGone],
})

// ─────────────────────────── what the vendor's team sees and does

export const memberStates = ['invited', 'active', 'left'] as const

export const Member = z.object({
  id: Id,
  tenantId: Id,
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  profile: Profile,
  /** The one the practice belongs to. */
  holder: z.boolean(),
  state: z.enum(memberStates),
  invitedAt: Instant,
  leftAt: Instant.nullable(),
  lastSignInAt: Instant.nullable(),
  openSessions: z.int(),
  /** Whether they hold a second factor: of their account, in every practice they work in. */
  secondFactor: z.boolean(),
  /** The link that waits to be used; null: none does. */
  invitation: z.object({ sentAt: Instant, expiresAt: Instant }).nullable(),
})
export type Member = z.infer<typeof Member>

/** Works in this practice already. */
export const alreadyMember = refusal('already_member')
/** Nobody is invited into a practice that goes away. */
export const practiceClosed = refusal('practice_closed')
/** Chose a password already. */
export const memberNotInvited = refusal('member_not_invited')
export const memberLeft = refusal('member_left')
/** A practice is nobody's without them. */
export const holderStays = refusal('holder_stays')

/** There is nothing to be removed. */
export const noFactorHeld = refusal('no_factor_held')

const one = { params: z.object({ id: Id }) }
const changes = { realm: 'staff', about: 'member', may: 'tenants.open', touches: ['members'] } as const

export const listMembers = endpoint({
  method: 'GET',
  path: '/tenants/:id/members',
  realm: 'staff',
  may: 'tenants.read',
  summary: 'Who works in a practice, its holder first, those who left last',
  input: one,
  output: z.object({ rows: z.array(Member) }),
  refreshedBy: ['members'],
})

/** Whoever is let into a practice may read what is in it: the holder is told. */
export const addMember = endpoint({
  ...changes,
  about: 'tenant',
  method: 'POST',
  path: '/tenants/:id/members',
  records: 'member.invited',
  stepUp: true,
  summary:
    'Invites somebody into a practice; who has an account already is told by mail and signs in with it',
  input: {
    ...one,
    body: z.object({
      email: line(254).min(1),
      firstName: line(100).min(1),
      lastName: line(100).min(1),
      language: Language.default('fr'),
      profile: Profile,
    }),
  },
  output: Member,
  status: 201,
  refusals: [alreadyMember, practiceClosed],
})

export const resendMemberInvitation = endpoint({
  ...changes,
  method: 'POST',
  path: '/members/:id/invitation',
  records: 'member.invitation_repeated',
  stepUp: false,
  summary: 'Mails the invitation again; the former link no longer works',
  input: one,
  output: Member,
  refusals: [memberNotInvited, memberLeft],
})

export const endMemberSessions = endpoint({
  ...changes,
  method: 'DELETE',
  path: '/members/:id/sessions',
  records: 'member.sessions_ended',
  stepUp: false,
  summary: 'Ends all sessions of a member in their practice',
  input: one,
  output: z.object({ ended: z.int() }),
})

export const departMember = endpoint({
  ...changes,
  method: 'POST',
  path: '/members/:id/departure',
  records: 'member.departed',
  stepUp: false,
  summary: 'Takes somebody out of a practice at once; what they wrote there stays',
  input: one,
  output: Member,
  refusals: [memberLeft, holderStays],
})

/** By the vendor, when somebody lost all that they could show; they are told by mail. */
export const removeMemberFactors = endpoint({
  ...changes,
  method: 'DELETE',
  path: '/members/:id/factors',
  records: 'member.factors_removed',
  stepUp: true,
  summary:
    'Removes the second factor and the recovery codes of a member who lost them, and ends their sessions',
  input: one,
  output: Member,
  refusals: [noFactorHeld],
})
