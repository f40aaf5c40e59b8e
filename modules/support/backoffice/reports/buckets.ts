/** Days put together so that each has room for a thumb: by day, by week, or by month. */
import type { Report } from '#contract/support'

export type Bucket = { from: string; until: string; opened: number; resolved: number; open: number }
export type Unit = 'day' | 'week' | 'month'

/** As wide as what is pressed has to be (WCAG 2.2, 2.5.8). */
const narrowest = 24

/** @param width of the whole, in pixels */
export function bucketsIn(days: Report['days'], width: number): { unit: Unit; buckets: Bucket[] } {
  const all = (['day', 'week', 'month'] as const).map((unit) => ({ unit, buckets: bucketsOf(days, unit) }))
  return all.find(({ buckets }) => buckets.length * narrowest <= width) ?? all[2]! // three were made
}

function bucketsOf(days: Report['days'], unit: Unit): Bucket[] {
  return [...Map.groupBy(days, ({ on }) => nameOf(on, unit)).values()].map((some) => ({
    from: some[0]!.on, // a group has one at least
    until: some.at(-1)!.on,
    opened: some.reduce((sum, { opened }) => sum + opened, 0),
    resolved: some.reduce((sum, { resolved }) => sum + resolved, 0),
    open: some.at(-1)!.open,
  }))
}

function nameOf(day: string, unit: Unit): string {
  if (unit === 'day') return day
  if (unit === 'month') return day.slice(0, 7)
  const date = new Date(`${day}T00:00:00Z`)
  // Back to Monday: Sunday is 0.
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}
