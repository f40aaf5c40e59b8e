/** What our tables and views are made of: what PostgreSQL says of a result is the number of a table and of a column in it. */
import type { Client, ClientBase } from 'pg'
import { classOf, type Class, type DatabaseKind } from './classes.ts'

export type Table = { name: string; columns: { number: number; name: string; is: Class }[] }
export type Columns = {
  byNumber: ReadonlyMap<number, Table>
  byName: ReadonlyMap<string, Table>
  /** What constraints and indexes are called: they say nothing of anybody. */
  names: ReadonlySet<string>
}

const ofDomains = 'SELECT conname::text AS name FROM pg_constraint WHERE contypid <> 0'

type Found = { oid: number; name: string; columns: { number: number; name: string }[]; around: string[] }

export async function readColumns(client: ClientBase, kind: DatabaseKind): Promise<Columns> {
  const { rows } = await client.query<Found>(
    `SELECT c.oid::int, CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name,
       (SELECT json_agg(json_build_object('number', a.attnum, 'name', a.attname) ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
       ARRAY(SELECT k.conname::text FROM pg_constraint k WHERE k.conrelid = c.oid
         UNION SELECT i.indexrelid::regclass::text FROM pg_index i WHERE i.indrelid = c.oid) AS around
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
  )
  const domains = await client.query<{ name: string }>(ofDomains)
  const tables = rows.map(({ oid, name, columns, around }) => ({
    oid,
    around,
    table: {
      name,
      columns: (columns ?? []).map((column) => ({ ...column, is: classOf(kind, name, column.name) })),
    },
  }))
  return {
    byNumber: new Map(tables.map(({ oid, table }) => [oid, table])),
    byName: new Map(tables.map(({ table }) => [table.name, table])),
    names: new Set([
      ...domains.rows.map(({ name }) => name),
      ...tables.flatMap(({ table, around }) => [
        table.name,
        ...around,
        ...table.columns.map(({ name }) => name),
      ]),
    ]),
  }
}

type Way = { readonly database: string; readonly schemaVersion: number | null; beside: () => Promise<Client> }
const keptAtMost = 500

/** One reading for each database and version of its schema: nothing but a release changes one for good. */
export function keepColumns() {
  const kept = new Map<string, Promise<Columns>>()
  return {
    async of(way: Way, kind: DatabaseKind): Promise<Columns> {
      const key = `${way.database} ${way.schemaVersion}`
      const known = kept.get(key)
      if (known) return known
      if (kept.size >= keptAtMost) kept.clear()
      const columns = way.beside().then((client) => readColumns(client, kind).finally(() => client.end()))
      kept.set(key, columns)
      columns.catch(() => kept.delete(key))
      return columns
    },
  }
}
