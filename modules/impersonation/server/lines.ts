import type { Act } from '#contract/impersonation'
import type { Audit } from '#server/audit'
import type { CentralDb } from '#platform/server/db.ts'

/** More than half an hour of clicking comes to. */
const most = 2_000

/** What was seen and done, in its order. */
export async function linesOf(audit: Pick<Audit, 'followed'>, db: CentralDb, id: string): Promise<Act[]> {
  return (await audit.followed(db, id, most)).map(({ at, ...line }) => ({ at: at.toISOString(), ...line }))
}
