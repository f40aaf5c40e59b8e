import type { InvoiceContent } from '#contract/billing'
import { inside, type Within } from '#server/access'
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'

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

/** A document by the hash of its sealed file, or by the mark it bears. */
export async function sealedFile(db: Db, by: { sha256: string } | { mark: string }) {
  const query = db
    .selectFrom('invoiceDocuments as d')
    .leftJoin('invoicePdfs as p', 'p.invoiceId', 'd.invoiceId')
    .select(['d.content', 'd.finalisedAt', 'p.sha256', 'p.bytes'])
  const row = await (
    'sha256' in by
      ? query.where('p.sha256', '=', Buffer.from(by.sha256, 'hex'))
      : query.where('d.sha256', '=', Buffer.from(by.mark, 'hex'))
  ).executeTakeFirst()
  if (!row) return undefined
  const { content, finalisedAt, sha256, bytes } = row
  return {
    content: JSON.parse(content) as InvoiceContent, // as above
    finalisedAt,
    file: sha256 !== null && bytes !== null ? { sha256, bytes } : null,
  }
}

/** Those of them that are issued and theirs to see, in the order of their numbers. */
export async function issuedAmong(
  db: Tables<'invoices' | 'clients'>,
  ids: readonly string[],
  mine: Within,
): Promise<{ id: string; number: string }[]> {
  const rows = await db
    .selectFrom('invoices')
    .innerJoin('clients', 'clients.id', 'invoices.clientId')
    .select(['invoices.id', 'invoices.number'])
    .where('invoices.id', 'in', ids)
    .where('invoices.state', '=', 'issued')
    .where(inside(mine, sql`clients`))
    .orderBy('invoices.number')
    .execute()
  return rows.flatMap(({ id, number }) => (number === null ? [] : [{ id, number }]))
}

export async function isAtWork(db: Tables<'staffMembers'>, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('suspendedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
