/**
 * The clock of the agreements with clients: working seconds between local windows, less pauses. Pure, and counted in
 * instants worked out beforehand, since all open tickets are counted anew when a calendar changes.
 */
import type { Calendar } from '#contract/support'
import { orderly, type Pause } from './pauses.ts'
import { afterWorking, workedBetween } from './working-time.ts'
import type { Instant } from './zone.ts'

export type { Instant } from './zone.ts'
export type { Pause } from './pauses.ts'
export { UnreachableDueDate } from './working-time.ts'

/**
 * When an allowance of working time is used up. An allowance that ends exactly at closing time or where a pause begins is
 * due then; one of nothing at the first working instant that no pause covers (decision 28).
 *
 * @param minutes of working time; fractions count, to the millisecond
 * @returns `Infinity` while a pause without an end stands before it
 * @throws {UnreachableDueDate} when half a century holds too little working time
 * @throws {RangeError} for a negative allowance
 */
export function dueAt(
  calendar: Calendar,
  start: Instant,
  minutes: number,
  pauses: readonly Pause[] = [],
): Instant {
  if (!(minutes >= 0)) throw new RangeError(`an allowance of ${minutes} minutes`)
  let left = Math.round(minutes * 60_000)
  let from = start
  for (const pause of orderly(pauses)) {
    if (pause.until <= from) continue
    const free = workedBetween(calendar, from, pause.from)
    if (free > 0 && left <= free) break
    left -= free
    from = pause.until
    if (from === Infinity) return Infinity
  }
  return afterWorking(calendar, from, left)
}

/** Working seconds from `start` to `end` that no pause covers; 0 when `end` comes first. */
export function elapsedSeconds(
  calendar: Calendar,
  start: Instant,
  end: Instant,
  pauses: readonly Pause[] = [],
): number {
  let worked = workedBetween(calendar, start, end)
  for (const { from, until } of orderly(pauses))
    worked -= workedBetween(calendar, Math.max(from, start), Math.min(until, end))
  return worked / 1000
}
