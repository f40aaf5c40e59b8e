import { sql, type CentralDb } from '#platform/server/db.ts'

/** A renewal's draft is thrown away: its period stays without a document, and one-off lines wait for the next one. */
export async function forgetRenewal(db: CentralDb, invoiceId: string): Promise<void> {
  await sql`update subscription_periods set invoice_id = null, why = 'discarded' where invoice_id = ${invoiceId}::uuid`.execute(
    db,
  )
  await sql`update subscription_extras set invoice_id = null where invoice_id = ${invoiceId}::uuid`.execute(
    db,
  )
}
