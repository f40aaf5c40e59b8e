/** An access lasts to the end of its last day, by the practice's own clock. */
import { WrongField } from '#platform/server/requests.ts'

/**
 * The last second of a day.
 * @param timeZone an IANA name
 * @throws {WrongField} of the body's `lastDay`, where it is over
 */
export function endOf(lastDay: string, timeZone: string, now: Date): Date {
  const next = Temporal.PlainDate.from(lastDay).add({ days: 1 }).toZonedDateTime(timeZone)
  const end = new Date(next.epochMilliseconds - 1_000)
  if (end <= now) throw new WrongField('body', 'lastDay', 'last_day_over')
  return end
}

export function dayOf(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
}
