import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'

/** The latest of the keys that the log was ever signed with. */
export async function currentKey(db: Tables<'auditKeys'>) {
  return db
    .selectFrom('auditKeys')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .select(['vkey', 'origin'])
    .executeTakeFirst()
}

export async function numberedCount(db: Tables<'auditLeaves'>): Promise<number> {
  const { count } = await db
    .selectFrom('auditLeaves')
    .select(sql<number>`coalesce(max(index) + 1, 0)`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Entries without a number, and since when by the database's clock. Only among what was written after the latest of
 * those that have one, give or take two thousand: to look through the whole log takes seconds, and that is the
 * verifier's work.
 */
export async function waitingEntries(
  db: CentralDb,
): Promise<{ count: number; oldestAt: Date | null; lagSeconds: number }> {
  const { rows } = await sql<{ count: number; oldestAt: Date | null; lagSeconds: number }>`
    with latest as materialized (
      select entry.xid from audit_leaves leaf join audit_log entry on entry.id = leaf.entry_id
      where leaf.index > (select max(index) from audit_leaves) - 2000)
    select count(*)::integer as count, min(written_at) as oldest_at,
      coalesce(greatest(extract(epoch from clock_timestamp() - min(written_at)), 0), 0)::float8 as lag_seconds
    from audit_log
    where index is null and xid >= coalesce((select min(xid) from latest), '0'::xid8)`.execute(db)
  return rows[0]! // an aggregate has one row
}
