/** The books as files: written while they are read, checked before anybody gets them, and the log says who took them. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  accountingJobKind,
  nothingToExport,
  sirenMissing,
  startAccountingExport,
  type AccountingExport,
} from '#contract/billing'
import { rightsOf } from '#server/access'
import { originOf, type Origin } from '#server/audit'
import { refusal } from '#platform/contract/refusal.ts'
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { newToken } from '#platform/server/random.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { zipped } from '#platform/server/zip.ts'
import type { Parts } from '../parts.ts'
import { mainCompany, settingsOn } from '../settings/in-force.ts'
import { archived, xmlOf } from './archiving.ts'
import { fecCheck } from './checking-fec.ts'
import { withCopy } from './copying.ts'
import { entriesCopy, fecCopy, type Span } from './entries.ts'
import { lastDayOf } from './months.ts'
import { documentCount, hasEntries, revenueBetween } from './queries.ts'

type Order = {
  what: AccountingExport
  span: Span
  name: string
  mediaType: string
  actorName: string
  origin: Origin
}

export const exportHandlers = ({ jobs }: Pick<Parts, 'jobs'>): readonly Handler[] => [
  handle(startAccountingExport, async (ctx, { body }) => {
    const today = dayOf(ctx.clock.now())
    const { id: companyId } = await mainCompany(ctx.db)
    const span = spanOf(companyId, body, today)
    const isSome =
      body.what === 'xml' || body.what === 'archive'
        ? (await documentCount(ctx.db, span)) > 0
        : await hasEntries(ctx.db, span)
    if (!isSome) throw refuse(nothingToExport)
    const { identity } = await settingsOn(ctx.db, companyId, span.until)
    if (body.what === 'fec' && !identity) throw refuse(sirenMissing)
    const order: Order = {
      what: body.what,
      span,
      ...fileOf(body.what, span, identity?.siren ?? ''),
      actorName: ctx.actor.name,
      origin: originOf(ctx.request),
    }
    const jobId = await jobs().start(ctx.db, {
      kind: accountingJobKind,
      staffId: ctx.actor.staffId,
      input: order,
    })
    ctx.record({ object: 'accounting_export', id: jobId, after: { ...body } })
    return { jobId }
  }),
]

function spanOf(
  companyId: string,
  body: { what: 'fec'; year: number } | { what: 'entries' | 'xml' | 'archive'; month: string },
  today: string,
): Span {
  const [from, end] =
    body.what === 'fec'
      ? [`${body.year}-01-01`, `${body.year}-12-31`]
      : [`${body.month}-01`, lastDayOf(body.month)]
  return { companyId, from, until: end < today ? end : today }
}

/** LPF A47 A-1, X: SIREN, « FEC », the last day of the year. */
function fileOf(
  what: AccountingExport,
  { from, until }: Span,
  siren: string,
): Pick<Order, 'name' | 'mediaType'> {
  if (what === 'fec') return { name: `${siren}FEC${from.slice(0, 4)}1231.txt`, mediaType: 'text/plain' }
  const month = until.slice(0, 7)
  if (what === 'entries') return { name: `ecritures-${month}.csv`, mediaType: 'text/csv' }
  return { name: `${what === 'xml' ? 'factures-cii' : 'archive'}-${month}.zip`, mediaType: 'application/zip' }
}

export const accountingWork = (
  parts: Pick<Parts, 'pool' | 'files' | 'audit' | 'clock' | 'log' | 'pdfs'>,
): BackgroundWork => ({
  kind: accountingJobKind,
  async run(job) {
    const order = job.input as Order // written by the handler above alone
    const { permissions } = await rightsOf(job.db, job.staffId)
    if (!permissions.has('billing.export')) throw refuse(refusal('forbidden', 403))
    await mkdir(parts.files.workFolder, { recursive: true })
    const path = join(parts.files.workFolder, `accounting-${newToken()}`)
    try {
      const figures = await written(path, order, job, parts)
      const sha256 = await hashOf(path)
      const fileId = await job.db.transaction().execute(async (db: CentralDb) => {
        const id = await parts.files.keep(db, {
          path,
          name: order.name,
          mediaType: order.mediaType,
          staffId: job.staffId,
          needsPermission: 'billing.export',
          limits: undefined,
        })
        await parts.audit.writeDownAs(db, {
          verb: 'accounting.exported',
          label: order.actorName,
          staffId: job.staffId,
          object: 'accounting_export',
          id: job.id,
          origin: order.origin,
          after: {
            what: order.what,
            from: order.span.from,
            until: order.span.until,
            ...figures,
            sha256,
            fileId: id,
          },
        })
        return id
      })
      return { fileId, what: order.what, name: order.name, ...figures, sha256 }
    } finally {
      await rm(path, { force: true })
    }
  },
})

/** @throws Error when a file of entries does not hold what the law asks for, or says another revenue than the accounts */
async function written(
  path: string,
  { what, span }: Order,
  job: RunningJob,
  parts: Pick<Parts, 'pool' | 'clock' | 'log' | 'pdfs'>,
): Promise<Record<string, number>> {
  const file = () => createWriteStream(path, { mode: 0o600 })
  if (what === 'fec') {
    const check = fecCheck()
    await withCopy(parts.pool, fecCopy(span), (text) =>
      pipeline(
        text,
        counting(job, (chunk) => check.read(chunk)),
        file(),
      ),
    )
    const { faults, lines, entries, debitCents, creditCents, revenueCents } = check.end()
    const revenue = await revenueBetween(job.db, span)
    if (faults.length > 0 || revenue !== revenueCents) {
      parts.log.error(
        { faults: faults.slice(0, 5), revenue, revenueCents },
        'a file of entries does not hold',
      )
      throw new Error('the file of entries does not hold')
    }
    return { lines, entries, debitCents, creditCents, revenueCents }
  }
  if (what === 'entries') {
    await withCopy(parts.pool, entriesCopy(span), (text) => pipeline(text, counting(job), file()))
    return {}
  }
  const total = await documentCount(job.db, span)
  let documents = 0
  const tell = () => job.progress(++documents, total)
  const entries = what === 'xml' ? xmlOf(job.db, span, tell) : archived(job.db, parts, span, tell)
  await pipeline(Readable.from(zipped(entries), { highWaterMark: 1 }), file())
  return { documents }
}

/** Lines are told as they pass. */
const counting = (job: RunningJob, see: (chunk: Buffer) => void = () => {}) =>
  async function* (text: AsyncIterable<Buffer>) {
    let lines = 0
    for await (const chunk of text) {
      for (const byte of chunk) if (byte === 10) lines++
      job.progress(lines, null)
      see(chunk)
      yield chunk
    }
  }

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
