import type { Reaching } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { invoiceById } from './queries.ts'
import { within } from './within.ts'

/** For neighbours that point to an invoice. @returns undefined where it is not there, or not theirs to see */
export const invoiceSeenBy = (
  db: CentralDb,
  actor: Reaching,
  id: string,
): Promise<{ id: string; number: string | null } | undefined> =>
  invoiceById(db, id, within(actor, 'invoices.read'))
