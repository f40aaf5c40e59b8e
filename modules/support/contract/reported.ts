/** What a report counts tickets by, in the words of a queue's filter: each of its figures opens exactly its tickets. */
import { z } from 'zod'
import { Day, Id } from '#platform/contract/ids.ts'
import { TargetName } from './ticket.ts'

/** Monday is 1, as ISO 8601 numbers them. */
export const isoWeekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
/** As they were given; `good`: 4 or 5. */
export const scores = ['1', '2', '3', '4', '5', 'good'] as const

const yes = z.enum(['yes']).optional()

/** Days are days in Paris, the last one included. */
export const ReportedFilter = z.object({
  openedFrom: Day.optional(),
  openedUntil: Day.optional(),
  /** When it was resolved for the last time: what was reopened since is not resolved. */
  resolvedFrom: Day.optional(),
  resolvedUntil: Day.optional(),
  /** Opened, and not resolved yet, when this day ended. */
  openOn: Day.optional(),
  /** Reopened at least once between these days. */
  reopenedFrom: Day.optional(),
  reopenedUntil: Day.optional(),
  /** Reopened at least once, whenever. */
  reopened: yes,
  ratedFrom: Day.optional(),
  ratedUntil: Day.optional(),
  rated: yes,
  score: z.enum(scores).optional(),
  /** Somebody answered, or it was resolved: how long it took is known. */
  measured: TargetName.optional(),
  kept: TargetName.optional(),
  /** Not kept, whether somebody answered too late or nobody has yet. */
  missed: TargetName.optional(),
  /** A promise is late right now. */
  late: yes,
  policyId: z.union([Id, z.literal('none')]).optional(),
  /** Of its opening, in Paris. */
  weekday: z.enum(isoWeekdays).optional(),
  hour: z
    .string()
    .regex(/^(1?\d|2[0-3])$/)
    .optional(),
})
export type ReportedFilter = z.infer<typeof ReportedFilter>
