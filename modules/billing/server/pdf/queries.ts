import type { InvoiceContent } from '#contract/billing'
import type { CentralDb, Tables } from '#platform/server/db.ts'

type Db = Tables<'invoiceDocuments' | 'invoicePdfs' | 'invoiceEvents' | 'invoices'>

export type FrozenDocument = {
  number: string
  content: InvoiceContent
  xml: string
  sha256: Buffer
  finalisedAt: Date
}

export async function frozenDocument(db: Db, invoiceId: string): Promise<FrozenDocument | undefined> {
  const row = await db
    .selectFrom('invoiceDocuments')
    .select(['number', 'content', 'xml', 'sha256', 'finalisedAt'])
    .where('invoiceId', '=', invoiceId)
    .executeTakeFirst()
  // Written by finalising alone, and never changed.
  return row && { ...row, content: JSON.parse(row.content) as InvoiceContent }
}

export function keptPdf(db: Db, invoiceId: string) {
  return db
    .selectFrom('invoicePdfs')
    .select(['sha256', 'bytes'])
    .where('invoiceId', '=', invoiceId)
    .executeTakeFirst()
}

/** @returns whether it was said now, and not before by somebody who made the same */
export async function recordPdf(
  db: Db,
  pdf: { invoiceId: string; sha256: Buffer; bytes: number; certificateSha256: Buffer; renderedAt: Date },
): Promise<boolean> {
  const written = await db
    .insertInto('invoicePdfs')
    .values({ ...pdf, storageKey: pdf.invoiceId })
    .onConflict((known) => known.column('invoiceId').doNothing())
    .returning('invoiceId')
    .execute()
  return written.length > 0
}

export function addRenderedEvent(
  db: Db,
  { invoiceId, sha256, at }: { invoiceId: string; sha256: Buffer; at: Date },
) {
  return db
    .insertInto('invoiceEvents')
    .values({ invoiceId, at, kind: 'rendered', data: JSON.stringify({ pdfSha256: sha256.toString('hex') }) })
    .execute()
}

/** Numbered, wanted at once, and still without a file: a process died between the two. The oldest first. */
export async function documentsWithoutPdf(db: CentralDb, { before, limit }: { before: Date; limit: number }) {
  const rows = await db
    .selectFrom('invoiceDocuments')
    .leftJoin('invoicePdfs', 'invoicePdfs.invoiceId', 'invoiceDocuments.invoiceId')
    .select('invoiceDocuments.invoiceId')
    .where('invoicePdfs.invoiceId', 'is', null)
    .where('invoiceDocuments.wanted', '=', 'now')
    .where('invoiceDocuments.finalisedAt', '<', before)
    .orderBy('invoiceDocuments.finalisedAt')
    .limit(limit)
    .execute()
  return rows.map(({ invoiceId }) => invoiceId)
}
