/** Runs what is typed for real in a transaction that is always rolled back, and tells what it would do. */
import { parseArgs } from 'node:util'
import type { TargetId } from '#contract/sql-console'
import { openAudit } from '#server/audit'
import { recordOf, simulateFromTerminal, type TerminalSimulation } from '#server/sql-console'
import { openTenants } from '#server/tenancy'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { systemClock } from '#platform/server/clock.ts'
import { ConfigError, readConfig } from '#platform/server/config.ts'
import { openConsoleLogin, openConsoleOwnerLogin } from '#platform/server/console-login.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { tell } from '#platform/server/news.ts'
import { PostgresError } from '#platform/server/postgres-error.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../messages.ts'
import { ownVault } from '../terminal/own-vault.ts'
import { documentOf, type NamedTarget, type SqlDocument } from '../terminal/sql-document.ts'
import { reportOf } from '../terminal/sql-report.ts'
import { textFrom } from '../terminal/statement-typed.ts'
import { tenantNamed } from '../terminal/tenant-named.ts'
import { isWrongUsage, WrongUsage } from '../terminal/wrong-usage.ts'

export const about =
  'sql simulate --target central|TENANT [--json] [--params JSON]   run statements (on stdin) for real, roll them back, and tell what they would do'

const usage = `mgp sql simulate --target central|TENANT [--json] [--params '["…", null, 3]'] < statements.sql
  --target  the central database, or a practice: its id, the name of its database, or whose it is
  --params  for $1, $2…: a JSON array
  --json    one document for scripts, whatever happens

Exit code 0: simulated. 1: refused or failed. 2: wrong usage.`

type Asked = { target: string; parameters: (string | null)[]; json: boolean }

/** @returns 1 when it was refused or failed, 2 when the command was not understood */
export async function run(args: string[]): Promise<number> {
  const began = performance.now()
  // Whoever reads no further has had enough.
  process.stdout.on('error', () => {})
  const json = args.includes('--json')
  const text = { typed: '' }
  let document: SqlDocument
  let code: number
  try {
    document = await simulated(asked(args), text, began)
    code = document.status === 'simulated' ? 0 : 1
  } catch (error) {
    code = isWrongUsage(error) || error instanceof ConfigError ? 2 : 1
    if (!json && isWrongUsage(error)) {
      process.stderr.write(`${error.message}\n\n${usage}\n`)
      return code
    }
    if (!json && !(error instanceof Outcome)) throw error
    const outcome = error instanceof Outcome ? error.outcome : before(error)
    document = documentOf(outcome, { target: null, text: text.typed, took: performance.now() - began })
  }
  process.stdout.write(`${json ? JSON.stringify(document) : reportOf(document)}\n`)
  return code
}

function asked([verb, ...rest]: string[]): Asked {
  if (verb !== 'simulate') throw new WrongUsage(verb === undefined ? 'What?' : `Unknown: sql ${verb}`)
  const { values } = parseArgs({
    args: rest,
    options: {
      // Of two only the last would be taken, without a word.
      target: { type: 'string', multiple: true },
      params: { type: 'string', default: '[]' },
      json: { type: 'boolean', default: false },
    },
  })
  const { target: targets = [], params, json } = values
  if (targets.length > 1) throw new WrongUsage('--target: one, and no more.')
  const [target] = targets
  if (target === undefined || target.trim() === '')
    throw new WrongUsage('--target: central, or which practice?')
  return { target, json, parameters: parametersIn(params) }
}

function parametersIn(said: string): (string | null)[] {
  let list: unknown
  try {
    list = JSON.parse(said)
  } catch {
    throw new WrongUsage('--params: a JSON array, such as \'["Metz", null, 3]\'.')
  }
  if (!Array.isArray(list)) throw new WrongUsage('--params: a JSON array, such as \'["Metz", null, 3]\'.')
  return list.map((value: unknown) =>
    value === null ? null : typeof value === 'string' ? value : JSON.stringify(value),
  )
}

