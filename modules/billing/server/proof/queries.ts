import { inside, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'invoices' | 'clients' | 'invoiceDocuments' | 'invoicePdfs'>

/** What was frozen, with the link before it. Undefined: not there, or not theirs; `document` null: it was never frozen. */
export async function frozenDocument(db: Db, id: string, mine: Within) {
  const seen = await db
    .selectFrom('invoices')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .where('invoices.id', '=', id)
    .where(inside(mine, sql`clients`))
    .select(['invoices.number', 'invoices.issuedOn', 'invoices.totalInclCents'])
    .executeTakeFirst()
  if (!seen) return undefined
  const document = await db
    .selectFrom('invoiceDocuments as document')
    .leftJoin('invoiceDocuments as before', (join) =>
      join
        .onRef('before.companyId', '=', 'document.companyId')
        .onRef('before.series', '=', 'document.series')
        .on(sql<boolean>`before.position = document.position - 1`),
    )
    .leftJoin('invoicePdfs as pdf', 'pdf.invoiceId', 'document.invoiceId')
    .where('document.invoiceId', '=', id)
    .select([
      'document.number',
      'document.issuedOn',
      'document.series',
      'document.position',
      'document.content',
      'document.xml',
      'document.contentSha256',
      'document.xmlSha256',
      'document.previousSha256',
      'document.sha256',
      'document.finalisedAt',
      'before.sha256 as before',
      'pdf.sha256 as pdfSha256',
      'pdf.bytes as pdfBytes',
      'pdf.certificateSha256',
      'pdf.renderedAt',
    ])
    .executeTakeFirst()
  return { row: seen, document: document ?? null }
}
