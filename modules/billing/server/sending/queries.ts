import type { InvoiceContent } from '#contract/billing'
import { inside, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'

/** What was issued and is theirs to see, with whom it goes to today. */
export async function issuedDocument(
  db: Tables<'invoices' | 'invoiceDocuments' | 'clients' | 'billingProfiles' | 'creditAllocations'>,
  id: string,
  mine: Within,
) {
  const row = await db
    .selectFrom('invoices')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .leftJoin('invoiceDocuments', 'invoiceDocuments.invoiceId', 'invoices.id')
    .leftJoin('billingProfiles', 'billingProfiles.clientId', 'clients.id')
    .where('invoices.id', '=', id)
    .where(inside(mine, sql`clients`))
    .select([
      'invoiceDocuments.content',
      'invoices.kind',
      'clients.email as ownEmail',
      'billingProfiles.email',
      sql<number>`(select coalesce(sum(amount_cents), 0)::bigint from credit_allocations
        where invoice_id = invoices.id)`.as('creditedCents'),
      'invoices.state',
      'invoices.dueOn',
      'invoices.totalInclCents',
      'invoices.paidCents',
    ])
    .executeTakeFirst()
  return (
    row && {
      ...row,
      // Only the content's own type is frozen.
      content: row.content === null ? null : (JSON.parse(row.content) as InvoiceContent),
      to: row.email ?? row.ownEmail,
    }
  )
}

export const addressOf = (db: Tables<'clients' | 'billingProfiles'>, clientId: string): Promise<string> =>
  db
    .selectFrom('clients')
    .leftJoin('billingProfiles', 'billingProfiles.clientId', 'clients.id')
    .where('clients.id', '=', clientId)
    .select(['clients.email as ownEmail', 'billingProfiles.email'])
    .executeTakeFirstOrThrow()
    .then(({ ownEmail, email }) => email ?? ownEmail)

export async function insertSent(
  db: Tables<'invoiceEvents'>,
  sent: { invoiceId: string; at: Date; by: string | null; to: string; mailId: string },
): Promise<void> {
  const { invoiceId, at, by, to, mailId } = sent
  await db
    .insertInto('invoiceEvents')
    .values({ invoiceId, at, kind: 'sent', byStaffId: by, data: JSON.stringify({ to, mailId }) })
    .execute()
}
