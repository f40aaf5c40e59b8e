/**
 * Making the file: the text is read and judged once more, run to its end, and what it gives is masked, written and sealed as it comes.
 * The file is whole or not there, and nobody may take it before its row says so; who takes up a dead process's job begins anew.
 */
import { sqlExportJobKind, type SqlExport } from '#contract/sql-console'
import { rightsOf } from '#server/access'
import type { Origin } from '#server/audit'
import { refusal } from '#platform/contract/refusal.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import { refuse } from '#platform/server/requests.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import type { Parts } from '../parts.ts'
import { keepingOf, textPlace, type Typed } from '../runs/keeping.ts'
import type { Script } from '../simulating/simulating.ts'
import { readApart } from '../statements/reading-apart.ts'
import { keptMs, vaultFor, type ExportFiles } from './files.ts'
import { endMade, endUnmade, exportById, isAtWork, isCancelled, type ExportRow } from './queries.ts'
import { ExportFailed, exporting, readToTheEnd, type Told } from './reading.ts'
import { written } from './writing.ts'

/** What the start wrote down for the job: nothing of what was typed. */
export type ExportOrder = { actorName: string; language: Language; origin: Origin }

export type ExportParts = Parts & { sentences: Sentences; exportFiles: ExportFiles }

/** Somebody in another process may say that it is to end. */
const oftenMs = 500

export const sqlExportWork = (parts: ExportParts, bounds = exporting): BackgroundWork => ({
  kind: sqlExportJobKind,
  outlives: true,
  apart: true,
  async run(job) {
    const row = await exportById(job.db, job.id)
    if (!row) throw refuse(refusal('not_found', 404))
    // Whoever died when the file was kept had no more to do than to say so.
    if (row.outcome === 'failed') throw refuse(refusal('sql_export_failed'))
    if (row.outcome) return resultOf(row)
    const calledOff = new AbortController()
    try {
      if (row.cancelledAt) throw new ExportFailed('cancelled')
      const watching = setInterval(() => {
        isCancelled(job.db, job.id).then(
          (isSo) => isSo && calledOff.abort(),
          () => {},
        )
      }, oftenMs)
      try {
        return await made(parts, job, row, calledOff.signal, bounds)
      } finally {
        clearInterval(watching)
      }
    } catch (error) {
      const code = await unmade(parts, job, row, error)
      if (code === 'cancelled') return { cancelled: true }
      if (error instanceof ExportFailed) throw refuse(refusal('sql_export_failed'))
      throw error
    }
  },
})

const resultOf = ({
  outcome,
  rowCount,
  bytes,
  format,
}: Pick<ExportRow, 'outcome' | 'rowCount' | 'format'> & { bytes: string | number | null }) =>
  outcome === 'cancelled' ? { cancelled: true } : { rows: rowCount, bytes: Number(bytes), format, outcome }

async function made(
  parts: ExportParts,
  job: RunningJob,
  row: ExportRow,
  signal: AbortSignal,
  bounds: typeof exporting,
): Promise<Record<string, unknown>> {
  await mayStill(job)
  const script = await scriptOf(parts, row)
  const vault = await vaultFor(parts, row.tenantId)
  if (!vault) throw new ExportFailed('gone')
  const doors = await parts.doorsOf(row.tenantId ?? 'central', 'console').catch((error: unknown) => {
    // Not set up, suspended, on its way elsewhere, or out of reach.
    if (error instanceof Error && ('refusal' in error || 'code' in error))
      throw new ExportFailed('not_reached')
    throw error
  })
  const columns = await parts.columns.of(doors, row.tenantId === null ? 'central' : 'tenant')
  const told: Told = { rows: 0, bytes: 0, cut: null, shortened: 0 }
  const order = job.input as ExportOrder // written by handlers.ts alone
  const reading = { doors, script, place: row.place, columns, format: row.format, signal, bounds }
  async function* counted() {
    job.progress(0, row.total)
    for await (const batch of readToTheEnd(reading, told)) {
      job.progress(told.rows, row.total)
      yield batch
    }
  }
  const words = wordsFor(parts.sentences, order.language, told)
  const { bytes, sha256 } = await parts.exportFiles.put(
    row.staffId,
    row.id,
    written(row.format, counted(), words),
    vault,
  )
  if (signal.aborted) throw new ExportFailed('cancelled')
  return keep(parts, job, row, { ...told, bytes, sha256 })
}

