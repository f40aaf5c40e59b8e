import type { Factor, OpenSession } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { describe } from '../devices/describing.ts'
import { openSessionsOf } from '../devices/queries.ts'
import { idleSince } from '../sessions.ts'

/** Somebody's open sessions as another person sees them, the latest used first. */
export async function sessionsShown(db: CentralDb, staffId: string, now: Date): Promise<OpenSession[]> {
  const rows = await openSessionsOf(db, staffId, now, idleSince(now))
  return rows.map(({ userAgent, ip, factor, ...session }) => ({
    id: session.id,
    current: false,
    ip,
    ...describe({ userAgent, ip }),
    factor: factor as Factor, // checked by the table
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  }))
}
