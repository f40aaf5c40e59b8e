/** Periods one asks for all the time, counted from the practice's day, which the server tells. */
const periods = ['today', 'week', 'month', 'last-month', 'year'] as const
export type Period = (typeof periods)[number]
export { periods }

/** Days without a time zone: `2026-11-22` is the same day everywhere. */
export function daysOf(period: Period, today: string): { from: string; to: string } {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  const day = Number(today.slice(8, 10))
  const on = (...date: [number, number, number]) => new Date(Date.UTC(...date)).toISOString().slice(0, 10)
  switch (period) {
    case 'today':
      return { from: today, to: today }
    case 'week': {
      // Weeks begin on Monday.
      const monday = day - ((new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7)
      return { from: on(year, month, monday), to: on(year, month, monday + 6) }
    }
    case 'month':
      return { from: on(year, month, 1), to: on(year, month + 1, 0) }
    case 'last-month':
      return { from: on(year, month - 1, 1), to: on(year, month, 0) }
    case 'year':
      return { from: on(year, 0, 1), to: on(year, 11, 31) }
  }
}
