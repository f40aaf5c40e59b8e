/** Imports clients from a file, with a running server beside it or without. */
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { importFields, type ImportReport } from '#contract/clients'
import { openAudit, type Audit } from '#server/audit'
import { FileRefusal, importFile, refusalValues } from '#server/clients'
import { systemClock } from '#platform/server/clock.ts'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { sentencesOf, type Language } from '#platform/server/sentences.ts'
import { readMessages } from '../messages.ts'
import { importSummary, progressLine } from '../terminal/import-summary.ts'
import { ownVault } from '../terminal/own-vault.ts'

export const about = 'clients import FILE   import clients from a CSV file; clients import --help says more'

const usage = `mgp clients import FILE [--dry-run] [--json] [--map FIELD=HEADING]... [--lang fr|en]

Imports the rows of FILE that can be accepted, all of them or none. Encoding and separator are detected.

  --dry-run            says what would happen and changes nothing
  --json               prints the report as JSON
  --map FIELD=HEADING  says which column holds a field, where its heading is not known:
                       ${importFields.slice(0, 9).join(' ')}
                       ${importFields.slice(9).join(' ')}
  --lang fr|en         language of the report, as LANG says by default

Exit code 0: the file was read, see the report. 1: refused, nothing was imported. 2: wrong usage.`

const sentences = sentencesOf(readMessages())

export async function run(args: string[]): Promise<number> {
  const order = read(args)
  if (order === 'help') return say(usage)
  if (order === 'unclear') return complain(usage, 2)
  if (!fs.statSync(order.file, { throwIfNoEntry: false })?.isFile())
    return complain(`No such file: ${order.file}`)
  try {
    const report = await withPool((pool, audit) =>
      importFile(pool, {
        path: order.file,
        name: path.basename(order.file),
        mapping: order.mapping,
        dryRun: order.dryRun,
        audit,
        actor: { label: 'mgp clients import' },
        onProgress: progressLine(sentences, order.language, process.stderr),
      }),
    )
    return say(order.json ? JSON.stringify(report, null, 2) : summary(report, order))
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    const { code, details } = error
    const message = sentences.say(
      order.language,
      `refusals.${code}`,
      refusalValues(error, sentences, order.language),
    )
    if (order.json) say(JSON.stringify({ error: { code, message, details } }, null, 2))
    return complain(message)
  }
}

type Order = {
  file: string
  dryRun: boolean
  json: boolean
  language: Language
  mapping: Record<string, string>
}

function read(args: string[]): Order | 'help' | 'unclear' {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        map: { type: 'string', multiple: true, default: [] },
        lang: { type: 'string', default: process.env['LC_ALL'] ?? process.env['LANG'] ?? 'fr' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return 'help'
    const [verb, file, ...rest] = positionals
    const mapping = values.map.map((choice) => /^(\w+)=(.+)$/.exec(choice))
    if (verb !== 'import' || file === undefined || rest.length > 0 || mapping.includes(null)) return 'unclear'
    return {
      file,
      dryRun: values['dry-run'],
      json: values.json,
      language: values.lang.startsWith('en') ? 'en' : 'fr',
      mapping: Object.fromEntries(mapping.map((choice) => [choice?.[1], choice?.[2]])),
    }
  } catch {
    return 'unclear' // an option that does not exist: the usage names those that do
  }
}

function summary(report: ImportReport, { file, dryRun, language }: Order): string {
  return importSummary(report, { file: path.basename(file), dryRun, language, sentences })
}

async function withPool<T>(
  work: (pool: ReturnType<typeof openPool>, audit: Audit) => Promise<T>,
): Promise<T> {
  const config = readConfig(process.env)
  const database = await openCentralDatabase(config, (sentence) => process.stderr.write(`${sentence}\n`))
  const pool = openPool(database.appUrl, { max: 1, name: 'mgp clients import' })
  try {
    return await work(pool, openAudit({ vault: await ownVault(config, centralDb(pool)), clock: systemClock }))
  } finally {
    await pool.end()
    await database.stop()
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(text: string, code = 1): number {
  process.stderr.write(`${text}\n`)
  return code
}
