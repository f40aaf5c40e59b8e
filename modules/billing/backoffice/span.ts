/** The first and the last day of a month or a year: `2026-02`, `2026`. */
export function daysOf(span: string): { from: string; until: string } {
  const [year = 0, month] = span.split('-').map(Number)
  const last = new Date(Date.UTC(year, month ?? 12, 0)).toISOString().slice(0, 10)
  return { from: month === undefined ? `${span}-01-01` : `${span}-01`, until: last }
}

/** The month or the year that two days span; null where they span another stretch. */
export function spanOf({
  from,
  until,
}: {
  from?: string | undefined
  until?: string | undefined
}): string | null {
  if (from === undefined || until === undefined) return null
  const known = [from.slice(0, 7), from.slice(0, 4)].find((span) => {
    const days = daysOf(span)
    return days.from === from && days.until === until
  })
  return known ?? null
}
