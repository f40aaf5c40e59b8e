/** One practice's part: it is reached or told why not, read or simulated, masked, and sealed under its own key. */
import type { Report } from '#contract/sql-console'
import { NotFound, Refused } from '#platform/server/requests.ts'
import { Platform } from '#platform/server/errors.ts'
import type { Columns } from '../masking/columns.ts'
import { maskReport } from '../masking/masking.ts'
import type { Parts, Ways } from '../parts.ts'
import { onceMore } from '../runs/once-more.ts'
import { keepingOf, type Typed } from '../runs/keeping.ts'
import { changesSomething, digestOf, effectsInTurn, receiptOf, summed } from '../runs/receipts.ts'
import { reportOf } from '../runs/reporting.ts'
import { usual, type Bounds } from '../simulating/bounds.ts'
import { simulate, type Script } from '../simulating/simulating.ts'
import type { Simulation } from '../simulating/simulation.ts'
import type { Outcome } from './queries.ts'
import { readLean } from './reading-lean.ts'
import type { sharedColumns } from './shared-columns.ts'
import { signatureOf } from './signatures.ts'

/** Of one among many less is kept. */
const bounds: Bounds = { ...usual, rows: 500, bytes: 1_000_000, changes: 50 }

/** All of it is masked. */
const none: ReadonlySet<never> = new Set()

export const fleetReportPlace = (fleetId: string, tenantId: string) =>
  `sql_fleet_runs.report_sealed:${fleetId}:${tenantId}`

/** What is kept of it, masked. */
export type KeptPractice = {
  report: Report
  /** What an execution is held to, statement by statement. */
  turn: ReturnType<typeof effectsInTurn>
}

export type FleetText = { fleetId: string; mode: 'read' | 'simulate'; typed: Typed; script: Script }

/** @returns nothing where it was called off */
export async function lookIntoOne(
  on: { parts: Parts; columnsOf: ReturnType<typeof sharedColumns> },
  text: FleetText,
  tenantId: string,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const { parts } = on
  const began = performance.now()
  const nothing = {
    tenantId,
    schemaVersion: null,
    rowCount: null,
    kept: 0,
    effects: {},
    code: null,
    signature: null,
    reportSealed: null,
    receipt: null,
  }
  try {
    const { ways, simulation, columns } = await onceMore(async () => {
      const there = await parts.doorsOf(tenantId, 'console', { later: true })
      return { ways: there, ...(await ran(on, there, text, signal)) }
    })
    if (simulation.failure?.code === 'cancelled' || signal.aborted) return undefined
    const { schemaVersion } = ways
    // A connection that was lost before it said anything tells nothing of the text.
    if (!columns)
      return {
        ...nothing,
        state: isOfNetwork(simulation.failure) ? 'unreachable' : 'failed',
        code: simulation.failure?.code ?? null,
        tookMs: performance.now() - began,
      }
    const masked = maskReport(simulation, { ...text.script, schema: columns, unmasked: none })
    const report = reportOf(masked, text.script.statements)
    const effects = summed([...report.statements.map((one) => one.effects), report.atCommit.effects])
    const keeping = await keepingOf(parts, tenantId)
    const turn = effectsInTurn(simulation)
    return {
      tenantId,
      state: masked.status === 'simulated' ? 'done' : 'failed',
      schemaVersion,
      rowCount: rowCountOf(report),
      kept: lastGiving(report)?.rows.length ?? 0,
      effects,
      code: masked.failure?.code ?? null,
      signature: signatureOf(report, {
        version: schemaVersion,
        constraint: constraintIn(simulation.failure, columns),
      }),
      reportSealed: await keeping.seal(
        { report, turn } satisfies KeptPractice,
        fleetReportPlace(text.fleetId, tenantId),
      ),
      receipt:
        masked.status === 'simulated' && changesSomething(effects)
          ? receiptOf(keeping, digestOf(keeping, tenantId, text.typed), schemaVersion, simulation)
          : null,
      tookMs: performance.now() - began,
    }
  } catch (error) {
    if (signal.aborted) return undefined
    const why = whyNot(error)
    if (why.state === 'failed' || why.code === 'internal')
      parts.log.warn({ err: error, tenant: tenantId }, 'a practice could not be looked into')
    return { ...nothing, ...why, tookMs: performance.now() - began }
  }
}

async function ran(
  { columnsOf }: { columnsOf: ReturnType<typeof sharedColumns> },
  ways: Ways,
  { mode, script }: FleetText,
  signal: AbortSignal,
): Promise<{ simulation: Simulation; columns: Columns | undefined }> {
  if (mode === 'read') return readLean(ways, script, bounds, columnsOf, signal)
  const simulation = await simulate(ways, script, bounds, signal)
  if (simulation.failure?.code === 'cancelled') return { simulation, columns: undefined }
  const client = await ways.beside()
  try {
    return { simulation, columns: await columnsOf(client) }
  } finally {
    await client.end().catch(() => {})
  }
}

export function whyNot(error: unknown): Pick<Outcome, 'state' | 'code'> {
  if (error instanceof NotFound) return { state: 'gone', code: null }
  if (error instanceof Platform) return { state: 'unreachable', code: error.code }
  if (error instanceof Refused) {
    const { state } = (error.details ?? {}) as { state?: string }
    if (state === 'moving') return { state: 'moving', code: null }
    if (state === 'updating') return { state: 'outdated', code: null }
    return { state: 'gone', code: state ?? null }
  }
  return { state: 'unreachable', code: 'internal' }
}

const isOfNetwork = (failure: Simulation['failure']) => failure?.code === 'connection'

/** The rows that are shown side by side: those of the last statement that gave any. */
export const lastGiving = (report: Report) => report.statements.findLast(({ columns }) => columns.length > 0)

const rowCountOf = (report: Report): number | null =>
  lastGiving(report)?.rowCount ?? report.statements.at(-1)?.rowCount ?? null

/** PostgreSQL names it between quotation marks, in whatever language it speaks. */
function constraintIn(failure: Simulation['failure'], { names, byName }: Columns): string | null {
  if (!failure?.code.startsWith('23')) return null
  const named = [...failure.message.matchAll(/["«“]\s?([^"»”]+?)\s?["»”]/g)].map(([, name = '']) => name)
  return named.findLast((name) => names.has(name) && !byName.has(name)) ?? null
}
