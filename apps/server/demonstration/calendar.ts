/** A day as text, `2026-02-27`: it sorts, compares and goes to PostgreSQL as it is. */
export type Day = string

const date = (day: Day) => Temporal.PlainDate.from(day)

export const plusDays = (day: Day, days: number): Day => date(day).add({ days }).toString()
/** The same day of another month, or that month's last. */
export const plusMonths = (day: Day, months: number): Day => date(day).add({ months }).toString()
export const dayOfMonth = (day: Day): number => date(day).day
export const monthStart = (day: Day): Day => date(day).with({ day: 1 }).toString()

/** An hour of a day in Paris. */
export function at(day: Day, hour: number, minute: number): Date {
  const zoned = date(day).toZonedDateTime({
    timeZone: 'Europe/Paris',
    plainTime: Temporal.PlainTime.from({ hour, minute }),
  })
  return new Date(zoned.epochMilliseconds)
}
