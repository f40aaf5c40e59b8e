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
  // Asked first and by itself: knowing the number, PostgreSQL sees how few rows lie behind it.
  const { rows: latest } = await sql<{ xid: string }>`
    select coalesce(min(entry.xid), '0')::text as xid
    from (select entry_id from audit_leaves order by index desc limit 2000) leaf
    join audit_log entry on entry.id = leaf.entry_id`.execute(db)
  const { rows } = await sql<{ count: number; oldestAt: Date | null; lagSeconds: number }>`
    select count(*)::integer as count, min(written_at) as oldest_at,
      coalesce(greatest(extract(epoch from clock_timestamp() - min(written_at)), 0), 0)::float8 as lag_seconds
    from audit_log
    where index is null and xid >= ${latest[0]?.xid ?? '0'}::xid8`.execute(db)
  return rows[0]! // an aggregate has one row
}
