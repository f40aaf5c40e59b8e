import { TIME_ZONE } from '#platform/ui/formats.ts'

/** The day it is in Paris, `2026-02-27`. */
export function today(now: Date = new Date()): string {
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(now)
}
