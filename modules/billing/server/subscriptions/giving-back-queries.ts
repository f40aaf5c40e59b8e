import { sql, type CentralDb } from '#platform/server/db.ts'
import { askedBy } from './asked.ts'
import { rateKey } from './rates.ts'

export type Creditable = {
  id: string
  issued: boolean
  /** What it asks for, less what credit notes of it took back. */
  rates: Map<string, number>
}

/** Of a subscription `id`: who came back after a long pause goes on with days that the former one was asked for. */
const mine = (id: string, first: string | null) => sql`kind = 'invoice' and (subscription_id = ${id}::uuid
  or id = ${first}::uuid or id in (select invoice_id from subscription_periods where subscription_id = ${id}::uuid))`

/**
 * The documents of a subscription that ask for something, the running period's first and then the latest. Its drafts stay drafts
 * until the transaction ends.
 */
export async function creditable(
  db: CentralDb,
  subscriptionId: string,
  first: string | null,
): Promise<Creditable[]> {
  const theirs = mine(subscriptionId, first)
  await sql`select id from invoices where state = 'draft' and ${theirs} order by id for no key update`.execute(
    db,
  )
  const { rows } = await sql<{ id: string; issued: boolean }>`
    select id, state = 'issued' as issued from invoices where ${theirs}
    order by id = ${first}::uuid desc nulls last, coalesce(period_from, issued_on, created_at::date) desc, id desc`.execute(
    db,
  )
  const documents = rows.map((row) => ({ ...row, rates: new Map<string, number>() }))
  const ratesOf = new Map(documents.map(({ id, rates }) => [id, rates]))
  for (const line of await askedBy(db, [...ratesOf.keys()])) {
    const rates = ratesOf.get(line.creditedId ?? line.documentId)
    rates?.set(rateKey(line), (rates.get(rateKey(line)) ?? 0) + line.cents)
  }
  return documents
}
