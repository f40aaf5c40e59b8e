/** Between the practice's clock and instants. The browser does none of this. */
import { WrongField } from '#platform/server/requests.ts'

/**
 * The instant of a time by the practice's clock, `2026-11-23T09:00`; of an hour shown twice in autumn, the first.
 * @returns null for a time that clocks skip in spring
 */
export function instantIn(local: string, timeZone: string): Date | null {
  const said = Temporal.PlainDateTime.from(local)
  const meant = said.toZonedDateTime(timeZone)
  return meant.toPlainDateTime().equals(said) ? new Date(meant.epochMilliseconds) : null
}

/** The same, of a field somebody filled in: refused where the clock never shows it. */
export function instantOf(local: string, timeZone: string, field = 'startsLocal'): Date {
  const instant = instantIn(local, timeZone)
  if (!instant) throw new WrongField('body', field, 'local_time_skipped')
  return instant
}

/** What the practice's clock shows, `2026-11-23T09:00`. */
export function localOf(instant: Date, timeZone: string): string {
  const shown = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone)
  return shown.toPlainDateTime().toString({ smallestUnit: 'minute' })
}

export const localDay = (instant: Date, timeZone: string) => localOf(instant, timeZone).slice(0, 10)

/** When a day of the practice begins. */
export function dayBegins(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds)
}

export const dayAfter = (day: string, days = 1) => Temporal.PlainDate.from(day).add({ days }).toString()

export const plusMinutes = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000)