/** A right withdrawn since it was asked for withdraws the export. */
async function mayStill({ db, staffId }: RunningJob): Promise<void> {
  const { permissions } = await rightsOf(db, staffId)
  if (!permissions.has('sql.export') || !permissions.has('sql.read') || !(await isAtWork(db, staffId)))
    throw new ExportFailed('forbidden')
}

/** It was judged before it ran: another release may judge otherwise. */
async function scriptOf(parts: Parts, row: ExportRow): Promise<Script> {
  const keeping = await keepingOf(parts, row.tenantId)
  const typed = keeping.open<Typed>(row.textSealed, textPlace(row.runId))
  if (!typed) throw new ExportFailed('gone')
  const read = await readApart(typed.text)
  if (
    !('statements' in read) ||
    read.statements.some(({ refusals, does }) => refusals.length > 0 || does !== 'reads')
  )
    throw new ExportFailed('refused')
  return { statements: read.statements, parameters: typed.parameters }
}

const wordsFor = (sentences: Sentences, language: Language, told: Told) => ({
  sheet: sentences.say(language, 'sql.export.sheet'),
  below: () => [
    ...(told.cut ? [sentences.say(language, `sql.export.file.${told.cut}`, { rows: told.rows })] : []),
    ...(told.shortened > 0
      ? [sentences.say(language, 'sql.export.file.shortened', { count: told.shortened })]
      : []),
  ],
})

/** The file, the line that tells who may take what out of the house, and what the job ends with: together or not at all. */
async function keep(
  parts: ExportParts,
  job: RunningJob,
  row: ExportRow,
  done: Told & { sha256: Buffer },
): Promise<Record<string, unknown>> {
  const endedAt = parts.clock.now()
  const outcome: 'whole' | NonNullable<SqlExport['cut']> = done.cut ?? 'whole'
  await job.db.transaction().execute(async (transaction: CentralDb) => {
    const isMade = await endMade(transaction, row.id, {
      outcome,
      endedAt,
      rowCount: done.rows,
      bytes: done.bytes,
      sha256: done.sha256,
      leftOut: done.shortened,
      lapsesAt: new Date(endedAt.getTime() + keptMs),
    })
    if (!isMade) throw new ExportFailed('cancelled')
    await writeDown(parts, transaction, job, row, 'sql_export.prepared', {
      run: row.runId,
      format: row.format,
      outcome,
      rows: done.rows,
      bytes: done.bytes,
      sha256: done.sha256.toString('hex'),
    })
    await tell(transaction, { topic: 'sql', id: row.id, only: row.staffId })
  })
  return resultOf({ outcome, rowCount: done.rows, bytes: done.bytes, format: row.format })
}

/** @returns why, as it is kept */
async function unmade(parts: ExportParts, job: RunningJob, row: ExportRow, error: unknown): Promise<string> {
  const code = error instanceof ExportFailed ? error.code : 'internal'
  await parts.exportFiles.remove(row.staffId, row.id)
  await job.db.transaction().execute(async (transaction: CentralDb) => {
    const outcome = code === 'cancelled' ? 'cancelled' : 'failed'
    await endUnmade(transaction, row.id, { outcome, code, endedAt: parts.clock.now() })
    // That it was cancelled is in the log by whoever did.
    if (outcome === 'failed')
      await writeDown(parts, transaction, job, row, 'sql_export.failed', {
        run: row.runId,
        format: row.format,
        code,
      })
    await tell(transaction, { topic: 'sql', id: row.id, only: row.staffId })
  })
  return code
}

function writeDown(
  { audit }: Parts,
  db: CentralDb,
  job: RunningJob,
  { staffId, id, tenantId }: ExportRow,
  verb: string,
  after: Record<string, unknown>,
): Promise<unknown> {
  const { actorName, origin } = job.input as ExportOrder // written by handlers.ts alone
  return audit.writeDownAs(db, {
    verb,
    label: actorName,
    staffId,
    object: 'sql_export',
    id,
    tenant: tenantId ?? undefined,
    origin,
    after,
  })
}
