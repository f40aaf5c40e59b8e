import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import type { Recorded } from '#platform/server/requests.ts'
import type { OwnFleet } from './own-fleet.ts'

/**
 * A change from the command line: what is done, the log's entry and the news, together or not at all.
 * @param work says what the entry tells
 */
export async function writtenDown<Line extends Recorded>(
  { db, audit }: Pick<OwnFleet, 'db' | 'audit'>,
  { verb, label }: { verb: string; label: string },
  work: (db: CentralDb) => Promise<Line>,
): Promise<Line> {
  return db.transaction().execute(async (transaction: CentralDb) => {
    const line = await work(transaction)
    const { object, id, tenant, count, before, after, reason } = line
    await audit.writeDownAs(transaction, { verb, label, object, id, tenant, count, before, after, reason })
    await tell(transaction, { topic: 'tenants', needs: 'tenants.read', ...(tenant && { id: tenant }) })
    return line
  })
}
