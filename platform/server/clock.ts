/** The one source of time, so that a test can hold it still. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** The calendar day of an instant in a time zone, `2026-02-27`. */
export function dayOf(instant: Date, timeZone = 'Europe/Paris'): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
}
