/** A simulation somebody asks for from the command line: whatever they typed, it has one outcome, and never throws. */
import type { Problem, Report, TargetId } from '#contract/sql-console'
import type { Tenants } from '#server/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { Platform } from '#platform/server/errors.ts'
import type { Logger } from '#platform/server/log.ts'
import { NotFound, Refused, type Recorded } from '#platform/server/requests.ts'
import { readColumns } from '../masking/columns.ts'
import { maskReport } from '../masking/masking.ts'
import type { Ways } from '../parts.ts'
import { problemsOf } from '../runs/handlers.ts'
import { summed } from '../runs/receipts.ts'
import { reportOf } from '../runs/reporting.ts'
import { inTheLog, logged, type InTheLog } from '../runs/logged.ts'
import { simulate, type Script } from '../simulating/simulating.ts'
import type { Simulation } from '../simulating/simulation.ts'
import { read } from '../statements/reading.ts'
import { openDoors } from '../targets/doors.ts'

export type TerminalSimulation = {
  status: 'simulated' | 'refused' | 'failed'
  /** Why not: of the first problem, of the refusal, SQLSTATE, or what the engine calls it. */
  reason: string | null
  /** As PostgreSQL or the refusal says it. */
  message: string
  details: unknown
  problems: Problem[]
  report: Report | null
  schemaVersion: number | null
  /** Whether the schema changes: then it ran as the owner of the tables. */
  changesSchema: boolean
  /** Nothing ran, or somebody else was asked and says that nothing stayed. */
  rolledBack: boolean
}

export type Asked = { target: TargetId; text: string; parameters: (string | null)[] }

export type Terminal = {
  db: CentralDb
  log: Logger
  tenants: Pick<Tenants, 'catalogue' | 'schema'>
  consoleUrl: string | undefined
  /** Asked only where the central schema is to change. */
  consoleOwnerUrl: () => Promise<string | undefined>
}

export async function simulateFromTerminal(on: Terminal, asked: Asked): Promise<TerminalSimulation> {
  const outcome: TerminalSimulation = {
    status: 'failed',
    reason: null,
    message: '',
    details: null,
    problems: [],
    report: null,
    schemaVersion: null,
    changesSchema: false,
    rolledBack: true,
  }
  try {
    return await simulated(on, asked, outcome)
  } catch (error) {
    return { ...outcome, ...wordsFor(error) }
  }
}

async function simulated(
  on: Terminal,
  { target, text, parameters }: Asked,
  outcome: TerminalSimulation,
): Promise<TerminalSimulation> {
  const found = await read(text)
  outcome.problems = problemsOf(found, parameters)
  const [first] = outcome.problems
  if (first || !('statements' in found))
    return {
      ...outcome,
      status: 'refused',
      reason: first?.reason ?? 'unreadable',
      message: first?.message ?? '',
    }
  const { statements } = found
  outcome.changesSchema = statements.some(({ does }) => does === 'changes_schema')
  const as = outcome.changesSchema ? 'owner' : 'console'
  const doorsOf = openDoors({
    db: on.db,
    log: on.log,
    locate: (tenantId) => on.tenants.catalogue.locate(tenantId),
    newest: on.tenants.schema.current,
    consoleUrl: on.consoleUrl,
    consoleOwnerUrl: as === 'owner' && target === 'central' ? await on.consoleOwnerUrl() : undefined,
  })
  const ways = await doorsOf(target, as)
  outcome.schemaVersion = ways.schemaVersion
  const script = { statements, parameters }
  const simulation = await simulate(ways, script).catch((error: unknown) => {
    // It says so itself where nothing ran; anything else is not known to be undone.
    outcome.rolledBack = error instanceof Refused || error instanceof Platform
    throw error
  })
  outcome.rolledBack = simulation.proof.unchanged
  // Masked with the rest.
  const masked = await shown(ways, target, script, simulation)
  const failure = masked.report?.failure ?? simulation.failure
  return {
    ...outcome,
    status: failure ? 'failed' : simulation.status,
    reason: failure?.code ?? null,
    ...masked,
  }
}

async function shown(
  ways: Ways,
  target: TargetId,
  { statements, parameters }: Script,
  simulation: Simulation,
): Promise<Pick<TerminalSimulation, 'report' | 'message'>> {
  const client = await ways.beside()
  try {
    const schema = await readColumns(client, target === 'central' ? 'central' : 'tenant')
    const masked = maskReport(simulation, { statements, parameters, schema, unmasked: new Set() })
    const report = reportOf(masked, statements)
    return { report, message: report.failure?.message ?? '' }
  } finally {
    await client.end().catch(() => {})
  }
}

function wordsFor(error: unknown): Pick<TerminalSimulation, 'status' | 'reason' | 'message' | 'details'> {
  if (error instanceof Refused) {
    const { refusal, details = null } = error
    return { status: 'refused', reason: refusal.code, message: '', details }
  }
  if (error instanceof NotFound) return { status: 'refused', reason: 'not_found', message: '', details: null }
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Platform)
    return { status: 'failed', reason: error.code, message: '', details: error.details ?? null }
  return { status: 'failed', reason: 'internal', message, details: null }
}

/** What the log keeps of it: of a practice not what was typed, which may name a patient. */
export function recordOf(
  { target, text, parameters }: Asked,
  { status, reason, report, changesSchema, rolledBack }: TerminalSimulation,
): Recorded & { verb: string; result: 'done' | 'refused' | 'failed' } {
  const tenant = target === 'central' ? undefined : target
  const effects = summed([
    ...(report?.statements ?? []).map((one) => one.effects),
    report?.atCommit.effects ?? {},
  ])
  return {
    verb: changesSchema ? 'sql_schema.simulated' : 'sql.simulated',
    result: status === 'simulated' ? 'done' : status,
    object: 'sql_target',
    id: target,
    ...(tenant !== undefined && { tenant }),
    after: {
      mode: 'simulate',
      status,
      code: reason,
      effects,
      rolledBack,
      proof: report?.proof ?? null,
      ...logged(tenant ?? null, { parameters }, told(text)),
      characters: text.length,
    },
  }
}

/** Whatever was typed leaves its line: what the scanner cannot read did not run. */
function told(text: string): InTheLog {
  const found = read(text)
  try {
    return inTheLog(text, found)
  } catch {
    return inTheLog(text, { unreadable: { reason: 'too_deep', message: '', place: { from: 0, to: 0 } } })
  }
}
