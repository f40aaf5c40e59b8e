import type { Instant } from './zone.ts'

/** From an instant until just before another; `Infinity` while it lasts. */
export type Pause = { readonly from: Instant; readonly until: Instant }

/** In their order, none within or across another, none empty. */
export function orderly(pauses: readonly Pause[]): readonly Pause[] {
  if (pauses.length === 0 || areOrderly(pauses)) return pauses
  const joined: { from: Instant; until: Instant }[] = []
  for (const { from, until } of pauses.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1)
    if (until <= from) continue
    if (last && from <= last.until) last.until = Math.max(last.until, until)
    else joined.push({ from, until })
  }
  return joined
}

/** As a log tells them, nearly always: then nothing needs to be copied. */
function areOrderly(pauses: readonly Pause[]): boolean {
  let end = -Infinity
  for (const { from, until } of pauses) {
    if (from < end || until <= from) return false
    end = until
  }
  return true
}
