import { keptHours, youngestMonths } from '#contract/audit'

const zone = 'Europe/Paris'

/** Whatever is asked for, nothing from here on is erased. */
export function latestOfAll(now: Date): Date {
  return new Date(now.getTime() - keptHours * 3_600_000)
}

/** By age, nothing from here on. */
export function latestByAge(now: Date): Date {
  return new Date(inParis(now).subtract({ months: youngestMonths }).epochMilliseconds)
}

/** What payloads kept that many months are older than: days end at midnight in Paris, as the schedule runs. */
export function keptSince(now: Date, months: number): Date {
  return new Date(inParis(now).subtract({ months }).startOfDay().epochMilliseconds)
}

const inParis = (instant: Date) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)
