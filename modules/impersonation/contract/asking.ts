/** Asking, being approved, and the key that is handed from one host to the other. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, Revision } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Impersonation, longest, Policy, Purpose, Reason, Review } from './access.ts'

/** The member left, or the practice is suspended, moving or gone: there is nobody to stand in for. */
export const nobodyThere = refusal('impersonation_nobody_there')
/** Writing takes a permission of its own. */
export const writingNotYours = refusal('impersonation_writing_not_yours', 403)
/** It is not in the state this is done in; `details.state` says which it is in. */
export const notNow = refusal('impersonation_not_now')
/** Two people are needed, and who asked is one of them. */
export const notYourOwn = refusal('impersonation_not_your_own', 403)
/** Only where consent is needed is there glass to break. */
export const noGlass = refusal('impersonation_no_glass')
/** Somebody else saved the policy meanwhile; `details.current` is what stands now. */
export const policyChanged = refusal('impersonation_policy_changed')

const staff = { realm: 'staff', about: 'impersonation' } as const
const one = z.object({ id: Id })

/** Whom one may stand in for, and what that takes. */
export const getImpersonationTarget = endpoint({
  ...staff,
  method: 'GET',
  path: '/impersonations/target/:memberId',
  may: 'impersonation.start',
  summary: 'A member, and what standing in for them takes',
  input: { params: z.object({ memberId: Id }) },
  output: z.object({
    memberId: Id,
    name: z.string(),
    profile: z.enum(['practitioner', 'secretary']),
    practice: z.string(),
    tenantId: Id,
    policy: Policy,
    mayWrite: z.boolean(),
    /** Others who are standing in for the same member now. */
    others: z.array(z.string()),
    /** One's own that waits or may begin: going on with it is better than asking twice. */
    own: Impersonation.nullable(),
  }),
  refusals: [nobodyThere],
  refreshedBy: ['impersonations'],
})

export const askImpersonation = endpoint({
  ...staff,
  method: 'POST',
  path: '/impersonations',
  may: 'impersonation.start',
  records: 'impersonation.asked',
  stepUp: true,
  summary: 'Asks to stand in for a member; where nobody has to agree it may begin at once',
  input: {
    body: z.object({
      memberId: Id,
      purpose: Purpose,
      reason: Reason,
      reference: line(60).default(''),
      /** Of that practice: each leads to the other, and where no reference is said it is the ticket’s number. */
      ticketId: Id.nullable().default(null),
      mayWrite: z.boolean().default(false),
      minutes: z.int().min(1).max(longest).default(longest),
      wantsNotes: z.boolean().default(false),
      /** Without the practice’s word, with a second one of the team’s. */
      breakGlass: z.boolean().default(false),
    }),
  },
  output: Impersonation,
  status: 201,
  refusals: [nobodyThere, writingNotYours, noGlass],
  touches: ['impersonations'],
})

/** Breaking the glass takes two: this is the second. */
export const approveImpersonation = endpoint({
  ...staff,
  method: 'POST',
  path: '/impersonations/:id/approval',
  may: 'impersonation.approve',
  records: 'impersonation.approved',
  stepUp: true,
  summary: 'Lets somebody in without the practice’s word, as the second of two people',
  input: { params: one },
  output: Impersonation,
  refusals: [notNow, notYourOwn],
  touches: ['impersonations'],
})

/** Afterwards: whether the glass was broken for good reason. */
export const reviewImpersonation = endpoint({
  ...staff,
  method: 'POST',
  path: '/impersonations/:id/review',
  may: 'impersonation.approve',
  records: 'impersonation.reviewed',
  stepUp: false,
  summary: 'Says afterwards what to think of an impersonation the practice did not agree to',
  input: { params: one, body: z.object({ review: Review }) },
  output: Impersonation,
  refusals: [notNow, notYourOwn],
  touches: ['impersonations'],
})

/**
 * Makes the key. Good once, for a minute, in the browser that was given what `browser` is the SHA-256 of (base64url) by the
 * practice host, and as long as the session that made it lives. It is handed on by POST and stands in no address.
 */
export const makeImpersonationKey = endpoint({
  ...staff,
  method: 'POST',
  path: '/impersonations/:id/key',
  may: 'impersonation.start',
  records: 'impersonation.key_handed_out',
  stepUp: true,
  summary: 'Makes the key that opens the practice, good once and for a minute',
  input: { params: one, body: z.object({ browser: z.string().regex(/^[\w-]{43}$/) }) },
  output: z.object({
    key: z.string(),
    /** Where it is posted to, as `key`: the practice host. */
    postTo: z.url(),
    expiresAt: Instant,
  }),
  refusals: [nobodyThere, notNow],
})

export const getImpersonationPolicy = endpoint({
  ...staff,
  method: 'GET',
  path: '/impersonation-policy',
  may: 'impersonation.read',
  summary: 'What every practice is told, and asked, before somebody of the team comes in',
  output: z.object({ policy: Policy, revision: z.int(), updatedAt: Instant }),
  refreshedBy: ['impersonations'],
})

export const chooseImpersonationPolicy = endpoint({
  ...staff,
  method: 'PUT',
  path: '/impersonation-policy',
  may: 'impersonation.policy',
  records: 'impersonation_policy.changed',
  about: 'impersonation_policy',
  stepUp: true,
  summary: 'Chooses what every practice is told, and asked; a practice may be stricter for itself',
  input: { body: z.object({ policy: Policy, revision: Revision }) },
  output: z.object({ policy: Policy, revision: z.int(), updatedAt: Instant }),
  refusals: [policyChanged],
  touches: ['impersonations'],
})
