/**
 * One practice's part of an execution: simulated anew, held against what was approved for it, and only then executed, as anything
 * else is: with a request and runs of its own, by which it is undone.
 */
import { approverGone, receiptOther, spreadsValues, type FleetDrift } from '#contract/sql-console'
import type { CentralDb } from '#platform/server/db.ts'
import { Platform } from '#platform/server/errors.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { Refused } from '#platform/server/requests.ts'
import { carryOut, mayStill, type Carried } from '../executing/carrying-out.ts'
import { driftsBetween, type Drift } from '../executing/performing.ts'
import { endRequest } from '../executing/queries.ts'
import type { Parts } from '../parts.ts'
import { keepingOf, reportPlace, type Typed } from '../runs/keeping.ts'
import { onceMore } from '../runs/once-more.ts'
import { runById, type RunRow } from '../runs/queries.ts'
import type { effectsInTurn } from '../runs/receipts.ts'
import { during, simulated, type KeptReport, type Running, type Who } from '../runs/running.ts'
import type { Script } from '../simulating/simulating.ts'
import {
  endPractice,
  insertPracticeRequest,
  isStillExecuting,
  stopExecution,
  type NextPractice,
  type PracticeEnd,
} from './execution-queries.ts'
import { fleetReportPlace, whyNot, type KeptPractice } from './one-practice.ts'
import { fleetById, sealedReports, type FleetRow } from './queries.ts'

/** Somebody stopped it, or may not any more: nothing was done here. */
class Stopped extends Error {
  readonly why: 'stopped' | 'approver_gone' | 'author_gone' | 'lapsed'
  constructor(why: Stopped['why']) {
    super(why)
    this.why = why
  }
}

export type Executing = { fleet: FleetRow; typed: Typed; script: Script; who: Who }

type Turn = ReturnType<typeof effectsInTurn>
type Ended = PracticeEnd & { requestId?: string; carried?: Carried; stops?: Stopped['why'] }

/** @returns whether the next one may begin */
export async function executeOne(
  parts: Parts,
  running: Running,
  on: Executing,
  practice: NextPractice,
  signal: AbortSignal,
): Promise<boolean> {
  const { tenantId } = practice
  const ended = await executedIn(parts, running, on, practice, signal).catch((error: unknown): Ended => {
    if (error instanceof Stopped) return { execution: 'waiting', stops: error.why }
    if (signal.aborted) return { execution: 'waiting', stops: 'stopped' }
    if (error instanceof Refused && error.refusal === approverGone)
      return { execution: 'waiting', stops: 'approver_gone' }
    // Asked once more before COMMIT.
    if (error instanceof Platform && error.code === 'forbidden')
      return { execution: 'waiting', stops: 'author_gone' }
    // Between our own simulation and what followed it, a moment later.
    if (error instanceof Refused && error.refusal === receiptOther)
      return { execution: 'drifted', code: 'schema_changed' }
    const { state, code } = whyNot(error)
    if (code === 'internal')
      parts.log.warn({ err: error, tenant: tenantId }, 'an execution did not come to its end in a practice')
    return { execution: 'failed', code: code ?? state }
  })
  return settle(parts, on, tenantId, ended)
}

async function executedIn(
  parts: Parts,
  running: Running,
  { fleet, typed, script, who }: Executing,
  { tenantId, receipt, schemaVersion }: NextPractice,
  signal: AbortSignal,
): Promise<Ended> {
  const { db, clock } = parts
  const fleetId = fleet.id
  const runId = uuidv7(clock.now().getTime())
  const asked = { id: runId, target: tenantId, mode: 'simulate', ticket: fleet.ticket, fleetId } as const
  await during(parts, running, who, { ...asked, ...typed }, null, async (calledOff) => {
    const isOver = AbortSignal.any([calledOff, signal])
    return onceMore(async () =>
      simulated(parts, tenantId, await parts.doorsOf(tenantId, 'console'), script, isOver),
    )
  })
  const run = await runById(db, runId)
  if (!run || run.status === 'cancelled' || signal.aborted) throw new Stopped('stopped')
  if (run.status !== 'simulated') return { execution: 'failed', code: run.code }
  const kept = (await keepingOf(parts, tenantId)).open<KeptReport>(run.reportSealed, reportPlace(runId))
  if (kept?.report?.spreads) return { execution: 'failed', code: spreadsValues.code }
  if (!run.receipt?.equals(receipt)) {
    const turns = { approved: await turnOf(parts, fleetId, tenantId), found: kept?.turn ?? [] }
    const isOther = run.schemaVersion !== schemaVersion
    const drift = shownDrift(turns.approved, driftsBetween(turns.approved, turns.found))
    return {
      execution: 'drifted',
      code: isOther ? 'schema_changed' : 'drifted',
      // Of a table with another column every row holds something else.
      drift: isOther ? drift.filter(isOfOtherRows) : drift,
    }
  }
  return carriedOut(parts, running, { fleet, who, run, tenantId, signal })
}

