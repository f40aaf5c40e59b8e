import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  auditExportJobKind,
  auditExportLimits,
  auditExportTooLarge,
  type AuditExportFormat,
  type AuditExportOutcome,
  type AuditFilter,
} from '#contract/audit'
import { rightsOf, type Within } from '#server/access'
import { refusal } from '#platform/contract/refusal.ts'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { newToken } from '#platform/server/random.ts'
import { refuse } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Audit } from '../audit.ts'
import { openPublished } from '../publishing/published.ts'
import { asLine } from '../searching/line.ts'
import { namedFor } from '../searching/names.ts'
import { wantedOf } from '../searching/wanted.ts'
import { tryPayload } from '../payloads.ts'
import { signingOf, type Place } from '../witnessing/places.ts'
import type { Origin } from '../writing.ts'
import { asCsv } from './columns.ts'
import { asDocument } from './document.ts'
import { countUpTo, exportedRows, isAtWork, takeTime, type ExportedRow } from './queries.ts'
import { treeCovering } from './waiting.ts'

/** What the start wrote down for the job. */
export type ExportOrder = {
  format: AuditExportFormat
  filter: AuditFilter
  actorName: string
  language: Language
  origin: Origin
}

type Shared = {
  audit: Audit
  clock: Clock
  dataDir: string
  files: Files
  sentences: Sentences
  vault: Vault
  witnesses: readonly Place[]
}

/** What was written: how many entries, how many of them without a proof, and the file's SHA-256 in hex. */
type Written = { rows: number; notNumbered: number; sha256: string }

const mediaTypes = { csv: 'text/csv', json: 'application/json' }

export function auditExportWork(on: Shared): BackgroundWork {
  return {
    kind: auditExportJobKind,
    async run(job): Promise<AuditExportOutcome> {
      const order = job.input as ExportOrder // written by exporting.ts alone
      const mine = await mayStill(job)
      await mkdir(on.files.workFolder, { recursive: true })
      const path = join(on.files.workFolder, `audit-export-${newToken()}`)
      try {
        const written = await write(path, order, mine, job, on)
        const fileId = await keep(path, order, written, job, on)
        return { fileId, format: order.format, ...written }
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

/** Rights may have gone since. @returns the clients whose names are theirs to see @throws Refused */
async function mayStill({ db, staffId }: RunningJob): Promise<Within | undefined> {
  const rights = await rightsOf(db, staffId)
  if (!rights.permissions.has('audit.export') || !(await isAtWork(db, staffId)))
    throw refuse(refusal('forbidden', 403))
  return namedFor({ ...rights, staffId })
}

/** One snapshot for the count and the rows; the tree is one that covers what the snapshot sees. */
async function write(
  path: string,
  { format, filter, language }: ExportOrder,
  mine: Within | undefined,
  job: RunningJob,
  on: Shared,
): Promise<Written> {
  const now = on.clock.now()
  const wanted = await wantedOf(job.db, filter, { vault: on.vault, mine, place: 'body' })
  const log = openPublished(on.dataDir)
  const witnesses = signingOf(on.witnesses)
  const tree = format === 'json' ? await treeCovering(job.db, log, wanted, { now, witnesses }) : undefined
  return job.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db: CentralDb) => {
      await takeTime(db)
      const most = auditExportLimits[format]
      const total = await countUpTo(db, wanted, most)
      if (total > most) throw refuse(auditExportTooLarge)
      const written = { rows: 0, notNumbered: 0 }
      const opened = async function* () {
        job.progress(0, total)
        for await (const rows of exportedRows(db, wanted, mine)) {
          yield rows.map((row) => open(on.vault, row))
          job.progress((written.rows += rows.length), total)
        }
      }
      const text =
        format === 'csv'
          ? asCsv(opened(), on.sentences, language)
          : asDocument(opened(), { filter, exportedAt: now }, tree, (count) => (written.notNumbered = count))
      const hash = createHash('sha256')
      const hashed = async function* () {
        for await (const piece of text) {
          hash.update(piece)
          yield piece
        }
      }
      await pipeline(Readable.from(hashed(), { highWaterMark: 1 }), createWriteStream(path, { mode: 0o600 }))
      return { ...written, sha256: hash.digest('hex') }
    })
}

function open(vault: Vault, row: ExportedRow) {
  const opened = tryPayload(vault, row)
  const { leaf, index, ticket } = row
  return {
    leaf,
    index,
    ticket,
    line: asLine(row, opened.payload),
    payload: opened.payload,
    salted: opened.salted,
    damaged: opened.damaged,
  }
}

/** The file and the line that tells who took what out of the house, together or not at all. */
function keep(
  path: string,
  { format, filter, language, actorName, origin }: ExportOrder,
  { rows, notNumbered, sha256 }: Written,
  job: RunningJob,
  { files, sentences, audit, clock }: Shared,
): Promise<string> {
  return job.db.transaction().execute(async (db: CentralDb) => {
    const fileId = await files.keep(db, {
      path,
      name: `${sentences.say(language, 'audit.export.file')}-${dayOf(clock.now())}.${format}`,
      mediaType: mediaTypes[format],
      staffId: job.staffId,
      needsPermission: 'audit.export',
      limits: undefined,
    })
    await audit.writeDownAs(db, {
      verb: 'audit.exported',
      label: actorName,
      staffId: job.staffId,
      object: 'audit_export',
      id: job.id,
      origin,
      after: { format, filter, rows, notNumbered, sha256, fileId },
    })
    return fileId
  })
}
