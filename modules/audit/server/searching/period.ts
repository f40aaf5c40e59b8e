import type { WrongField } from '#platform/server/requests.ts'

/** Instants `from` <= at < `until`. */
export type Period = { from: Date | undefined; until: Date | undefined }

const zone = 'Europe/Paris'
const day = /^\d{4}-\d\d-\d\d$/

/**
 * Days are those of a calendar on a wall in Paris, each whole: the one on which the clocks go back has 25 hours.
 * @throws {WrongField} there is no instant in it
 */
export function periodOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  wrong: (field: 'to', code: string) => WrongField,
): Period {
  const period = {
    from: from === undefined ? undefined : day.test(from) ? beginOf(from) : new Date(from),
    until: to === undefined ? undefined : day.test(to) ? beginOf(to, 1) : new Date(to),
  }
  if (period.from && period.until && period.from >= period.until) throw wrong('to', 'period_reversed')
  return period
}

function beginOf(date: string, daysLater = 0): Date {
  const begin = Temporal.PlainDate.from(date).add({ days: daysLater }).toZonedDateTime(zone)
  return new Date(begin.epochMilliseconds)
}
