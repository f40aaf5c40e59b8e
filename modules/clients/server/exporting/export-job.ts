import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  exportJobKind,
  type ClientExportOutcome,
  type ClientFilter,
  type ClientSort,
} from '#contract/clients'
import { rightsOf, type Within } from '#server/access'
import type { Audit, Origin } from '#server/audit'
import { refusal } from '#platform/contract/refusal.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { newToken } from '#platform/server/random.ts'
import { refuse } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { orderOf } from '../listing/order.ts'
import { understand } from '../searching/understanding.ts'
import { within } from '../within.ts'
import { isAtWork } from '../queries.ts'
import { countMatching, exportedClients, takeTime, type ExportedClient } from './queries.ts'
import { asCsv, asXlsx, wordsIn } from './table.ts'

/** What the start wrote down for the job. */
export type ExportOrder = {
  format: 'csv' | 'xlsx'
  filter: ClientFilter
  sort: ClientSort
  /** The day it was asked for. */
  today: string
  actorName: string
  language: Language
  origin?: Origin
}

const mediaTypes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export function exportWork(on: { files: Files; sentences: Sentences; audit: Audit }): BackgroundWork {
  const { files, sentences } = on
  return {
    kind: exportJobKind,
    async run(job): Promise<ClientExportOutcome> {
      const order = job.input as ExportOrder // written by exporting.ts alone
      const mine = await mayStill(job)
      await mkdir(files.workFolder, { recursive: true })
      const path = join(files.workFolder, `export-${newToken()}`)
      try {
        const rows = await write(path, order, mine, job, sentences)
        const fileId = await keep(path, order, { rows, mine }, job, on)
        return { fileId, rows, format: order.format }
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

/** What the person may take out by now, which may be less than when they asked. @throws Refused when it is nothing */
async function mayStill({ db, staffId }: RunningJob): Promise<Within> {
  const rights = await rightsOf(db, staffId)
  if (!rights.permissions.has('clients.export') || !(await isAtWork(db, staffId)))
    throw refuse(refusal('forbidden', 403))
  return within({ ...rights, staffId }, 'clients.export')
}

/** One snapshot for the count and the rows: what changes meanwhile changes neither. */
function write(
  path: string,
  order: ExportOrder,
  mine: Within,
  job: RunningJob,
  sentences: Sentences,
): Promise<number> {
  const words = wordsIn(sentences, order.language)
  return job.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db: CentralDb) => {
      await takeTime(db)
      const wanted = {
        filter: order.filter,
        search: await understand(db, order.filter.q, mine),
        mine,
        asker: job.staffId,
        today: () => order.today,
      }
      const total = await countMatching(db, wanted)
      let done = 0
      const counted = async function* (): AsyncGenerator<ExportedClient[]> {
        job.progress(0, total)
        for await (const batch of exportedClients(db, wanted, orderOf(order.sort))) {
          yield batch
          job.progress((done += batch.length), total)
        }
      }
      const text = order.format === 'csv' ? asCsv(counted(), words) : asXlsx(counted(), words)
      await pipeline(Readable.from(text, { highWaterMark: 1 }), createWriteStream(path, { mode: 0o600 }))
      return done
    })
}

/** The file and the line that tells who took what out of the house, together or not at all. */
function keep(
  path: string,
  { format, filter, sort, today, language, actorName, origin }: ExportOrder,
  { rows, mine }: { rows: number; mine: Within },
  job: RunningJob,
  { files, sentences, audit }: { files: Files; sentences: Sentences; audit: Audit },
): Promise<string> {
  return job.db.transaction().execute(async (db: CentralDb) => {
    const fileId = await files.keep(db, {
      path,
      name: `${sentences.say(language, 'clients.export.file')}-${today}.${format}`,
      mediaType: mediaTypes[format],
      staffId: job.staffId,
      needsPermission: 'clients.export',
      limits: mine.limits,
    })
    await audit.writeDownAs(db, {
      verb: 'clients.exported',
      label: actorName,
      staffId: job.staffId,
      object: 'client_export',
      id: job.id,
      origin,
      after: { format, filter, sort, rows, fileId },
    })
    return fileId
  })
}
