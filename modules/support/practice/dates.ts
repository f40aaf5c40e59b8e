import { TIME_ZONE } from '#platform/ui/formats.ts'

/** Of which day an instant is, as one says it in Paris. */
export function dayOf(instant: string, now: Date): 'today' | 'tomorrow' | 'other' {
  const day = dayIn(new Date(instant))
  if (day === dayIn(now)) return 'today'
  // Noon stays within the day, whatever the clocks do at night.
  const noon = new Date(`${dayIn(now)}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + 1)
  return day === noon.toISOString().slice(0, 10) ? 'tomorrow' : 'other'
}

/** `2026-02-27` */
const dayIn = (instant: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE, dateStyle: 'short' }).format(instant)

const ratedWithin = 30 * 86_400_000

/** Whether one can still say how it was: the server refuses later. */
export const isRatable = (resolvedAt: string, now: Date): boolean =>
  now.getTime() - new Date(resolvedAt).getTime() <= ratedWithin
