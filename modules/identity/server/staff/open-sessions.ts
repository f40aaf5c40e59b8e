import { Factor, type OpenSession } from '#contract/identity'
import { describe } from '../devices/describing.ts'
import type { Tables } from '#platform/server/db.ts'
import { openSessionRows } from './queries.ts'

/** Somebody's open sessions as another person sees them, the latest used first. */
export async function openSessionsOf(
  db: Tables<'staffSessions'>,
  staffId: string,
  now: Date,
): Promise<OpenSession[]> {
  const rows = await openSessionRows(db, staffId, now)
  return rows.map((row) => ({
    id: row.id,
    current: false,
    ip: row.ip,
    ...describe(row),
    factor: Factor.parse(row.factor),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }))
}
