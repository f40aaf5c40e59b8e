/**
 * What tables are made of, read once for all practices that are made alike: each is asked how what a text names is made (`how-made.ts`),
 * or for one number of all its columns, and only where nobody has the same is it asked for the columns themselves.
 */
import type { ClientBase } from 'pg'
import { readColumns, type Columns } from '../masking/columns.ts'

/**
 * Which functions are ours, and of every column which table, by name and number, which place and which name: renamed, added or taken away, it is another
 * number. It guards against what differs by accident; who means to could rename a table anyway.
 */
const fingerprint = `
(SELECT count(*) || ' ' || sum((hashname(attname)::bigint << 24) # (attrelid::bigint * 2000 + attnum)) FROM pg_attribute
  WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped)
|| (SELECT ' ' || sum((hashname(relname)::bigint << 24) # (oid::bigint * 32 + ascii(relkind::text))) FROM pg_class WHERE oid >= 16384)
|| (SELECT ' ' || count(*) || ' ' || sum(hashname(proname)::bigint * (1 + ascii(provolatile::text))) FROM pg_proc WHERE oid >= 16384)`

const keptAtMost = 50

export function sharedColumns() {
  const kept = new Map<string, Promise<Columns>>()
  /** @param made of what is named, where nothing else is looked up in it; else all columns count */
  return async (client: ClientBase, made?: string): Promise<Columns> => {
    const print =
      made ?? (await client.query<{ print: string }>(`SELECT ${fingerprint} AS print`)).rows[0]?.print ?? ''
    const known = kept.get(print)
    if (known) return known
    if (kept.size >= keptAtMost) kept.clear()
    const columns = readColumns(client, 'tenant')
    kept.set(print, columns)
    columns.catch(() => kept.delete(print))
    return columns
  }
}
