/** Every row a transaction has changed, as it was and as it is, in the order in which they go back. */
import pg from 'pg'
import { changed, type Numbers } from '../simulating/images.ts'
import { byPlace, places, type Rows } from '../simulating/rows.ts'
import { touched, type Table } from '../simulating/touched.ts'
import { triedBack } from './trying-back.ts'
import { derived } from '../simulating/derived.ts'

/** A row before and after: each column as text, as PostgreSQL writes it. JSON of its own would lose digits, bounds and nulls. */
export type KeptRow = {
  /** As it stands in a statement. */
  table: string
  /** As effects call it. */
  name: string
  key: string[]
  /** Of each column that may be read. */
  types: { [column: string]: string }
  /** Columns that follow from others. */
  computed: string[]
  before: string | null
  after: string | null
}

/** `too_many`: more than are kept. `no_way_back`: none that was tried puts everything as it was. */
export type Kept = { rows: KeptRow[] } | { none: 'too_many' | 'no_way_back' }

export type Between = { inside: pg.Client; beside: pg.Client; numbers: Numbers }

/** A text is the same on both sides, and when it is looked at again. */
export const alike = Object.entries({
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
})

export async function allChanged(between: Between, most: number): Promise<Kept> {
  const { inside, beside } = between
  await beside.query(alike.map(([name, value]) => `SET ${name} = '${value}'`).join('; '))
  // What is tried within, its settings too, is as if it had not been.
  await inside.query('SAVEPOINT before_back')
  await inside.query(alike.map(([name, value]) => `SET LOCAL ${name} = '${value}'`).join('; '))
  const kept = await changedOf(between, most)
  const found =
    'none' in kept || kept.rows.length === 0
      ? kept
      : await triedBack(between, kept.rows, () => changedOf(between, most))
  await inside.query('ROLLBACK TO SAVEPOINT before_back; RELEASE SAVEPOINT before_back')
  return found
}

/** Rows that read otherwise than before, in no order. */
async function changedOf({ inside, beside, numbers }: Between, most: number): Promise<Kept> {
  const rows: KeptRow[] = []
  for (const table of await touched(inside, [])) {
    if (derived.has(table.name)) continue
    const isKnown = table.readable && !table.hidden && !table.closed && table.key.length > 0
    if (!isKnown) return { none: 'no_way_back' }
    const { made, gone, whole } = await changed(inside, beside, table, numbers, 2 * most)
    if (!whole) return { none: 'too_many' }
    if (made.count + gone.count === 0) continue
    const { types, computed, isWhole, isWrittenUnseen } = await columnsOf(inside, table)
    const [after, before] = [await textsOf(inside, table, made), await textsOf(beside, table, gone)]
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(key) ?? null, after.get(key) ?? null]
      // What nobody here may read does not come back, and that it changed is not seen.
      const isLost = was !== null && (is === null || was === is ? !isWhole : isWrittenUnseen)
      if (isLost) return { none: 'no_way_back' }
      if (was === is) continue
      const { sql, name } = table
      rows.push({ table: sql, name, key: table.key, types, computed, before: was, after: is })
    }
    if (rows.length > most) return { none: 'too_many' }
  }
  return { rows }
}

type Columns = {
  types: { [column: string]: string }
  computed: string[]
  isWhole: boolean
  /** One of them may be written, and not be read. */
  isWrittenUnseen: boolean
}

async function columnsOf(client: pg.ClientBase, { oid }: Table): Promise<Columns> {
  const { rows } = await client.query<Columns>(
    `SELECT json_object_agg(attname, format_type(atttypid, atttypmod)) FILTER (WHERE seen) AS types,
       coalesce(array_agg(attname::text) FILTER (WHERE attgenerated <> ''), '{}') AS computed,
       bool_and(seen) AS "isWhole",
       coalesce(bool_or(has_column_privilege(attrelid, attnum, 'UPDATE')) FILTER (WHERE NOT seen), false) AS "isWrittenUnseen"
     FROM (SELECT *, has_column_privilege(attrelid, attnum, 'SELECT') AS seen FROM pg_attribute
       WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped) AS a`,
    [oid],
  )
  return rows[0] ?? { types: {}, computed: [], isWhole: false, isWrittenUnseen: true }
}

async function textsOf(client: pg.ClientBase, table: Table, rows: Rows): Promise<Map<string, string>> {
  if (rows.count === 0) return new Map()
  const columns = table.columns.map(pg.escapeIdentifier).map((name) => `t.${name}::text AS ${name}`)
  const found = await client.query<{ at: string; row: string }>(
    `SELECT t.ctid::text AS at, (SELECT to_jsonb(r)::text FROM (SELECT ${columns.join(', ')}) AS r) AS row
     FROM ONLY ${table.sql} AS t WHERE t.ctid = ANY ($1::tid[])`,
    [places(rows)],
  )
  const keys = byPlace(rows)
  return new Map(found.rows.map(({ at, row }) => [keys.get(at) ?? at, row]))
}
