import type { CentralDb } from '#platform/server/db.ts'
import type { Actor } from '#platform/server/requests.ts'
import { invoiceById } from './queries.ts'
import { within } from './within.ts'

/** For neighbours that point to an invoice. @returns undefined where it is not there, or not theirs to see */
export async function invoiceSeenBy(
  db: CentralDb,
  actor: Pick<Actor, 'permissions' | 'limits' | 'staffId'>,
  id: string,
): Promise<{ id: string; number: string | null } | undefined> {
  return actor.permissions.has('invoices.read')
    ? invoiceById(db, id, within(actor, 'invoices.read'))
    : undefined
}
