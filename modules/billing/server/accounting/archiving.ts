/**
 * A month to be kept for ten years (C. com. L123-22): each document's sealed PDF, its XML and what was frozen, and a manifest with
 * the hashes by which anybody with SHA-256 at hand follows the chain.
 */
import { createHash } from 'node:crypto'
import type { CentralDb } from '#platform/server/db.ts'
import type { Entry } from '#platform/server/zip.ts'
import { documentPdf, type Keeping } from '../pdf/keeping.ts'
import type { Span } from './entries.ts'
import { closingsOf, documentsBetween } from './queries.ts'

export async function* xmlOf(db: CentralDb, span: Span, tell: () => void): AsyncGenerator<Entry> {
  for await (const { number, xml } of documentsBetween(db, span)) {
    yield { path: `${number}.xml`, content: one(Buffer.from(xml)) }
    tell()
  }
}

export async function* archived(
  db: CentralDb,
  parts: Keeping,
  span: Span,
  tell: () => void,
): AsyncGenerator<Entry> {
  const documents: unknown[] = []
  for await (const row of documentsBetween(db, span)) {
    const pdf = await documentPdf(db, parts, row.invoiceId)
    yield { path: `pdf/${row.number}.pdf`, content: one(pdf), asItIs: true }
    yield { path: `xml/${row.number}.xml`, content: one(Buffer.from(row.xml)) }
    yield { path: `contenu/${row.number}.json`, content: one(Buffer.from(row.content)) }
    documents.push({
      number: row.number,
      series: row.series,
      position: Number(row.position),
      issuedOn: row.issuedOn,
      pdfSha256: createHash('sha256').update(pdf).digest('hex'),
      contentSha256: row.contentSha256.toString('hex'),
      xmlSha256: row.xmlSha256.toString('hex'),
      previousSha256: row.previousSha256.toString('hex'),
      sha256: row.sha256.toString('hex'),
    })
    tell()
  }
  const month = span.from.slice(0, 7)
  const closing = (await closingsOf(db, span.companyId)).find((one) => one.month === month)
  const manifest = {
    version: 1,
    month,
    chain:
      'sha256 = SHA-256(previousSha256 || contentSha256 || xmlSha256), bytes; the first of a series follows 32 zero bytes',
    documents,
    closing: closing
      ? {
          totals: closing.totals,
          previousSha256: closing.previousSha256.toString('hex'),
          sha256: closing.sha256.toString('hex'),
          closedAt: closing.closedAt.toISOString(),
        }
      : null,
  }
  yield { path: 'manifest.json', content: one(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)) }
}

async function* one(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
