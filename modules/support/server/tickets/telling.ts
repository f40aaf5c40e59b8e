import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'

/** The practice's own screens show it too: whoever is signed in there hears that something they may see changed. */
export async function tellPractice(
  db: CentralDb,
  { id, tenantId }: { id: string; tenantId: string | null },
): Promise<void> {
  if (tenantId) await tell(db, { topic: 'own-tickets', id, tenant: tenantId, needs: 'cabinet.read' })
}
