/** A calendar's windows as instants, worked out once for each year that is asked about: all that counts time looks here. */
import type { Calendar, OpenWindow } from '#contract/support'
import { dayMs, dayOfWall, instantOf, offsetsOf, type Instant, type Offset } from './zone.ts'

/** What a calendar opens in one year of its place: ordered, disjoint, none empty. */
export type OpenYear = {
  from: Instant
  until: Instant
  starts: Float64Array
  ends: Float64Array
  /** Working milliseconds of the year before each window; one more: of the whole year. */
  before: Float64Array
}

/** Calendars are values: a changed one is another one, and whatever was worked out goes with the old. */
const known = new WeakMap<Calendar, Map<number, OpenYear>>()

/** @throws {RangeError} for an instant that is none, or centuries away */
export function openYearAt(calendar: Calendar, instant: Instant): OpenYear {
  const year = new Date(instant).getUTCFullYear()
  const open = openYear(calendar, year)
  if (instant < open.from) return openYear(calendar, year - 1)
  return instant < open.until ? open : openYear(calendar, year + 1)
}

function openYear(calendar: Calendar, year: number): OpenYear {
  let years = known.get(calendar)
  if (!years) known.set(calendar, (years = new Map()))
  let open = years.get(year)
  if (!open) years.set(year, (open = workOut(calendar, year)))
  return open
}

function workOut(calendar: Calendar, year: number): OpenYear {
  if (!(year >= 1890 && year <= 2300)) throw new RangeError('an instant outside the years 1890 to 2300')
  const offsets = offsetsOf(calendar.timezone, year)
  const bounds = {
    from: instantOf(Date.UTC(year, 0, 1), offsets),
    until: instantOf(Date.UTC(year + 1, 0, 1), offsets),
  }
  const windows = disjoint(windowsOf(calendar, year, offsets), bounds)
  const before = new Float64Array(windows.length + 1)
  for (const [at, [start, end]] of windows.entries()) before[at + 1] = before[at]! + (end - start)
  return {
    ...bounds,
    starts: Float64Array.from(windows, ([start]) => start),
    ends: Float64Array.from(windows, ([, end]) => end),
    before,
  }
}

function windowsOf(calendar: Calendar, year: number, offsets: readonly Offset[]): [Instant, Instant][] {
  const closed = new Set(calendar.holidays)
  const windows: [Instant, Instant][] = []
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += dayMs) {
    const open = hoursOn(calendar, dayOfWall(day), closed)
    // Samoa had no 30 December 2011: hours of a day that never was are nobody's.
    if (open.length === 0 || instantOf(day, offsets) === instantOf(day + dayMs, offsets)) continue
    for (const [from, to] of open)
      windows.push([
        instantOf(day + sinceMidnight(from), offsets),
        instantOf(day + sinceMidnight(to), offsets),
      ])
  }
  return windows
}

/** A holiday closes the day; else the day's own hours stand, if it has some, for the week's. */
export function hoursOn(
  { hours, overrides, holidays }: Calendar,
  day: string,
  closed: ReadonlySet<string> = new Set(holidays),
): readonly OpenWindow[] {
  if (closed.has(day)) return []
  return overrides[day] ?? hours[week[new Date(day).getUTCDay()]!] ?? [] // seven days
}

/** As dates count their weekdays. */
const week = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const sinceMidnight = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000

/**
 * Where the clock jumps a window may end before it begins, and then is none; or lie over its neighbour (02:50 is 03:50,
 * and 03:00 comes next), and no second counts twice.
 */
function disjoint(
  windows: [Instant, Instant][],
  { from, until }: { from: Instant; until: Instant },
): [Instant, Instant][] {
  const kept: [Instant, Instant][] = []
  let last = from
  for (const [opens, closes] of windows.toSorted(([one], [other]) => one - other)) {
    const [start, end] = [Math.max(opens, last), Math.min(closes, until)]
    if (end <= start) continue
    kept.push([start, end])
    last = end
  }
  return kept
}

/** Those between two instants, cut to them. */
export function* windowsBetween(
  calendar: Calendar,
  from: Instant,
  until: Instant,
): Generator<{ from: Instant; until: Instant }> {
  for (let at = from; at < until;) {
    const year = openYearAt(calendar, at)
    for (const [index, start] of year.starts.entries()) {
      const cut = { from: Math.max(start, at), until: Math.min(year.ends[index]!, until) }
      if (cut.from < cut.until) yield cut
    }
    at = year.until
  }
}
