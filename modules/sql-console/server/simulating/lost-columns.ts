/** Columns that go with what is dropped, and the values that go with them: what nobody can see any more once it is done. */
import pg, { type ClientBase } from 'pg'
import type { Lost } from './simulation.ts'
import type { Table } from './touched.ts'

/** Tables with columns that go when what is called so is dropped with all that stands on it: of that type, of a list or a domain of it. */
export async function standingOn(inside: ClientBase, names: readonly string[]): Promise<string[]> {
  const { rows } = await inside.query<{ oid: string }>(
    `WITH RECURSIVE below AS (
       SELECT 'pg_class'::regclass::oid AS classid, oid AS objid, 0 AS part FROM pg_class
         WHERE relname = ANY ($1) AND relnamespace = 'public'::regnamespace
       UNION SELECT 'pg_type'::regclass::oid, oid, 0 FROM pg_type
         WHERE typname = ANY ($1) AND typnamespace = 'public'::regnamespace
       UNION SELECT d.classid, d.objid, d.objsubid FROM below b JOIN pg_depend d
         ON d.refclassid = b.classid AND d.refobjid = b.objid AND (b.part = 0 OR d.refobjsubid = b.part))
     SELECT DISTINCT c.oid::text AS oid FROM below b JOIN pg_class c ON c.oid = b.objid
     WHERE b.classid = 'pg_class'::regclass AND b.part > 0 AND c.relkind = 'r'`,
    [names],
  )
  return rows.map(({ oid }) => oid)
}

/** By a column's number, which no renaming changes. */
export type Columns = Map<number, Lost>

type Column = { number: number; name: string; readable: boolean }

/** What is worked out anew whenever it is read is nothing that could be lost. */
async function columnsOf(inside: ClientBase, { oid }: Pick<Table, 'oid'>): Promise<Column[]> {
  const { rows } = await inside.query<Column>(
    `SELECT attnum::int AS number, attname::text AS name, has_column_privilege(attrelid, attnum, 'SELECT') AS readable
     FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped AND attgenerated <> 'v' ORDER BY attnum`,
    [oid],
  )
  return rows
}

/** @param isCounted whether the table is small enough for it */
export async function filled(inside: ClientBase, table: Table, isCounted: boolean): Promise<Columns> {
  const columns = await columnsOf(inside, table)
  const readable = isCounted ? columns.filter(({ readable: may }) => may) : []
  const { rows } = readable.length
    ? await inside.query<string[]>({
        text: `SELECT ${readable.map(({ name }) => `count(${pg.escapeIdentifier(name)})`).join(', ')} FROM ONLY ${table.sql}`,
        rowMode: 'array',
      })
    : { rows: [] }
  const counts = new Map(readable.map(({ number }, index) => [number, Number(rows[0]?.[index])]))
  return new Map(columns.map(({ number, name }) => [number, { column: name, values: counts.get(number) }]))
}

/** Of those that were there, which are not any more and held something. */
export async function lostOf(inside: ClientBase, table: Table, was: Columns): Promise<Lost[]> {
  const is = new Set((await columnsOf(inside, table)).map(({ number }) => number))
  return [...was].flatMap(([number, lost]) => (is.has(number) || lost.values === 0 ? [] : [lost]))
}
