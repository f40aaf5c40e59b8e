/**
 * A table that we closed to everybody, or that nobody else knows of, is looked at from inside alone: all its rows, before a
 * statement and after it. Nobody but us can have changed it in between.
 */
import pg, { type ClientBase } from 'pg'
import type { Bounds } from './bounds.ts'
import { keyOf, read, type Image } from './images.ts'
import type { Table } from './touched.ts'

export type Listing = {
  /** place → key */
  rows: Map<string, string>
  /** By key: what all its columns hold, in few letters. */
  sums: Map<string, string>
  columns: string[]
  /** Of the first of them. */
  images: Map<string, Image>
}

/** Of how many rows the values are kept, in case that they go. */
const imaged = 1_000

/** @returns undefined where there are more rows than are listed, or they may not be read */
export async function list(
  inside: ClientBase,
  table: Table,
  { listed }: Pick<Bounds, 'listed'>,
  withSums?: readonly string[],
): Promise<Listing | undefined> {
  if (!table.readable || table.hidden) return undefined
  const { rows } = await inside.query<[string, string, string]>({
    text: `SELECT ctid::text, ${keyOf(table)}${withSums ? `, ${sumOf(withSums)}` : ''}
      FROM ONLY ${table.sql} LIMIT ${listed + 1}`,
    rowMode: 'array',
  })
  if (rows.length > listed) return undefined
  const isKeyed = table.key.length > 0
  return {
    rows: new Map(rows.map(([ctid, key]) => [ctid, key])),
    // Written anew, rows keep their order.
    sums: new Map(withSums ? rows.map(([, key, sum], index) => [isKeyed ? key : String(index), sum]) : []),
    columns: table.columns,
    images: await read(
      inside,
      table,
      rows.slice(0, imaged).map(([ctid]) => ctid),
    ),
  }
}

const sumOf = (columns: readonly string[]) =>
  `hashtextextended(ROW(${columns
    .map((name) => `hashtextextended(${pg.escapeIdentifier(name)}::text, 0)`)
    .join(', ')})::text, 0)::text`

/**
 * Nobody writes in them any more from now on: what is listed is what the statement will find.
 * @returns of which we have this lock now, and nothing that was typed had taken it
 */
export async function holdStill(inside: ClientBase, tables: Table[]): Promise<string[]> {
  if (tables.length === 0) return []
  const { rows } = await inside.query<{ oid: string }>(
    `SELECT relation::text AS oid FROM pg_locks
     WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'ShareLock'`,
  )
  const held = new Set(rows.map(({ oid }) => oid))
  await inside.query(`LOCK TABLE ${tables.map(({ sql }) => `ONLY ${sql}`).join(', ')} IN SHARE MODE`)
  return tables.flatMap(({ oid }) => (held.has(oid) ? [] : [oid]))
}

export async function countOf(inside: ClientBase, { sql }: Table): Promise<number> {
  const { rows } = await inside.query<{ count: string }>(`SELECT count(*) FROM ONLY ${sql}`)
  return Number(rows[0]?.count ?? 0)
}

/** Of a table as it lies there now, without its indexes. */
export async function bytesOf(inside: ClientBase, { oid }: Pick<Table, 'oid'>): Promise<number> {
  const { rows } = await inside.query<{ bytes: number }>('SELECT pg_table_size($1::oid)::float8 AS bytes', [
    oid,
  ])
  return rows[0]?.bytes ?? 0
}
