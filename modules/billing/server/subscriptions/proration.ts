/** Days in money: what a part of a period costs, to the cent. */

/** From a day, inclusive, to another, exclusive. */
export type Span = { from: string; until: string }

export function daysIn({ from, until }: Span): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'days' }).days
}

/** What of a period is left on the morning of a day: all of it on its first day, nothing from its end on. */
export function leftOn(period: Span, day: string): number {
  const from = day > period.from ? day : period.from
  return from >= period.until ? 0 : daysIn({ from, until: period.until })
}

/**
 * A part of an amount by days.
 * @param cents for the whole period
 * @returns cents, half away from zero; all days give the whole amount and none give nothing
 */
export function prorated(cents: number, left: number, of: number): number {
  if (of <= 0) return 0
  const twice = Math.abs(cents) * left * 2
  return Math.sign(cents) * Math.floor((twice + of) / (2 * of)) || 0
}

/**
 * The first day of the period after the one that begins on `from`, counted from the anchor: who began on the 31st is
 * billed on the last day of short months and on the 31st of long ones.
 */
export function endOfPeriod(anchor: string, from: string, months: number): string {
  const first = Temporal.PlainDate.from(anchor)
  const begins = Temporal.PlainDate.from(from)
  const passed = (begins.year - first.year) * 12 + begins.month - first.month
  return first.add({ months: passed + months }).toString()
}
