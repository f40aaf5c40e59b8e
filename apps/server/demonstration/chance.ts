/** Chance that always falls the same way: a demonstration looks alike on every machine. Never for anything secret. */
export type Chance = {
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  of<T>(list: readonly T[]): T
  /** True this often, 0 to 1. */
  once(share: number): boolean
  digits(count: number): string
}

/** @param seed the same seed, the same series; one a person keeps a change to one from moving all others */
export function chanceOf(seed: number): Chance {
  const next = mulberry32(seed)
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    between,
    of: (list) => list[between(0, list.length - 1)]!, // never beyond its end; the lists here are not empty
    once: (share) => next() < share,
    digits: (count) => Array.from({ length: count }, () => between(0, 9)).join(''),
  }
}

/** Tommy Ettinger's mulberry32: 32 bits of state, uniform enough to draw names and days. */
function mulberry32(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
