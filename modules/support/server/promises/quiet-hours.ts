/** Hours of the day at which somebody wants no mail, by the wall clock of where they are. */

export type QuietHours = {
  /** `22:00` or `22:00:00`; null: no hour is quiet. */
  quietFrom: string | null
  /** At or before the first: of the next day. */
  quietUntil: string | null
  timeZone: string | null
}

export function isQuiet({ quietFrom, quietUntil, timeZone }: QuietHours, now: Date): boolean {
  if (quietFrom === null || quietUntil === null) return false
  const time = wallTime(now, timeZone ?? 'Europe/Paris')
  const [from, until] = [quietFrom.slice(0, 5), quietUntil.slice(0, 5)]
  return from < until ? time >= from && time < until : time >= from || time < until
}

function wallTime(now: Date, timeZone: string): string {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
