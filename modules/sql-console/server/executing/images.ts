/** Every row a transaction has changed, as it was and as it is, to find the way back by. */
import pg from 'pg'
import { changed, type Numbers, type Rows } from '../simulating/images.ts'
import { touched, type Table } from '../simulating/touched.ts'

/** A row before and after, as PostgreSQL writes it in JSON: a number keeps its digits. */
export type KeptRow = {
  /** As it stands in a statement. */
  table: string
  key: string[]
  /** That may be read, and of them those that may be written. */
  columns: string[]
  writable: string[]
  before: string | null
  after: string | null
}

/** `too_many`: more than are kept. `no_way_back`: a table without a key, or rows of which not all may be read. */
export type Kept = { rows: KeptRow[] } | { none: 'too_many' | 'no_way_back' }

export async function allChanged(
  { inside, beside, numbers }: { inside: pg.Client; beside: pg.Client; numbers: Numbers },
  most: number,
): Promise<Kept> {
  const rows: KeptRow[] = []
  for (const table of await touched(inside, [])) {
    const { isWhole, writable } = await writing(inside, table)
    if (!table.readable || table.hidden || table.key.length === 0) return { none: 'no_way_back' }
    const { made, gone, whole } = await changed(inside, beside, table, numbers, 2 * most)
    if (!whole) return { none: 'too_many' }
    const [after, before] = [await textsOf(inside, table, made), await textsOf(beside, table, gone)]
    const common = { table: table.sql, key: table.key, columns: table.columns, writable }
    const byKey = new Map<string, KeptRow>()
    for (const [key, row] of before) byKey.set(key, { ...common, before: row, after: null })
    for (const [key, row] of after)
      byKey.set(key, { ...common, before: byKey.get(key)?.before ?? null, after: row })
    const changes = [...byKey.values()]
    // What nobody here may read does not come back with the rest of its row.
    if (!isWhole && changes.some(({ after: is }) => is === null)) return { none: 'no_way_back' }
    rows.push(...changes)
    if (rows.length > most) return { none: 'too_many' }
  }
  return { rows }
}

async function writing(
  client: pg.ClientBase,
  { oid }: Table,
): Promise<{ isWhole: boolean; writable: string[] }> {
  const { rows } = await client.query<{ isWhole: boolean; writable: string[] }>(
    `SELECT bool_and(has_column_privilege(attrelid, attnum, 'SELECT') AND
         (attgenerated <> '' OR has_column_privilege(attrelid, attnum, 'INSERT'))) AS "isWhole",
       coalesce(array_agg(attname::text ORDER BY attnum) FILTER (WHERE attgenerated = ''
         AND has_column_privilege(attrelid, attnum, 'SELECT') AND has_column_privilege(attrelid, attnum, 'INSERT')), '{}') AS writable
     FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped`,
    [oid],
  )
  return rows[0] ?? { isWhole: false, writable: [] }
}

async function textsOf(client: pg.ClientBase, table: Table, rows: Rows): Promise<Map<string, string>> {
  if (rows.size === 0) return new Map()
  const columns = table.columns.map((name) => `t.${pg.escapeIdentifier(name)}`).join(', ')
  const found = await client.query<{ at: string; row: string }>(
    `SELECT t.ctid::text AS at, (SELECT to_jsonb(r)::text FROM (SELECT ${columns}) AS r) AS row
     FROM ONLY ${table.sql} AS t WHERE t.ctid = ANY ($1::tid[])`,
    [[...rows.keys()]],
  )
  return new Map(found.rows.map(({ at, row }) => [rows.get(at) ?? at, row]))
}
