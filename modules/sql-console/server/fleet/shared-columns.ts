/**
 * What tables are made of, read once for all practices that are made alike: each is asked for one number of all its columns, and
 * only where nobody has the same is it asked for the columns themselves.
 */
import type { ClientBase } from 'pg'
import { readColumns, type Columns } from '../masking/columns.ts'

/** Of every column of a table or view: which table, by name and number, which place, which name. */
const fingerprint = `
SELECT count(*) || ' ' || sum(hashtextextended(n.nspname || '.' || c.relname || '.' || a.attname, c.oid::bigint * 2000 + a.attnum)) AS print
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND a.attnum > 0 AND NOT a.attisdropped`

const keptAtMost = 50

export function sharedColumns() {
  const kept = new Map<string, Promise<Columns>>()
  return async (client: ClientBase): Promise<Columns> => {
    const { rows } = await client.query<{ print: string }>(fingerprint)
    const print = rows[0]?.print ?? ''
    const known = kept.get(print)
    if (known) return known
    if (kept.size >= keptAtMost) kept.clear()
    const columns = readColumns(client, 'tenant')
    kept.set(print, columns)
    columns.catch(() => kept.delete(print))
    return columns
  }
}
