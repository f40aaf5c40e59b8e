/** One impersonation from the asking to the end, as both sides see it. */
import { z } from 'zod'
import { Id, Instant, line, text } from '#platform/contract/ids.ts'

/**
 * What a practice is told, and asked, beforehand: `free` tells it after the end, `announced` when it begins, `consent`
 * begins nothing before somebody there agreed. Of the deployment's and the practice's own the stricter holds.
 */
export const policies = ['free', 'announced', 'consent'] as const
export const Policy = z.enum(policies)
export type Policy = z.infer<typeof Policy>

export const stricter = (one: Policy, other: Policy | null): Policy =>
  other !== null && policies.indexOf(other) > policies.indexOf(one) ? other : one

/** What it is for, for the figures; the reason says it in words. */
export const purposes = ['question', 'trouble', 'setup', 'data', 'other'] as const
export const Purpose = z.enum(purposes)
export type Purpose = z.infer<typeof Purpose>

/** Minutes. */
export const longest = 30
/** Seconds from the making of a key until nobody can use it any more. */
export const keySeconds = 60
/** Hours after which what was not begun cannot be begun any more. */
export const lapsesAfterHours = 24

export const states = [
  /** The practice, or a second one of the team, has not answered yet. */
  'waiting',
  'refused',
  /** It may begin. */
  'ready',
  'running',
  'ended',
  /** Nobody began it in time, or who asked took it back. */
  'lapsed',
] as const
export const State = z.enum(states)
export type State = z.infer<typeof State>

export const endings = [
  'actor',
  'time',
  'practice',
  'vendor',
  'withdrawn',
  'lapsed',
  /** The actor was suspended, signed out, lost the permission or a factor; or the member left. */
  'rights',
  /** The log could not be written. */
  'unwritable',
] as const
export const Ending = z.enum(endings)
export type Ending = z.infer<typeof Ending>

const Person = z.object({ id: Id, name: z.string() })

export const Impersonation = z.object({
  id: Id,
  state: State,
  /** Who stands in, */
  actor: Person,
  /** and for whom. */
  subject: Person.extend({ profile: z.enum(['practitioner', 'secretary']) }),
  tenant: Person.extend({ clientId: Id.nullable() }),
  purpose: Purpose,
  reason: z.string(),
  reference: z.string(),
  mayWrite: z.boolean(),
  minutes: z.int(),
  policy: Policy,
  askedAt: Instant,
  lapsesAt: Instant,
  agreedAt: Instant.nullable(),
  refusedAt: Instant.nullable(),
  /** Of the practice. */
  answeredBy: z.string().nullable(),
  wantsNotes: z.boolean(),
  notesOpenedAt: Instant.nullable(),
  breakGlass: z.boolean(),
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  reviewedBy: z.string().nullable(),
  reviewedAt: Instant.nullable(),
  review: z.string().nullable(),
  startedAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedBy: Ending.nullable(),
  /** Who ended it, where that was neither the actor nor the clock. */
  ender: z.string().nullable(),
  /** Lines in the log under both names. */
  acts: z.int(),
})
export type Impersonation = z.infer<typeof Impersonation>

/** One line of what was seen and done, in its order. */
export const Act = z.object({
  entryId: Id,
  at: Instant,
  /** `seen`: a look. */
  result: z.enum(['seen', 'done', 'refused', 'intended', 'failed']),
  verb: z.string(),
  objectType: z.string(),
  objectId: z.string().nullable(),
  /** The page it was seen on, as the app said: `/patients/0190…`. */
  page: z.string().nullable(),
})
export type Act = z.infer<typeof Act>

export const Reason = line(500).min(10)
export const Review = text(1_000).trim().min(3)
