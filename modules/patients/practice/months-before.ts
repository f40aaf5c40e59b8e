/** The day so many months before a day, or the last one that month has: `2026-02-28` of three months before `2026-05-31`. */
export function monthsBefore(months: number, today = new Date()): string {
  const first = new Date(Date.UTC(today.getFullYear(), today.getMonth() - months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(today.getDate(), last))
  return first.toISOString().slice(0, 10)
}

/** Today, as the machine in front of one has it: what a form begins with. The server judges by the practice's clock. */
export function dayOfBrowser(): string {
  return monthsBefore(0)
}