/** Said before there was a connection to say it on. */
class Outcome extends Error {
  readonly outcome: TerminalSimulation
  constructor(outcome: TerminalSimulation) {
    super(outcome.message)
    this.name = 'Outcome'
    this.outcome = outcome
  }
}

const nothing = {
  details: null,
  problems: [],
  report: null,
  schemaVersion: null,
  changesSchema: false,
  rolledBack: true,
} as const satisfies Partial<TerminalSimulation>

/** Nothing ran. */
function before(error: unknown): TerminalSimulation {
  const said = error instanceof Error ? error.message : String(error)
  if (isWrongUsage(error))
    return { ...nothing, problems: [], status: 'refused', reason: 'usage', message: said }
  const isKnown = error instanceof ConfigError || error instanceof PostgresError
  return {
    ...nothing,
    problems: [],
    status: 'failed',
    reason: isKnown ? 'not_reached' : 'internal',
    message: said,
  }
}

function noText(at: number): TerminalSimulation {
  const message = 'It is not UTF-8.'
  const problem = { reason: 'unreadable', name: 'UTF-8', message, from: at, to: at + 1 }
  return { ...nothing, status: 'refused', reason: 'unreadable', message, problems: [problem] }
}

async function simulated(
  { target: said, parameters, json }: Asked,
  typed: { typed: string },
  began: number,
): Promise<SqlDocument> {
  const config = readConfig(process.env)
  const { text, notUtf8 } = await textFrom(process.stdin)
  typed.typed = text
  if (notUtf8 !== undefined) throw new Outcome(noText(notUtf8))
  const database = await openCentralDatabase(
    config,
    json ? () => {} : (line) => process.stderr.write(`${line}\n`),
  )
  const ending: (() => Promise<void>)[] = [() => database.stop()]
  try {
    const pool = openPool(database.appUrl, { max: 2, name: 'mgp sql' })
    ending.push(() => pool.end())
    const db = centralDb(pool)
    const [vault, consoleUrl] = await Promise.all([ownVault(config, db), openConsoleLogin(config, database)])
    const log = openLog('silent')
    const on = { db, vault, clock: systemClock, log }
    const tenants = openTenants({ ...on, cap: 4 })
    ending.push(() => tenants.close())
    const target = await targetNamed(on, said, consoleUrl)
    const asking = { target: target.id, text, parameters }
    const outcome = await simulateFromTerminal(
      { db, log, tenants, consoleUrl, consoleOwnerUrl: () => openConsoleOwnerLogin(config, database) },
      asking,
    )
    // On a connection of its own: what was rolled back took nothing of it along.
    await db.transaction().execute(async (transaction) => {
      const entry = { ...recordOf(asking, outcome), label: 'mgp sql simulate' }
      await openAudit(on).writeDownAs(transaction, entry)
      await tell(transaction, { topic: 'sql', needs: 'sql.read' })
    })
    const told = { ...outcome, message: outcome.message || sentenceOf(outcome) }
    return documentOf(told, { target, text, took: performance.now() - began })
  } finally {
    for (const end of ending.toReversed()) await end()
  }
}

async function targetNamed(
  on: Parameters<typeof tenantNamed>[0],
  said: string,
  consoleUrl: string | undefined,
): Promise<NamedTarget & { id: TargetId }> {
  if (said === 'central')
    return {
      id: 'central',
      name: 'central',
      database: consoleUrl === undefined ? null : decodeURIComponent(new URL(consoleUrl).pathname.slice(1)),
    }
  const { id, name, databaseName } = await tenantNamed(on, said)
  return { id, name, database: databaseName }
}

/** Of a refusal there is one in the messages. */
function sentenceOf({ reason, problems }: TerminalSimulation): string {
  if (reason === null || problems.length) return ''
  const sentences = sentencesOf(readMessages())
  const key = `refusals.${reason}`
  return sentences.has(key) ? sentences.say('en', key) : ''
}
