/** What tables are there, and on which file each lies: one that is emptied by TRUNCATE gets another. */
import type { ClientBase } from 'pg'

export type Tables = Map<string, { name: string; file: string }>

export async function tables(client: ClientBase): Promise<Tables> {
  const { rows } = await client.query<{ oid: string; name: string; file: string }>(
    `SELECT c.oid::text, c.relname AS name, c.relfilenode::text AS file FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'v', 'S') AND n.nspname = 'public' AND c.relname <> 'console_pill'`,
  )
  return new Map(rows.map(({ oid, name, file }) => [oid, { name, file }]))
}

/** Before they are emptied or dropped: those named, and all that refer to them. */
export async function rowsOf(client: ClientBase, names: string[]): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; sql: string }>(
    `WITH RECURSIVE reached AS (
       SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relname = ANY ($1) AND c.relkind = 'r'
       UNION SELECT k.conrelid FROM pg_constraint k JOIN reached r ON k.confrelid = r.oid WHERE k.contype = 'f')
     SELECT c.relname AS name, c.oid::regclass::text AS sql FROM reached r JOIN pg_class c USING (oid)
     WHERE has_table_privilege(c.oid, 'SELECT')`,
    [names],
  )
  const counts = new Map<string, number>()
  for (const { name, sql } of rows) {
    const { rows: counted } = await client.query<{ count: string }>(`SELECT count(*) FROM ONLY ${sql}`)
    counts.set(name, Number(counted[0]?.count ?? 0))
  }
  return counts
}