async function carriedOut(
  parts: Parts,
  running: Running,
  on: { fleet: FleetRow; who: Who; run: RunRow; tenantId: string; signal: AbortSignal },
): Promise<Ended> {
  const { db } = parts
  const { fleet, who, run, tenantId, signal } = on
  const requestId = uuidv7(parts.clock.now().getTime())
  const { receipt } = run
  if (!receipt) throw new Error('it has the receipt that was approved')
  const holding = await heldStill(db, fleet.id)
  try {
    const carried = await carryOut(parts, running, who, {
      request: { ...fleet, id: requestId, receipt },
      run,
      among: {
        fleetId: fleet.id,
        signal,
        async beginning(transaction) {
          if (!(await mayStill(transaction, fleet.staffId, 'sql.execute'))) throw new Stopped('author_gone')
          if (fleet.lapsesAt && fleet.lapsesAt <= parts.clock.now()) throw new Stopped('lapsed')
          if (!(await isStillExecuting(transaction, fleet.id))) throw new Stopped('stopped')
          await insertPracticeRequest(transaction, {
            fleetId: fleet.id,
            tenantId,
            id: requestId,
            runId: run.id,
          })
        },
        committing: holding.hold,
      },
    })
    const { performed } = carried
    if (!performed) throw new Stopped('stopped')
    const known = { requestId, carried }
    if (performed.outcome === 'executed') return { ...known, execution: 'executed' }
    if (performed.outcome === 'unknown') return { ...known, execution: 'unknown' }
    const { code, detail } = performed.failure
    if (code === 'cancelled') return { ...known, execution: 'waiting', stops: 'stopped' }
    if (code !== 'drifted') return { ...known, execution: 'failed', code }
    const approved = await turnOf(parts, fleet.id, tenantId)
    const drifts = JSON.parse(detail ?? '[]') as Drift[] // as it was written there
    return { ...known, execution: 'drifted', code, drift: shownDrift(approved, drifts) }
  } finally {
    await holding.letGo()
  }
}

/** From before COMMIT is sent until it is known what became of it nobody stops it: who does waits, and then it is over. */
function heldStill(db: CentralDb, fleetId: string) {
  let transaction: Awaited<ReturnType<ReturnType<CentralDb['startTransaction']>['execute']>> | undefined
  return {
    async hold(): Promise<void> {
      transaction = await db.startTransaction().execute()
      if (!(await isStillExecuting(transaction, fleetId))) throw new Stopped('stopped')
    },
    async letGo(): Promise<void> {
      await transaction
        ?.rollback()
        .execute()
        .catch(() => {})
    },
  }
}

async function turnOf(parts: Parts, fleetId: string, tenantId: string): Promise<Turn> {
  const sealed = (await sealedReports(parts.db, fleetId, [tenantId])).get(tenantId) ?? null
  const keeping = await keepingOf(parts, tenantId)
  return keeping.open<KeptPractice>(sealed, fleetReportPlace(fleetId, tenantId))?.turn ?? []
}

const shownDrift = (approved: Turn, drifts: readonly Drift[]): FleetDrift[] =>
  drifts.map(({ statement, table, ...sides }) => ({
    // The last is what waited for the end.
    statement: statement < approved.length - 1 ? statement : null,
    table,
    approved: counts(sides.approved),
    found: counts(sides.found),
  }))

const isOfOtherRows = ({ approved, found }: FleetDrift) => JSON.stringify(approved) !== JSON.stringify(found)

function counts(effect: unknown): FleetDrift['found'] {
  if (effect === null) return null
  const { inserted, updated, deleted } = effect as NonNullable<FleetDrift['found']> // of `effectsInTurn`
  return { inserted, updated, deleted }
}

/** Written down with the practice's own request; what was not executed stops the whole. */
async function settle(
  parts: Parts,
  { fleet, who }: Executing,
  tenantId: string,
  { requestId, carried, stops, ...ended }: Ended,
): Promise<boolean> {
  const at = parts.clock.now()
  const isExecuted = ended.execution === 'executed'
  return parts.db.transaction().execute(async (transaction: CentralDb) => {
    if (requestId && ended.execution !== 'unknown')
      await endRequest(transaction, requestId, isExecuted ? 'executed' : 'failed', at)
    await endPractice(transaction, { fleetId: fleet.id, tenantId }, ended, at)
    const run = carried && (await runById(transaction, carried.executionId))
    if (ended.execution !== 'waiting')
      await parts.audit.writeDownAs(transaction, {
        verb: 'sql_fleet.executed',
        staffId: who.actor.staffId,
        label: who.actor.name,
        result: isExecuted ? 'done' : ended.execution === 'unknown' ? 'intended' : 'failed',
        object: 'sql_fleet',
        id: fleet.id,
        tenant: tenantId,
        reason: fleet.reason,
        after: {
          request: requestId,
          status: ended.execution,
          code: ended.code,
          ...(ended.drift?.length && { drift: ended.drift }),
          ...(run && { run: run.id, effects: run.effects }),
          ...carried?.text,
          approvedBy: fleet.decidedBy,
        },
      })
    if (isExecuted) return true
    const why = stops ?? (ended.execution as 'failed' | 'drifted' | 'unknown') // what waits has a reason to stop
    if (why !== 'stopped')
      await haltExecution(parts, transaction, fleet.id, {
        why,
        at,
        ...(ended.execution !== 'waiting' && { tenantId }),
      })
    return false
  })
}

export async function haltExecution(
  parts: Pick<Parts, 'audit'>,
  transaction: CentralDb,
  id: string,
  stop: Parameters<typeof stopExecution>[2],
): Promise<void> {
  if (!(await stopExecution(transaction, id, stop))) return
  const row = await fleetById(transaction, id)
  await parts.audit.writeDownAs(transaction, {
    verb: 'sql_fleet_execution.halted',
    label: 'sql-console',
    object: 'sql_fleet',
    id,
    tenant: stop.tenantId,
    reason: row?.reason,
    after: { why: stop.why, wave: row?.wave, by: row?.staffId, approvedBy: row?.decidedBy },
  })
}
