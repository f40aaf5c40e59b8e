/** Who works in a practice, as the practice itself says: it grants, changes and takes back, and nobody else's data move. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import {
  alreadyMember,
  holderStays,
  memberLeft,
  memberNotInvited,
  noFactorHeld,
  Profile,
  Right,
} from './members.ts'

/** More than one may do oneself in this practice, or more than there is in it. */
export const rightNotYours = refusal('right_not_yours', 403)
/** Somebody else was faster; `details.current` is what stands now. */
export const memberChanged = refusal('member_changed')
/** Nobody changes their own rights. */
export const notYourOwn = refusal('not_your_own_rights', 403)
/** Only whoever the practice belongs to. */
export const holderOnly = refusal('holder_only', 403)
/** What a person shows protects every practice they work in: none of them removes it alone. */
export const worksElsewhere = refusal('works_elsewhere')
/** Who asks it of others shows one first. */
export const ownFactorFirst = refusal('own_factor_first')

/**
 * A name as people have one. Whoever invites has us write to somebody by it: an address or a sentence would make our mail
 * theirs.
 */
const PersonName = line(60)
  .min(1)
  .regex(/^[\p{L}\p{M} .’'·-]+$/u, { error: 'name_letters' })

export const Colleague = z.object({
  memberId: Id,
  /** Null until they came in for the first time: whom an address belongs to is not told to who merely typed it. */
  name: z.string().nullable(),
  email: z.string(),
  profile: Profile,
  /** The one the practice belongs to. */
  holder: z.boolean(),
  me: z.boolean(),
  rights: z.array(Right),
  since: Instant,
  /** The last day, by the practice's clock; null: no end. */
  lastDay: Day.nullable(),
  state: z.enum(['invited', 'active', 'ended']),
  endedAt: Instant.nullable(),
  lastSignInAt: Instant.nullable(),
  /** Whether they hold a second factor; null until they came in. */
  secondFactor: z.boolean().nullable(),
})
export type Colleague = z.infer<typeof Colleague>

const ours = { realm: 'member', may: 'cabinet.members', about: 'member' } as const
const one = { params: z.object({ id: Id }) }
const changes = ['team', 'members'] as const

export const listColleagues = endpoint({
  ...ours,
  method: 'GET',
  path: '/members',
  summary: 'Who works in the practice, its holder first, those who left last',
  output: z.object({
    rows: z.array(Colleague),
    /** What can be granted here. */
    grantable: z.array(Right),
    profiles: z.array(Profile),
    secondFactorRequired: z.boolean(),
  }),
  refreshedBy: ['team'],
})

/** The same answer whether there is an account of that address or not. */
export const inviteColleague = endpoint({
  ...ours,
  method: 'POST',
  path: '/members',
  records: 'member.invited',
  stepUp: true,
  impersonated: 'refused',
  summary: 'Lets somebody into the practice; who has an account already is told by mail and signs in with it',
  input: {
    body: z.object({
      email: line(254).min(1),
      firstName: PersonName,
      lastName: PersonName,
      profile: Profile,
      /** Of a secretary; a practitioner may all. */
      rights: z.array(Right).max(7),
      lastDay: Day.nullable(),
    }),
  },
  output: Colleague,
  status: 201,
  refusals: [alreadyMember, rightNotYours],
  touches: changes,
})

export const changeColleague = endpoint({
  ...ours,
  method: 'PUT',
  path: '/members/:id/rights',
  records: 'member.rights_changed',
  stepUp: true,
  impersonated: 'refused',
  summary: 'Changes what somebody may do here, and until when; it holds from their next request on',
  input: {
    ...one,
    body: z.object({
      /** As the person who changes them saw them. */
      seen: z.object({ rights: z.array(Right).max(7), lastDay: Day.nullable() }),
      rights: z.array(Right).max(7),
      lastDay: Day.nullable(),
    }),
  },
  output: Colleague,
  refusals: [memberLeft, holderStays, notYourOwn, rightNotYours, memberChanged],
  touches: changes,
})

/** Never held up by a step-up: taking back is what must be quick. */
export const departColleague = endpoint({
  ...ours,
  method: 'POST',
  path: '/members/:id/departure',
  records: 'member.departed',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Ends somebody’s access at once; what they wrote here stays',
  input: one,
  output: Colleague,
  refusals: [memberLeft, holderStays, notYourOwn],
  touches: changes,
})

export const inviteColleagueAgain = endpoint({
  ...ours,
  method: 'POST',
  path: '/members/:id/invitation',
  records: 'member.invitation_repeated',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Mails the invitation again to who never came in; the former link no longer works',
  input: one,
  output: Colleague,
  refusals: [memberNotInvited, memberLeft],
  touches: changes,
})

export const removeColleagueFactors = endpoint({
  ...ours,
  method: 'DELETE',
  path: '/members/:id/factors',
  records: 'member.factors_removed',
  stepUp: true,
  impersonated: 'refused',
  summary:
    'Removes the second factor of a colleague who lost it and works nowhere else, and ends their sessions',
  input: one,
  output: Colleague,
  refusals: [memberLeft, holderOnly, notYourOwn, noFactorHeld, worksElsewhere],
  touches: changes,
})

export const requireSecondFactor = endpoint({
  ...ours,
  about: 'tenant',
  method: 'PUT',
  path: '/members/second-factor',
  records: 'member.factor_rule_changed',
  stepUp: true,
  impersonated: 'refused',
  summary:
    'Asks everybody who works here for a second factor, or no longer; who has none enrols one before coming in',
  input: { body: z.object({ required: z.boolean() }) },
  output: z.object({ required: z.boolean(), ended: z.int() }),
  refusals: [ownFactorFirst],
  touches: changes,
})
