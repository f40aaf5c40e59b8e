/** Many documents' files in one zip: a job, since each that has none yet is made on the way. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { packInvoices, packJobKind, type PackOutcome } from '#contract/billing'
import { rightsOf, type Within } from '#server/access'
import { refusal } from '#platform/contract/refusal.ts'
import { dayOf } from '#platform/server/clock.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { newToken } from '#platform/server/random.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { zipped, type Entry } from '#platform/server/zip.ts'
import type { Parts } from '../parts.ts'
import { within } from '../within.ts'
import { documentPdf } from './keeping.ts'
import { issuedAmong, isAtWork } from './queries.ts'

/** What the start wrote down for the job. */
type PackOrder = { ids: readonly string[]; name: string }

export const packing = ({ jobs, sentences }: Pick<Parts, 'jobs' | 'sentences'>): Handler =>
  handle(packInvoices, async (ctx, { body: { ids } }) => {
    const { staffId } = ctx.actor
    const name = `${sentences.say(ctx.request.language, 'billing.pack.file')}-${dayOf(ctx.clock.now())}.zip`
    const order: PackOrder = { ids: [...new Set(ids)], name }
    const jobId = await jobs().start(ctx.db, {
      kind: packJobKind,
      staffId,
      input: order,
      total: order.ids.length,
    })
    ctx.record({ object: 'invoice', count: order.ids.length, after: { ids: order.ids } })
    return { jobId }
  })

export const packWork = (parts: Pick<Parts, 'clock' | 'log' | 'pdfs' | 'files'>): BackgroundWork => ({
  kind: packJobKind,
  async run(job): Promise<PackOutcome> {
    const { ids, name } = job.input as PackOrder // written by packing alone
    const mine = await mayStill(job)
    const documents = await issuedAmong(job.db, ids, mine)
    const { workFolder } = parts.files
    await mkdir(workFolder, { recursive: true })
    const path = join(workFolder, `pack-${newToken()}`)
    try {
      await pipeline(
        Readable.from(zipped(entries(documents, job, parts))),
        createWriteStream(path, { mode: 0o600 }),
      )
      const fileId = await parts.files.keep(job.db, {
        path,
        name,
        mediaType: 'application/zip',
        staffId: job.staffId,
        needsPermission: 'invoices.read',
        limits: mine.limits,
      })
      return { fileId, documents: documents.length }
    } finally {
      await rm(path, { force: true })
    }
  },
})

async function* entries(
  documents: readonly { id: string; number: string }[],
  job: RunningJob,
  parts: Parameters<typeof documentPdf>[1],
): AsyncGenerator<Entry> {
  let done = 0
  for (const { id, number } of documents) {
    const bytes = await documentPdf(job.db, parts, id)
    yield { path: `${number}.pdf`, content: Readable.from([bytes]), asItIs: true }
    job.progress(++done, documents.length)
  }
}

/** What the person may see by now, which may be less than when they asked. @throws Refused when it is nothing */
async function mayStill({ db, staffId }: RunningJob): Promise<Within> {
  const rights = await rightsOf(db, staffId)
  if (!rights.permissions.has('invoices.read') || !(await isAtWork(db, staffId)))
    throw refuse(refusal('forbidden', 403))
  return within({ ...rights, staffId }, 'invoices.read')
}
