/** Months as the contract writes them: `2026-10`. */

/** The month so many later, or earlier. */
export function monthsAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** From the last to the first, both included; years of them at most, so that a wrong date fills no menu. */
export function monthsBetween(first: string, last: string, most = 60): string[] {
  const months = [last]
  while (months.length < most && last > first) {
    last = monthsAfter(last, -1)
    months.push(last)
  }
  return months
}
