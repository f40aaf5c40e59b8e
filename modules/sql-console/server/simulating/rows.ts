/** Many rows, kept as they came: two texts, of where they lie and of their keys, taken apart only where somebody asks. */

export type Rows = {
  count: number
  /** `(0,1) (0,2)` */
  placesText: string
  /** Undefined where there is no key: a row is then known by its place. */
  keysText: string | undefined
}

/** Stands between keys: one in which it may occur is written otherwise (`images.ts`). */
export const separator = '\x1f'

export const noRows: Rows = { count: 0, placesText: '', keysText: '' }

export const places = ({ count, placesText }: Rows, most = count): string[] =>
  count === 0 ? [] : placesText.split(' ', most)

export const keys = (rows: Rows, most = rows.count): string[] =>
  rows.keysText === undefined
    ? places(rows, most)
    : rows.count === 0
      ? []
      : rows.keysText.split(separator, most)

export function picked(rows: Rows, which: (place: string) => boolean): Rows {
  const theirs = keys(rows)
  const some: string[] = []
  const keysOfSome: string[] = []
  for (const [index, place] of places(rows).entries())
    if (which(place)) {
      some.push(place)
      keysOfSome.push(theirs[index] ?? place)
    }
  return {
    count: some.length,
    placesText: some.join(' '),
    keysText: rows.keysText === undefined ? undefined : keysOfSome.join(separator),
  }
}

/** @param one of the same table as the other */
export function joined(one: Rows, other: Rows): Rows {
  if (one.count === 0) return other
  if (other.count === 0) return one
  return {
    count: one.count + other.count,
    placesText: `${one.placesText} ${other.placesText}`,
    keysText: one.keysText === undefined ? undefined : `${one.keysText}${separator}${other.keysText ?? ''}`,
  }
}

/** @param others rows of the same table */
export function without(rows: Rows, others: Rows): Rows {
  if (rows.count === 0 || others.count === 0) return rows
  const known = new Set(places(others))
  return picked(rows, (place) => !known.has(place))
}

/** @param found place → key */
export const rowsIn = (found: ReadonlyMap<string, string>): Rows => ({
  count: found.size,
  placesText: [...found.keys()].join(' '),
  keysText: [...found.values()].join(separator),
})

/** place → key */
export function byPlace(rows: Rows): Map<string, string> {
  const theirs = keys(rows)
  return new Map(places(rows).map((place, index) => [place, theirs[index] ?? place]))
}

/** How many keys stand on both sides. One that is only unique at the end may stand there twice meanwhile: the second is another row. */
export function countSame(some: Rows, others: Rows): number {
  if (some.count === 0 || others.count === 0) return 0
  // Changed from the first to the last, they stand in the same order.
  if (some.keysText !== undefined && some.keysText === others.keysText) return some.count
  const left = new Map<string, number>()
  for (const key of keys(some)) left.set(key, (left.get(key) ?? 0) + 1)
  let same = 0
  for (const key of keys(others)) {
    const there = left.get(key) ?? 0
    if (there === 0) continue
    left.set(key, there - 1)
    same++
  }
  return same
}
