import { z } from 'zod'
import { Day } from '#platform/contract/ids.ts'

/**
 * A time by the practice's own clock, `2026-11-23T09:00`. The server knows which instant that is: one that clocks skip in
 * spring is refused (`local_time_skipped`), of one they show twice in autumn the first is meant.
 */
export const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, { error: 'local_time_wrong' })
  .refine((time) => Day.safeParse(time.slice(0, 10)).success, { params: { code: 'local_time_wrong' } })
export type LocalTime = z.infer<typeof LocalTime>

/** For `refine`: which field is wrong, and how. */
export const wrong = (field: string, code: string) => ({ path: [field], params: { code } })

/** How long something lasts: five minutes to ten hours. */
export const Minutes = z.int().min(5).max(600)
