/** The file of an issued document: made once from what was frozen, kept, and made again to the byte where it was lost. */
import { createHash } from 'node:crypto'
import { invoiceFileLost, invoiceFileWaiting } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import { found, refuse } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { SealUnusable } from './seal.ts'
import { addRenderedEvent, documentsWithoutPdf, frozenDocument, keptPdf, recordPdf } from './queries.ts'

/** What making and keeping files needs. */
export type Keeping = Pick<Parts, 'clock' | 'log' | 'pdfs'>

const errand = { name: 'invoice-pdf' } as const

/** Asks for the PDF of a document that this transaction finalises: it is made after the commit, or never. */
export function renderSoon(db: CentralDb, parts: Pick<Parts, 'jobs'>, invoiceId: string): Promise<void> {
  return parts.jobs().send(db, errand, invoiceId)
}

/**
 * The sealed PDF of an issued document: the kept file, else made and kept.
 * @param db outside a transaction: what is made here stays
 * @throws NotFound for what is not issued; Refused `invoice_file_lost`, `invoice_file_waiting`
 */
export async function documentPdf(db: CentralDb, parts: Keeping, invoiceId: string): Promise<Buffer> {
  const known = await keptPdf(db, invoiceId)
  const kept = known && (await parts.pdfs.kept(invoiceId))
  if (kept && known.sha256.equals(sha256(kept))) return kept
  const document = found(await frozenDocument(db, invoiceId))
  const { bytes, certificateSha256 } = await sealed(parts, document, known === undefined)
  const hash = sha256(bytes)
  if (known) {
    // Under another certificate it is another file: the one that was sent must come from a backup.
    if (!known.sha256.equals(hash)) throw refuse(invoiceFileLost)
    parts.log.warn({ invoiceId }, 'the file of a document was lost or altered, and made again to the byte')
  }
  await parts.pdfs.keep(invoiceId, bytes)
  if (!known) {
    const at = parts.clock.now()
    await db.transaction().execute(async (transaction: CentralDb) => {
      const isNew = await recordPdf(transaction, {
        invoiceId,
        sha256: hash,
        bytes: bytes.length,
        certificateSha256,
        renderedAt: at,
      })
      if (!isNew) return
      await addRenderedEvent(transaction, { invoiceId, sha256: hash, at })
      // Whoever has just issued it looks at its page, where it is still missing.
      await tell(transaction, { topic: 'invoices', needs: 'invoices.read' })
    })
  }
  return bytes
}

/** Where nothing holds to seal with, its file waits: the document itself is issued (decision 33). */
async function sealed(
  { pdfs, clock }: Keeping,
  document: NonNullable<Awaited<ReturnType<typeof frozenDocument>>>,
  isFirst: boolean,
) {
  try {
    if (isFirst) await pdfs.mustSeal(clock.now())
    return await pdfs.sealed({ ...document, sha256: document.sha256.toString('hex') })
  } catch (error) {
    if (error instanceof SealUnusable) throw refuse(invoiceFileWaiting)
    throw error
  }
}

export const rendering = (parts: Keeping & Pick<Parts, 'db'>): Errand => ({
  ...errand,
  retries: 8,
  retryDelay: 5,
  secondsATry: 120,
  run: async (invoiceId) => void (await documentPdf(parts.db, parts, invoiceId)),
})

const aBatch = 500
const patienceMs = 60_000

/** No number stays without its document, whatever died meanwhile; one that cannot be made keeps no other waiting. */
export const reconciling = (parts: Keeping): Schedule => ({
  name: 'invoice-pdfs',
  cron: '* * * * *',
  secondsATry: 600,
  async run(db) {
    const { clock, log, pdfs } = parts
    const now = clock.now()
    const before = new Date(now.getTime() - patienceMs)
    const waiting = await documentsWithoutPdf(db, { before, limit: aBatch })
    if (waiting.length === 0) return
    try {
      await pdfs.mustSeal(now)
    } catch (err) {
      if (!(err instanceof SealUnusable)) throw err
      return log.error({ err, documents: waiting.length }, 'documents wait for a seal that holds')
    }
    for (const invoiceId of waiting)
      await documentPdf(db, parts, invoiceId).catch((err: unknown) =>
        log.error({ err, invoiceId }, 'the file of a document could not be made'),
      )
  },
})

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
