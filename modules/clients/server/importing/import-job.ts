// The run of an import that someone started in the browser: it can be left and found again in the job tray.
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { importJobKind, type ImportMapping, type ImportOutcome, type ImportReport } from '#contract/clients'
import type { Files } from '#platform/server/files.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { newToken } from '#platform/server/random.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { resolveColumns } from './mapping.ts'
import { openFile, type OpenedFile } from './opening.ts'
import { rejectedRows } from './rejected-rows.ts'
import { runImport } from './running.ts'
import { storedImport, uploadedFor } from './stored-import.ts'

/** What the start wrote down for the run. */
export type ImportOrderOnFile = {
  fileId: string
  mapping: ImportMapping
  dryRun: boolean
  actorName: string
  language: Language
}

type On = { files: Files; sentences: Sentences; pool: pg.Pool }

export function importWork(on: On): BackgroundWork {
  return {
    kind: importJobKind,
    async run(job) {
      const order = job.input as ImportOrderOnFile // written by uploading.ts alone
      const source = await storedImport(job.db, on.files, { id: order.fileId, staffId: job.staffId })
      const file = await openFile(source)
      const report = await runImport(on.pool, {
        file,
        columns: resolveColumns(file.headings, order.mapping),
        dryRun: order.dryRun,
        actor: { label: order.actorName, staffId: job.staffId },
        onProgress: ({ done, total }) => job.progress(done, total),
      })
      return outcomeOf(report, {
        fileId: order.fileId,
        fileName: source.name,
        mapping: order.mapping,
        dryRun: order.dryRun,
        reportFile: await keepReport(report, job, on.files),
        rejectedFile: report.rejected > 0 ? await keepRejected(report, file, order, job, on) : null,
      })
    },
  }
}

function outcomeOf(
  { errors, warnings, ...counts }: ImportReport,
  run: Pick<ImportOutcome, 'fileId' | 'fileName' | 'mapping' | 'dryRun' | 'reportFile' | 'rejectedFile'>,
): ImportOutcome {
  const byCode = Object.entries(Object.groupBy(errors, ({ code }) => code))
  return {
    ...counts,
    ...run,
    warned: warnings.length,
    rejectedByCode: Object.fromEntries(byCode.map(([code, rows]) => [code, rows.length])),
  }
}

function keepReport(report: ImportReport, job: RunningJob, files: Files): Promise<string> {
  return keep([JSON.stringify(report)], { name: 'import.json', mediaType: 'application/json' }, job, files)
}

function keepRejected(
  { errors }: ImportReport,
  file: OpenedFile,
  { language }: ImportOrderOnFile,
  job: RunningJob,
  { files, sentences }: On,
): Promise<string> {
  const say = (key: string) => sentences.say(language, `clients.import.${key}`)
  const text = rejectedRows(file, errors, {
    row: say('report.row'),
    code: say('report.code'),
    reason: say('report.reason'),
    reasonOf: (code) => say(`codes.${code}`),
  })
  return keep(text, { name: `${say('report.name')}.csv`, mediaType: 'text/csv' }, job, files)
}

async function keep(
  text: Iterable<string> | AsyncIterable<string>,
  about: { name: string; mediaType: string },
  job: RunningJob,
  files: Files,
): Promise<string> {
  await mkdir(files.workFolder, { recursive: true })
  const path = join(files.workFolder, `import-${newToken()}`)
  try {
    await pipeline(Readable.from(text), createWriteStream(path, { mode: 0o600 }))
    return await files.keep(job.db, { path, ...about, staffId: job.staffId, needsPermission: uploadedFor })
  } finally {
    await rm(path, { force: true })
  }
}
