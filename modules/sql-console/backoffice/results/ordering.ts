/** Rows in another order, as PostgreSQL would have them: by value where the type has one, what is missing at the end. */
export type GridSort = { column: number; direction: 'asc' | 'desc' }

const numbers = new Set([
  'int2',
  'int4',
  'int8',
  'float4',
  'float8',
  'numeric',
  'oid',
  'money',
  'xid',
  'xid8',
])

export const isNumber = (type: string): boolean => numbers.has(type)

/** @returns the places of the rows, in their new order */
export function ordered(
  rows: readonly (readonly (string | null)[])[],
  type: string,
  { column, direction }: GridSort,
): number[] {
  const turn = direction === 'asc' ? 1 : -1
  const values = rows.map((row) => row[column] ?? null)
  const places = rows.map((_, index) => index)
  if (isNumber(type)) {
    const figures = values.map((value) => (value === null ? Number.NaN : Number(value)))
    return places.sort((a, b) => {
      const [one = Number.NaN, other = Number.NaN] = [figures[a], figures[b]]
      if (Number.isNaN(one) || Number.isNaN(other))
        return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || a - b
      return (one - other) * turn || a - b
    })
  }
  // By code point, as an index of PostgreSQL's would have dates and identifiers; people's names by the alphabet.
  const compare = /text|char|name/.test(type)
    ? new Intl.Collator('fr').compare
    : (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
  return places.sort((a, b) => {
    const [one, other] = [values[a] ?? null, values[b] ?? null]
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b
    return compare(one, other) * turn || a - b
  })
}

/** A click sorts, a second one turns it round, a third one takes it back. */
export function nextOrder(sort: GridSort | undefined, column: number): GridSort | undefined {
  if (sort?.column !== column) return { column, direction: 'asc' }
  return sort.direction === 'asc' ? { column, direction: 'desc' } : undefined
}
