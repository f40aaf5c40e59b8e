/**
 * When support works: weekly hours by the wall clock of one place, whole days off, and days with hours of their own. The
 * same shape as the published examples (tests/data/sla.json), with names for its days besides.
 */
import { z } from 'zod'
import { holidaysOf as holidaysOfYear, type Territory } from '#platform/contract/french-holidays.ts'
import { Day, line } from '#platform/contract/ids.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** `24:00` is the end of the day: only a window's end can be that. */
const WallTime = z.string({ error: 'time_wrong' }).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: 'time_wrong',
  abort: true,
})

/** Open from the first time until just before the second, of one day: what goes on after midnight is two windows. */
export const OpenWindow = z
  .tuple([WallTime, WallTime], { error: 'window_wrong' })
  .refine(([from, to]) => from !== to, { params: { code: 'window_empty' } })
  .refine(([from, to]) => from <= to, { params: { code: 'window_reversed' } })
export type OpenWindow = z.infer<typeof OpenWindow>

/** In any order; they may touch. */
const WindowsOfDay = z
  .array(OpenWindow)
  .max(24)
  .superRefine((windows, { addIssue }) => {
    const sorted = windows.map((window, at) => ({ window, at })).toSorted((a, b) => order(a.window, b.window))
    for (const [place, { window, at }] of sorted.entries()) {
      const before = sorted[place - 1]
      if (before && window[0] < before.window[1])
        addIssue({ code: 'custom', path: [at], params: { code: 'windows_overlap' } })
    }
  })

const order = ([one]: OpenWindow, [other]: OpenWindow) => (one < other ? -1 : one > other ? 1 : 0)

/** Of the tz database: one that knows when the clocks change, so no bare offset. */
export const TimeZone = z.string().refine(isZone, { params: { code: 'time_zone_unknown' } })

/** Ample for half a century of days. */
const manyDays = 20_000
const DaysWith = <Value extends z.ZodType>(value: Value) =>
  z
    .record(Day, value, {
      error: (issue) => (issue.code === 'invalid_key' ? 'date_wrong' : undefined),
    })
    .refine((days) => Object.keys(days).length <= manyDays, { params: { code: 'too_many_days' } })

const Hours = WindowsOfDay.optional()

const Shape = z.strictObject({
  timezone: TimeZone,
  /** A day that is left out is closed. */
  hours: z.strictObject({
    mon: Hours,
    tue: Hours,
    wed: Hours,
    thu: Hours,
    fri: Hours,
    sat: Hours,
    sun: Hours,
  }),
  /** Closed all day, whatever else says otherwise. */
  holidays: z.array(Day).max(manyDays).default([]),
  /** Days whose hours replace the week's; none: closed. */
  overrides: DaysWith(WindowsOfDay).default({}),
  /** What its days are called, for who asks why one was skipped. Time is counted the same without. */
  names: DaysWith(line(120)).optional(),
})

export const Calendar = Shape.refine(isEverOpen, {
  path: ['hours'],
  params: { code: 'calendar_never_open' },
})
export type Calendar = z.infer<typeof Calendar>

function isZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Chatwoot counts wall-clock time when every day is closed, and says nothing: such a calendar is refused instead. */
function isEverOpen({ hours, holidays, overrides }: z.infer<typeof Shape>): boolean {
  const closed = new Set(holidays)
  return (
    weekdays.some((day) => (hours[day]?.length ?? 0) > 0) ||
    Object.entries(overrides).some(([day, windows]) => windows.length > 0 && !closed.has(day))
  )
}

/** France's public holidays of some years, to look over before a calendar takes them: names are those of the platform's messages. */
export const holidaysOf = (territory: Territory, years: readonly number[]) =>
  years.flatMap((year) => holidaysOfYear(year, territory))
