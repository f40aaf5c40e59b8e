import { holidaysBetween } from '#platform/contract/french-holidays.ts'

/** Where the practices of the demonstration are. */
export const timeZone = 'Europe/Paris'

export type PracticeDay = {
  /** `2026-11-23`. */
  on: string
  /** 1: Monday. */
  weekday: number
  /** Which week, counted from the first; two that follow one another are never both even. */
  week: number
  /** When its clock shows this hour. Clocks change before people come. */
  at(hour: number, minute?: number): Date
}

/** Every day from one to another, both included, but for public holidays. */
export function practiceDays(from: string, to: string): PracticeDay[] {
  const closed = new Set(holidaysBetween(from, to, 'national').map(({ on }) => on))
  const days: PracticeDay[] = []
  let week = 0
  for (let date = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(date, to) <= 0;) {
    if (date.dayOfWeek === 1) week++
    if (!closed.has(date.toString())) days.push(practiceDay(date, week))
    date = date.add({ days: 1 })
  }
  return days
}

/** Any day, a holiday too. */
export function practiceDay(date: Temporal.PlainDate, week = 0): PracticeDay {
  const six = date.toZonedDateTime({ timeZone, plainTime: '06:00' }).epochMilliseconds
  return {
    on: date.toString(),
    weekday: date.dayOfWeek,
    week,
    at: (hour, minute = 0) => new Date(six + (hour - 6) * 3_600_000 + minute * 60_000),
  }
}

/** The day it is there. */
export const dayIn = (instant: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
