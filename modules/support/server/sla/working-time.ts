/** Working time between two instants, and the instant some of it has passed. Binary search over the years' windows. */
import type { Calendar } from '#contract/support'
import { openYearAt, type OpenYear } from './windows.ts'
import type { Instant } from './zone.ts'

/** How far ahead a due date is looked for. */
export const horizonYears = 50
const horizon = horizonYears * 365.25 * 86_400_000

/** The calendar opens for too little, or not at all any more, from here on. */
export class UnreachableDueDate extends Error {
  override name = 'UnreachableDueDate'
  constructor(from: Instant) {
    super(`no due date within ${horizonYears} years of ${new Date(from).toISOString()}`)
  }
}

/** In milliseconds; nothing when `until` comes first. */
export function workedBetween(calendar: Calendar, from: Instant, until: Instant): number {
  if (!(from < until)) return 0
  let year = openYearAt(calendar, from)
  let worked = -workedSoFar(year, from)
  while (year.until < until) {
    worked += total(year)
    year = openYearAt(calendar, year.until)
  }
  return worked + workedSoFar(year, until)
}

/**
 * The first instant by which `worked` milliseconds of working time have passed: where they end at closing time that is
 * closing time, not the next opening. None at all: the first working instant.
 *
 * @throws {UnreachableDueDate}
 */
export function afterWorking(calendar: Calendar, from: Instant, worked: number): Instant {
  let year = openYearAt(calendar, from)
  let done = workedSoFar(year, from)
  let at = from
  for (let left = worked; ;) {
    if (left === 0) {
      const next = countUpTo(year.ends, at)
      if (next < year.ends.length) return Math.max(at, year.starts[next]!)
    } else if (done + left <= total(year)) {
      const within = countBelow(year.before, done + left) - 1
      return year.starts[within]! + (done + left - year.before[within]!)
    }
    left -= total(year) - done
    if (year.until - from > horizon) throw new UnreachableDueDate(from)
    at = year.until
    year = openYearAt(calendar, at)
    done = 0
  }
}

const total = ({ before }: OpenYear) => before[before.length - 1]!

/** Working milliseconds of the year before this instant. */
function workedSoFar({ starts, ends, before }: OpenYear, instant: Instant): number {
  const at = countUpTo(ends, instant)
  return at < ends.length ? before[at]! + Math.max(0, instant - starts[at]!) : before[at]!
}

/** How many of the sorted values are at most this one. */
function countUpTo(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of the sorted values are less than this one. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
