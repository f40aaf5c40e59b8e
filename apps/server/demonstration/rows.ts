import type { Insertable } from 'kysely'
import type { CentralDb, Database } from '#platform/server/db.ts'
import type { PastEntry } from '#server/audit'

const loaded = [
  'plans',
  'clients',
  'subscriptions',
  'invoices',
  'invoiceLines',
  'payments',
  'paymentAllocations',
  'privacyRequests',
  'privacySteps',
] as const
type Loaded = (typeof loaded)[number]

/** Rows by table, each table after those it points at; and what the log tells of them. */
export type Rows = { [Table in Loaded]: Insertable<Database[Table]>[] } & { history: PastEntry[] }

export const noRows = (): Rows => ({
  plans: [],
  clients: [],
  subscriptions: [],
  invoices: [],
  invoiceLines: [],
  payments: [],
  paymentAllocations: [],
  privacyRequests: [],
  privacySteps: [],
  history: [],
})

/** A statement holds at most 65 535 parameters. */
const rowsAtOnce = 2_000

export async function insertRows(db: CentralDb, rows: Rows): Promise<void> {
  for (const table of loaded) {
    const all: Insertable<Database[Loaded]>[] = rows[table]
    for (let from = 0; from < all.length; from += rowsAtOnce)
      await db
        .insertInto(table)
        .values(all.slice(from, from + rowsAtOnce))
        .execute()
  }
}
