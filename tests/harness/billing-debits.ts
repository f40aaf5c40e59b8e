/** An invoice that announces a direct debit by its client's mandate, and went to them. */
import { addMandate, proposeDirectDebit, type DraftFields } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { billableClient, issuedFor, openBilling } from './billing.ts'
import type { Browserless } from './browserless.ts'

export const debitedIban = 'FR7610107001011234567890129'

/** @returns the client with a mandate */
export async function mandatedClient(db: CentralDb, by: Browserless, name = 'Odile Ferrand') {
  await openBilling(db)
  const client = await billableClient(db, name)
  const mandate = await by.call(addMandate, {
    body: { clientId: client, holder: name, iban: debitedIban, signedOn: '2026-09-01' },
  })
  return { client, mandate }
}

export async function announced(by: Browserless, client: string, over: Partial<DraftFields> = {}) {
  const { id } = await issuedFor(by, client, { paymentMeans: 'direct_debit', ...over })
  return id
}

/** As the mail that brings it tells. */
export async function sentOn(db: CentralDb, invoiceId: string, at: Date | string): Promise<void> {
  await db
    .insertInto('invoiceEvents')
    .values({ invoiceId, at: new Date(at), kind: 'sent', data: '{}' })
    .execute()
}

export async function debited(db: CentralDb, by: Browserless, name?: string) {
  const { client, mandate } = await mandatedClient(db, by, name)
  const invoice = await announced(by, client)
  await sentOn(db, invoice, new Date())
  return { client, invoice, mandate }
}

/** What is proposed of one invoice. */
export async function proposalOf(by: Browserless, invoiceId: string, collectOn?: string) {
  const { rows } = await by.call(proposeDirectDebit, { query: collectOn ? { collectOn } : {} })
  return rows.find((row) => row.invoiceId === invoiceId)
}

/** The first day on which all of them can be collected. */
export async function earliestOf(by: Browserless, ...invoiceIds: string[]): Promise<string> {
  const days = await Promise.all(invoiceIds.map((id) => proposalOf(by, id)))
  return days
    .map((row) => row?.earliestOn ?? '')
    .toSorted()
    .at(-1)!
}
