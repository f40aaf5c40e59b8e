/** Between a place's wall clock and instants, by arithmetic alone once its changes of clock are known. */

/** Milliseconds since 1970, UTC. */
export type Instant = number

/** A time by a wall clock, written as if that clock were UTC: milliseconds too, so that days are counted without a zone. */
export type WallTime = number

/** While this lasts the wall clock shows UTC and `offset`. */
export type Offset = { from: Instant; until: Instant; offset: number }

export const dayMs = 86_400_000

/** What a zone's clock is set to in these years and the days around them, without a gap from ever to ever. */
export function offsetsOf(timeZone: string, firstYear: number, lastYear = firstYear): Offset[] {
  const end = Date.UTC(lastYear + 1, 0, 3)
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(firstYear, 0, -1)).toZonedDateTimeISO(timeZone)
  const offsets: Offset[] = [{ from: -Infinity, until: Infinity, offset: at.offsetNanoseconds / 1e6 }]
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds > end) return offsets
    offsets.at(-1)!.until = next.epochMilliseconds // there is one from the first on
    offsets.push({ from: next.epochMilliseconds, until: Infinity, offset: next.offsetNanoseconds / 1e6 })
    at = next
  }
}

/**
 * The instant of a wall time. One that the clock skips lies as much later as the clock jumps (02:30 is 03:30); of one that
 * it shows twice the first is meant.
 */
export function instantOf(wall: WallTime, offsets: readonly Offset[]): Instant {
  let moved = Number.NaN
  for (const { from, until, offset } of offsets) {
    const instant = wall - offset
    if (instant < until) return instant >= from ? instant : moved
    moved = instant
  }
  return moved
}

/** The wall's day, `2026-02-27`. */
export const dayOfWall = (wall: WallTime) => new Date(wall).toISOString().slice(0, 10)
