import pg from 'pg'

const known = new Map(
  Object.entries(pg.types.builtins).map(([name, oid]) => [oid as number, name.toLowerCase()]),
)
const others = new Map([
  [2950, 'uuid'],
  [1009, 'text[]'],
  [2951, 'uuid[]'],
  [1007, 'int4[]'],
  [3807, 'jsonb[]'],
])

/** What a type is called; of one that a database made itself, nothing but that. */
export const typeName = (oid: number): string => others.get(oid) ?? known.get(oid) ?? 'other'
