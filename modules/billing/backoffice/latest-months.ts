import { TIME_ZONE } from '#platform/ui/formats.ts'

/** The running month in Paris and those before it, newest first: `2026-10`, `2026-09`, … */
export function latestMonths(count: number, now: Date = new Date()): string[] {
  const [year, month] = new Intl.DateTimeFormat('sv', {
    timeZone: TIME_ZONE,
    year: 'numeric',
    month: '2-digit',
  })
    .format(now)
    .split('-')
    .map(Number)
  return Array.from({ length: count }, (_, back) =>
    // Day 1 at UTC midnight cannot fall into another month.
    new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 - back, 1)).toISOString().slice(0, 7),
  )
}
