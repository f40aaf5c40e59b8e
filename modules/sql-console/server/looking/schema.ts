/** The tables and columns that a login may read, as an editor completes them. */
import type { SqlTable } from '#contract/sql-console'
import type { ClientBase } from 'pg'
import { classOf } from '../masking/classes.ts'

export async function tablesOf(client: ClientBase, kind: 'central' | 'tenant'): Promise<SqlTable[]> {
  const { rows } = await client.query<SqlTable>(
    `SELECT c.relname AS name, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind,
       CASE WHEN c.reltuples >= 0 AND c.relkind IN ('r', 'p') THEN c.reltuples END AS rows,
       json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', NOT a.attnotnull,
         'isKey', coalesce(a.attnum = ANY (k.conkey), false),
         'references', (SELECT f.confrelid::regclass || '.' || o.attname FROM pg_constraint f
           JOIN pg_attribute o ON o.attrelid = f.confrelid AND o.attnum = f.confkey[1]
           WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.conkey = ARRAY[a.attnum] ORDER BY f.oid LIMIT 1),
         'class', null) ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition AND c.relname <> 'console_pill'
       AND has_column_privilege(c.oid, a.attnum, 'SELECT')
     GROUP BY c.oid, c.relname, c.relkind, c.reltuples ORDER BY c.relname`,
  )
  return rows.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      class: shownClass(classOf(kind, table.name, column.name)),
    })),
  }))
}

const shownClass = (is: ReturnType<typeof classOf>) => (is === 'open' ? null : is)
