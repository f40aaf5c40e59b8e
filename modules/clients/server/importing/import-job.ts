// The run of an import that someone started in the browser: it can be left and found again in the job tray.
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { importJobKind, type ImportMapping, type ImportOutcome, type ImportReport } from '#contract/clients'
import type { Audit, Origin } from '#server/audit'
import type { Files } from '#platform/server/files.ts'
import type { BackgroundWork, RunningJob } from '#platform/server/jobs.ts'
import { newToken } from '#platform/server/random.ts'
import type { Language, Sentences } from '#platform/server/sentences.ts'
import { type Columns, resolveColumns } from './mapping.ts'
import { openFile, type OpenedFile } from './opening.ts'
import { rejectedList, rejectedRows } from './rejected-rows.ts'
import { runImport } from './running.ts'
import { storedImport, uploadedFor } from './stored-import.ts'

/** What the start wrote down for the run. */
export type ImportOrderOnFile = {
  fileId: string
  mapping: ImportMapping
  dryRun: boolean
  actorName: string
  language: Language
  origin?: Origin
}

type On = { audit: Audit; files: Files; sentences: Sentences; pool: pg.Pool }

export function importWork(on: On): BackgroundWork {
  return {
    kind: importJobKind,
    async run(job) {
      const order = job.input as ImportOrderOnFile // written by uploading.ts alone
      const source = await storedImport(job.db, on.files, { id: order.fileId, staffId: job.staffId })
      const file = await openFile(source)
      const columns = resolveColumns(file.headings, order.mapping)
      const report = await runImport(on.pool, {
        file,
        columns,
        dryRun: order.dryRun,
        audit: on.audit,
        actor: { label: order.actorName, staffId: job.staffId, origin: order.origin },
        onProgress: ({ done, total }) => job.progress(done, total),
      })
      const about = { order, sourceName: source.name, job, on }
      const isClean = report.rejected === 0
      return outcomeOf(report, {
        fileId: order.fileId,
        fileName: source.name,
        mapping: order.mapping,
        dryRun: order.dryRun,
        reportFile: await keepReport(report, about),
        rejectedFile: isClean ? null : await keepRejected(report, file, about),
        rejectedList: isClean ? null : await keepList(report, file, columns, about),
      })
    },
  }
}

function outcomeOf(
  { errors, warnings, ...counts }: ImportReport,
  run: Omit<ImportOutcome, keyof ImportReport | 'warned' | 'rejectedByCode'>,
): ImportOutcome {
  const byCode = Object.entries(Object.groupBy(errors, ({ code }) => code))
  return {
    ...counts,
    ...run,
    warned: warnings.length,
    rejectedByCode: Object.fromEntries(byCode.map(([code, rows]) => [code, rows.length])),
  }
}

type About = { order: ImportOrderOnFile; sourceName: string; job: RunningJob; on: On }

function keepReport(report: ImportReport, about: About): Promise<string> {
  return keep([JSON.stringify(report)], { part: 'report.whole', extension: 'json' }, about)
}

function keepRejected({ errors }: ImportReport, file: OpenedFile, about: About): Promise<string> {
  const say = (key: string) => about.on.sentences.say(about.order.language, `clients.import.${key}`)
  const text = rejectedRows(file, errors, {
    row: say('report.row'),
    code: say('report.code'),
    reason: say('report.reason'),
    reasonOf: (code) => say(`codes.${code}`),
  })
  return keep(text, { part: 'report.rejected', extension: 'csv' }, about)
}

async function keepList(
  { errors }: ImportReport,
  file: OpenedFile,
  columns: Columns,
  about: About,
): Promise<string> {
  const list = await rejectedList(file, errors, columns)
  return keep([JSON.stringify(list)], { part: 'report.rejected', extension: 'json' }, about)
}

const mediaTypes = { csv: 'text/csv', json: 'application/json' }

/** Named after the file it speaks of, so that the two stand together in a folder: `clients.rejets.csv`. */
async function keep(
  text: Iterable<string> | AsyncIterable<string>,
  { part, extension }: { part: string; extension: keyof typeof mediaTypes },
  { order, sourceName, job, on: { files, sentences } }: About,
): Promise<string> {
  const source = sourceName.replace(/\.[^.]*$/, '') || sourceName
  const word = sentences.say(order.language, `clients.import.${part}`)
  const about = { name: `${source}.${word}.${extension}`, mediaType: mediaTypes[extension] }
  await mkdir(files.workFolder, { recursive: true })
  const path = join(files.workFolder, `import-${newToken()}`)
  try {
    await pipeline(Readable.from(text), createWriteStream(path, { mode: 0o600 }))
    return await files.keep(job.db, {
      path,
      ...about,
      staffId: job.staffId,
      needsPermission: uploadedFor,
      limits: undefined,
    })
  } finally {
    await rm(path, { force: true })
  }
}
