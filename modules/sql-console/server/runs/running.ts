/** One run from its row to its report: written down before it begins, ended whatever happens. */
import {
  oneAtATime,
  runKnown,
  type Mode,
  type Problem,
  type Report,
  type RunStatus,
  type TargetId,
} from '#contract/sql-console'
import type { CentralDb } from '#platform/server/db.ts'
import { refuse, type Before } from '#platform/server/requests.ts'
import type { Parts, Ways } from '../parts.ts'
import type { Unmaskable } from '../masking/classes.ts'
import { maskReport } from '../masking/masking.ts'
import { usual, type Bounds } from '../simulating/bounds.ts'
import { simulate, type Script } from '../simulating/simulating.ts'
import type { Simulation } from '../simulating/simulation.ts'
import { whole } from './logged.ts'
import { keepingOf, reportPlace, textPlace, type Typed } from './keeping.ts'
import { endRun, insertRun, isCancelled, runById } from './queries.ts'
import { changesSomething, digestOf, effectsInTurn, goodForMs, receiptOf, summed } from './receipts.ts'
import { reportOf } from './reporting.ts'

export type Asked = Typed & {
  id: string
  target: TargetId
  ticket: string
  mode: Mode
  undoes?: string
  digest?: Buffer
  /** Begun by an execution in many practices. */
  fleetId?: string
}

/** What is kept of a run beside its columns. */
export type KeptReport = {
  problems: Problem[]
  report: Report | null
  /** Of a simulation: what an execution is held to, statement by statement. */
  turn?: ReturnType<typeof effectsInTurn>
}

export type Ended = { status: Exclude<RunStatus, 'running'>; simulation?: Simulation } & KeptReport

export const tenantOf = (target: TargetId) => (target === 'central' ? null : target)

/** In whose name. */
export type Who = Pick<Before, 'clock'> & { actor: Pick<Before['actor'], 'staffId' | 'name'> }

/** Most are over before anybody could have changed their mind. */
const askedEveryMs = 300

/** Those that run in this process: ended by who asked for them. */
export type Running = Map<string, AbortController>

/** How the log calls it, and what it tells of the text. */
export type Told = { verb: string; what: Record<string, unknown> }

/**
 * Writes the run down, in the log too, does the work, and writes down what came of it.
 * @param told null: somebody else tells the log that it begins
 * @throws oneAtATime, runKnown; and what the work throws, with the run ended as failed
 */
export async function during(
  parts: Parts,
  running: Running,
  { clock, actor }: Who,
  asked: Asked,
  told: Told | null,
  work: (signal: AbortSignal) => Promise<Ended & { schemaVersion: number | null }>,
): Promise<void> {
  const { db } = parts
  const { id, target, text, parameters, mode, ticket } = asked
  const tenantId = tenantOf(target)
  const keeping = await keepingOf(parts, tenantId)
  const digest = asked.digest ?? digestOf(keeping, target, { text, parameters })
  const textSealed = await keeping.seal({ text, parameters }, textPlace(id))
  const inTheWay = await db.transaction().execute(async (transaction: CentralDb) => {
    const obstacle = await insertRun(transaction, {
      id,
      staffId: actor.staffId,
      tenantId,
      mode,
      ticket,
      digest,
      textSealed,
      startedAt: clock.now(),
      undoes: asked.undoes ?? null,
      fleetId: asked.fleetId ?? null,
    })
    // Who cannot be written down runs nothing.
    if (!obstacle && told)
      await parts.audit.writeDownAs(transaction, {
        verb: told.verb,
        result: 'intended',
        staffId: actor.staffId,
        label: actor.name,
        object: 'sql_run',
        id,
        tenant: tenantId ?? undefined,
        after: { mode, ...told.what, ...whole(text, digest) },
      })
    return obstacle
  })
  if (inTheWay && 'known' in inTheWay) {
    // Whoever lost the answer, or whose line in the log could not be written, asks again and gets what there is.
    const known = await runById(db, id)
    const isSame = known?.staffId === actor.staffId && known.digest.equals(digest) && known.mode === mode
    if (!isSame) throw refuse(runKnown)
    if (known.status === 'running') throw refuse(oneAtATime, { details: { id } })
    return
  }
  if (inTheWay) throw refuse(oneAtATime, { details: { id: inTheWay.running } })

  const calledOff = new AbortController()
  running.set(id, calledOff)
  // Whoever asked for it may be heard by another process than this one.
  const listening = setInterval(() => {
    isCancelled(db, id)
      .then((is) => is && calledOff.abort())
      .catch(() => {})
  }, askedEveryMs)
  const began = performance.now()
  try {
    const ended = await work(calledOff.signal)
    const effects = summed([
      ...(ended.report?.statements ?? []).map((one) => one.effects),
      ended.report?.atCommit.effects ?? {},
    ])
    const isOffered =
      (mode === 'simulate' || mode === 'undo') && ended.status === 'simulated' && changesSomething(effects)
    const endedAt = clock.now()
    await endRun(db, id, {
      status: ended.status,
      endedAt,
      tookMs: performance.now() - began,
      rowCount: rowCountOf(ended),
      effects,
      code: ended.report?.failure?.code ?? ended.problems[0]?.reason ?? null,
      schemaVersion: ended.schemaVersion,
      reportSealed: await keeping.seal(
        {
          problems: ended.problems,
          report: ended.report,
          ...(ended.simulation && { turn: effectsInTurn(ended.simulation) }),
        } satisfies KeptReport,
        reportPlace(id),
      ),
      ...(isOffered && ended.simulation
        ? {
            receipt: receiptOf(keeping, digest, ended.schemaVersion, ended.simulation),
            receiptUntil: new Date(endedAt.getTime() + goodForMs),
          }
        : { receipt: null, receiptUntil: null }),
    })
  } catch (error) {
    await endRun(db, id, {
      status: 'failed',
      endedAt: clock.now(),
      tookMs: performance.now() - began,
      rowCount: null,
      effects: {},
      code: error instanceof Error && 'refusal' in error ? 'not_reached' : 'internal',
      schemaVersion: null,
      reportSealed: null,
      receipt: null,
      receiptUntil: null,
    })
    throw error
  } finally {
    clearInterval(listening)
    running.delete(id)
  }
}

function rowCountOf({ report }: Ended): number | null {
  const last = report?.statements.at(-1)
  return last?.rowCount ?? null
}

/** @throws what the way to the database refuses */
export async function simulated(
  parts: Parts,
  target: TargetId,
  ways: Ways,
  script: Script,
  signal: AbortSignal,
  bounds: Bounds = usual,
): Promise<Ended & { schemaVersion: number | null }> {
  const simulation = await simulate(ways, script, bounds, signal)
  const report = await maskedReport(parts, target, ways, script, simulation)
  const status = report.failure ? 'failed' : simulation.status
  return {
    status: simulation.failure?.code === 'cancelled' ? 'cancelled' : status,
    report,
    simulation,
    problems: [],
    schemaVersion: ways.schemaVersion,
  }
}

const none: ReadonlySet<Unmaskable> = new Set()

/** @param unmasked of an answer that goes out once; whatever is kept has nothing of it */
export async function maskedReport(
  { columns }: Parts,
  target: TargetId,
  ways: Ways,
  { statements, parameters, isOurs }: Script,
  simulation: Simulation,
  unmasked: ReadonlySet<Unmaskable> = none,
): Promise<Report> {
  const schema = await columns.of(ways, target === 'central' ? 'central' : 'tenant')
  const masked = maskReport(simulation, { statements, parameters, schema, unmasked, isOurs })
  return reportOf(masked, statements)
}
