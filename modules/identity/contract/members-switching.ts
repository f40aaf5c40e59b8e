/** The practices somebody works in, and going from one to another: a visible act, which the log keeps. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { holderStays, memberLeft, MemberMe, practiceSuspended, Profile, Right } from './members.ts'

/** The access to that practice is over: taken back, given back, or its last day was yesterday. */
export const grantEnded = refusal('grant_ended', 403)
/** That practice asks everybody for a second factor; this session began without one. */
export const secondFactorNeeded = refusal('second_factor_needed', 403)

export const OwnPractice = z.object({
  memberId: Id,
  name: z.string(),
  kind: Profile,
  profile: Profile,
  /** Whose practice it is; null where it is one's own, or nobody's yet. */
  whose: z.string().nullable(),
  holder: z.boolean(),
  /** What a secretary was granted there; a practitioner may all. */
  rights: z.array(Right),
  since: Instant,
  /** The last moment, where the access ends by itself; when it ended, where it has. */
  until: Instant.nullable(),
  state: z.enum(['open', 'suspended', 'ended']),
  /** Where one is now. */
  current: z.boolean(),
})
export type OwnPractice = z.infer<typeof OwnPractice>

/**
 * Also for whoever was at work when their access ended: within the hour they are told which practice it was, and where
 * else they work. Nothing else is answered to them.
 */
export const listOwnPractices = endpoint({
  method: 'GET',
  path: '/session/practices',
  realm: 'member',
  may: 'anyone',
  impersonated: 'refused',
  summary: 'Every practice the signed-in person works in, and those they worked in lately',
  output: z.object({
    /** The practice this session was in, where one can no longer be in it. */
    lost: z.object({ name: z.string(), why: z.enum(['ended', 'suspended']) }).nullable(),
    rows: z.array(OwnPractice),
  }),
  refreshedBy: ['own_practices'],
})

/** By whoever has a session, or had one in a practice their access to ended within the hour. */
export const switchPractice = endpoint({
  method: 'POST',
  path: '/session/practice',
  realm: 'member',
  may: 'anyone',
  records: 'member.practice_switched',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Ends the session and opens one in another of one’s own practices, good as long as the former one',
  input: { body: z.object({ memberId: Id }) },
  output: MemberMe,
  refusals: [practiceSuspended, grantEnded, secondFactorNeeded],
})

export const leaveOwnPractice = endpoint({
  method: 'POST',
  path: '/session/practices/:id/departure',
  realm: 'member',
  may: 'signed_in',
  records: 'member.grant_returned',
  about: 'member',
  stepUp: false,
  impersonated: 'refused',
  summary: 'Gives back the access to a practice that is somebody else’s',
  input: { params: z.object({ id: Id }) },
  output: z.undefined(),
  status: 204,
  refusals: [memberLeft, holderStays],
  touches: ['own_practices', 'members'],
})
