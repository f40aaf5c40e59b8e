/** Of rows that an execution left, which stand otherwise by now: asked of the tables themselves, key by key. */
import type { Change as ShownChange } from '#contract/sql-console'
import pg from 'pg'
import type { Parts, Ways } from '../parts.ts'
import { maskRows } from '../masking/masking.ts'
import type { Change } from '../simulating/simulation.ts'
import { alike, type KeptRow } from './images.ts'

/** So many are told of. */
const told = 200
/** Characters of a value; what is longer is told by its beginning. */
const longest = 1_000

type Fields = { [column: string]: string | null }
const fieldsOf = (row: string) => JSON.parse(row) as Fields // as it is read here and kept
const some = (fields: Fields, columns: readonly string[]): Fields =>
  Object.fromEntries(columns.map((column) => [column, fields[column] ?? null]))

/** @returns of each row what is there under its key, undefined where nothing is */
export async function standing(
  client: pg.ClientBase,
  kept: readonly KeptRow[],
): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = kept.map(() => undefined)
  await client.query(alike.map(([name, value]) => `SET ${name} = '${value}'`).join('; '))
  const numbered = kept.map((row, place) => ({ row, place }))
  for (const rows of Map.groupBy(numbered, ({ row }) => row.table).values()) {
    const [{ row: one } = {}] = rows
    if (!one) continue
    const columns = Object.keys(one.types).map(pg.escapeIdentifier)
    const sought = rows.map(({ row, place }) => ({
      place,
      key: some(fieldsOf(row.after ?? row.before ?? '{}'), row.key),
    }))
    const there = await client.query<{ place: number; row: string }>(
      `SELECT (e.line ->> 'place')::int AS place,
         (SELECT to_jsonb(r)::text FROM (SELECT ${columns.map((name) => `x.${name}::text AS ${name}`).join(', ')}) AS r) AS row
       FROM jsonb_array_elements($1::jsonb) AS e (line) JOIN ONLY ${one.table} AS x
         ON ${one.key.map((name) => `x.${pg.escapeIdentifier(name)} = (e.line -> 'key' ->> ${pg.escapeLiteral(name)})::${one.types[name]}`).join(' AND ')}`,
      [JSON.stringify(sought)],
    )
    for (const { place, row } of there.rows) found[place] = row
  }
  return found
}

/** As it was left and as it stands: its key and what differs, no more. Undefined where it is as it was left. */
export function otherwise({ name, key, after }: KeptRow, now: string | undefined): Change | undefined {
  if ((after ?? undefined) === now) return undefined
  const [left, is] = [
    after === null ? undefined : fieldsOf(after),
    now === undefined ? undefined : fieldsOf(now),
  ]
  const differ = left && is ? Object.keys(left).filter((column) => left[column] !== is[column]) : []
  const columns = [...new Set([...key, ...differ])]
  const sides = [left, is].map((fields) => (fields ? some(fields, columns) : null))
  const cut = columns.filter((column) => sides.some((side) => (side?.[column]?.length ?? 0) > longest))
  const [before, later] = sides.map(
    (side) =>
      side &&
      Object.fromEntries(
        Object.entries(side).map(([column, value]) => [
          column,
          value !== null && value.length > longest ? `${value.slice(0, longest)}…` : value,
        ]),
      ),
  )
  return { table: name, before: before ?? null, after: later ?? null, ...(cut.length && { cut }) }
}

/**
 * What a report of the way back cannot say, being masked whole: here each value is what stands in a column, and is masked as that
 * column is.
 */
export async function changedSinceIn(
  parts: Parts,
  ways: Ways,
  kind: 'central' | 'tenant',
  kept: readonly KeptRow[],
): Promise<{ rows: ShownChange[]; more: number }> {
  const schema = await parts.columns.of(ways, kind)
  const client = await ways.beside()
  try {
    const now = await standing(client, kept)
    const changes = kept.flatMap((row, place) => otherwise(row, now[place]) ?? [])
    const rows = maskRows(changes.slice(0, told), schema)
    return {
      rows: rows.map(({ cut, ...change }) => ({ ...change, cut: cut ?? [] })),
      more: changes.length - rows.length,
    }
  } finally {
    await client.end().catch(() => {})
  }
}
