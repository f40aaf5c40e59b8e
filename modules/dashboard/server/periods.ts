/** The days a month's figures are counted between. Months and days are text, `2026-10` and `2026-10-31`: they compare. */
export type Period = {
  month: string
  /** First and last day, both included. */
  from: string
  to: string
  /** The last day that can be counted: today while the month runs. */
  until: string
  isOver: boolean
}

/** @param today the day in Paris */
export function periodOf(month: string, today: string): Period {
  const first = Temporal.PlainYearMonth.from(month)
  const from = first.toPlainDate({ day: 1 }).toString()
  const to = first.toPlainDate({ day: first.daysInMonth }).toString()
  const isOver = to < today
  return { month, from, to, until: isOver ? to : today, isOver }
}

export function monthsLater(month: string, months: number): string {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString()
}

export const monthOf = (day: string): string => day.slice(0, 7)

/** The same day of another month, or its last one: 31 October stands against 30 September. */
export function sameDayOf(month: string, day: string): string {
  const first = Temporal.PlainYearMonth.from(month)
  return first.toPlainDate({ day: Math.min(Temporal.PlainDate.from(day).day, first.daysInMonth) }).toString()
}

export function daysBetween(one: string, other: string): number {
  return Temporal.PlainDate.from(one).until(other, { largestUnit: 'days' }).days
}
