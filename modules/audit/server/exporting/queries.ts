import type { Within } from '#server/access'
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'
import { lineColumns, type LineRow } from '../searching/line-columns.ts'
import { objectName } from '../searching/names.ts'
import { matching } from '../searching/page-sql.ts'
import type { Wanted } from '../searching/wanted.ts'

/** An entry as it is taken out of the house. */
export type ExportedRow = LineRow & { leaf: string; ticket: string | null }

/** Small: other requests wait while a batch is opened, proved and written. */
const batchSize = 250

/** All that match, newest first, in constant memory, as they stood at one instant: call it in a transaction. */
export async function* exportedRows(
  db: Tables<'auditLog'>,
  wanted: Wanted,
  mine: Within | undefined,
): AsyncGenerator<ExportedRow[]> {
  const plain = db.withoutPlugins()
  await sql`
    declare exported no scroll cursor for
    select ${lineColumns(mine)}, e.ticket, e.leaf, e.sealed
    from audit_log e cross join lateral (select ${objectName(mine)} as name offset 0) object
    where ${matching(wanted)} order by e.at desc, e.id desc`.execute(plain)
  while (true) {
    const { rows } = await sql<ExportedRow>`fetch ${sql.lit(batchSize)} from exported`.execute(plain)
    if (rows.length === 0) break
    yield rows
  }
}

/** One more than `most` tells that there are more. */
export async function countUpTo(db: Tables<'auditLog'>, wanted: Wanted, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select from audit_log e where ${matching(wanted)} limit ${most + 1}) counted`.execute(db)
  return rows[0]?.count ?? 0
}

/** An export reads for longer than a request may. */
export async function takeTime(db: CentralDb): Promise<void> {
  await sql`set local statement_timeout = '10min'`.execute(db)
  await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(db)
}

export async function isAtWork(db: Tables<'staffMembers'>, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('suspendedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** How many entries were numbered, and whether one that matches waits for its number. */
export async function numbering(
  db: Tables<'auditLog' | 'auditLeaves'>,
  wanted: Wanted,
  until: Date,
): Promise<{ size: number; waits: boolean }> {
  // What waits is recent, or else the sequencer stands still and waiting would not help.
  const { rows } = await sql<{ size: number; waits: boolean }>`
    select (select coalesce(max(index) + 1, 0) from audit_leaves) as size,
      exists (select from audit_log e where e.at <= ${until}::timestamptz and e.at > ${until}::timestamptz - interval '1 minute'
        and e.index is null and ${matching(wanted)}) as waits`.execute(db)
  return rows[0]! // a select without a table has one row
}
