import type { Insertable } from 'kysely'
import type { CentralDb, Database } from '#platform/server/db.ts'
import type { PastEntry } from '#server/audit'
import {
  issuePast,
  offerPast,
  seedSettings,
  type PastDocument,
  type PastQuote,
  type ToldSeries,
} from '#server/billing'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../messages.ts'

/** What documents are about. */
const before = [
  'plans',
  'planPrices',
  'planOptions',
  'coupons',
  'clients',
  'billingProfiles',
  'subscriptions',
] as const
/** What came of them, and the rest. */
const after = [
  'subscriptionPeriods',
  'payments',
  'paymentAllocations',
  'privacyRequests',
  'privacySteps',
] as const
type Loaded = (typeof before | typeof after)[number]

/** Rows by table, each table after those it points at; and what the log tells of them. */
export type Rows = { [Table in Loaded]: Insertable<Database[Table]>[] } & {
  documents: PastDocument[]
  quotes: PastQuote[]
  history: PastEntry[]
}

export const noRows = (): Rows => ({
  plans: [],
  planPrices: [],
  planOptions: [],
  coupons: [],
  clients: [],
  billingProfiles: [],
  subscriptions: [],
  subscriptionPeriods: [],
  documents: [],
  quotes: [],
  payments: [],
  paymentAllocations: [],
  privacyRequests: [],
  privacySteps: [],
  history: [],
})

/** A statement holds at most 65 535 parameters. */
const rowsAtOnce = 2_000

/** @returns where the chains of the documents stand, which the log is told in the same transaction */
export async function insertRows(db: CentralDb, rows: Rows): Promise<ToldSeries[]> {
  const companyId = await seedSettings(db)
  await insert(db, rows, before)
  // Numbered and frozen as every other.
  const sentences = sentencesOf(readMessages())
  const told = await issuePast(db, sentences, companyId, rows.documents)
  await offerPast(db, sentences, companyId, rows.quotes)
  await insert(db, rows, after)
  return told
}

async function insert(db: CentralDb, rows: Rows, tables: readonly Loaded[]): Promise<void> {
  for (const table of tables) {
    const all: Insertable<Database[Loaded]>[] = rows[table]
    for (let from = 0; from < all.length; from += rowsAtOnce)
      await db
        .insertInto(table)
        .values(all.slice(from, from + rowsAtOnce))
        .execute()
  }
}
