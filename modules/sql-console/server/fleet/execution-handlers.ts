/** Asking for an execution in many practices, agreeing to it or not; beginning, stopping and going on. */
import {
  approverGone,
  approveSqlFleetExecution,
  askSqlFleetExecution,
  executeSqlFleet,
  fleetExecutionNotNow,
  fleetStoppedByOther,
  noReceipt,
  notYourOwnSql,
  receiptOld,
  receiptOther,
  refuseSqlFleetExecution,
  resumeSqlFleetExecution,
  stopSqlFleetExecution,
  withdrawSqlFleetExecution,
  type FleetExecutionState,
} from '#contract/sql-console'
import { Platform } from '#platform/server/errors.ts'
import type { Errand } from '#platform/server/jobs.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  type CentralHandler,
  type Context,
} from '#platform/server/requests.ts'
import { mayStill } from '../executing/carrying-out.ts'
import { lapsesAfterMs, requestById } from '../executing/queries.ts'
import { typedIn } from './keeping.ts'
import { goodForMs, summed } from '../runs/receipts.ts'
import { whole } from '../runs/logged.ts'
import { readApart } from '../statements/reading-apart.ts'
import { fleetReceipt, includedOf, refuseNeverInAny, wavesOf } from './execution-asking.ts'
import {
  askExecution,
  begunPractices,
  decideExecution,
  endPractice,
  startExecution,
  stopExecution,
  takeUpAgain,
  withdrawExecution,
} from './execution-queries.ts'
import type { FleetParts } from './handlers.ts'
import { seen } from './handlers.ts'
import { fleetById, practicesOf, type FleetRow } from './queries.ts'
import { executionState, lineShown } from './shown.ts'

export function fleetExecutionHandlers(parts: FleetParts, { name }: Pick<Errand, 'name'>): CentralHandler[] {
  /** One's own, held still until this is over. */
  async function ownOf(ctx: Context, id: string): Promise<FleetRow> {
    const row = found(await fleetById(ctx.db, id, { lock: true }))
    if (row.staffId !== ctx.actor.staffId) throw new NotFound()
    return row
  }
  async function askedOf(ctx: Context, id: string): Promise<FleetRow> {
    await seen(ctx, id)
    return found(await fleetById(ctx.db, id, { lock: true }))
  }
  function mustBe(ctx: Context, row: FleetRow, states: readonly FleetExecutionState[]): void {
    const state = executionState(row, ctx.clock.now())
    if (state === null || !states.includes(state)) throw refuse(fleetExecutionNotNow, { details: { state } })
  }
  /** Two people: whoever wrote it is not the second. */
  const secondPerson = (ctx: Context, row: FleetRow) => {
    if (row.staffId === ctx.actor.staffId) throw refuse(notYourOwnSql)
  }
  /** What somebody stopped by hand is gone on with by them, or another second person; all else by whose it is. */
  const mayTakeUp = ({ actor: { staffId, permissions } }: Context, row: FleetRow) => {
    const isByOther =
      row.execution === 'stopped' && row.stopWhy === 'by_hand' && row.stoppedBy !== row.staffId
    if (row.staffId !== staffId) {
      if (!isByOther || !permissions.has('sql.approve')) throw new NotFound()
      return
    }
    if (!permissions.has('sql.execute'))
      throw new Platform('forbidden', { details: { permission: 'sql.execute' } })
    if (isByOther) throw refuse(fleetStoppedByOther)
  }
  const line = async (ctx: Context, id: string) => lineShown(parts, found(await fleetById(ctx.db, id)))
  const record = (ctx: Context, row: FleetRow, after: object = {}) =>
    ctx.record({
      object: 'sql_fleet',
      id: row.id,
      reason: row.reason || undefined,
      ticket: row.ticket || undefined,
      after: { receipt: row.receipt?.toString('hex'), ...after },
    })
  const send = (ctx: Context, id: string) => parts.jobs().send(ctx.db, { name }, id)
  async function mayGoOn(ctx: Context, row: FleetRow): Promise<void> {
    if (!(await mayStill(ctx.db, row.decidedBy, 'sql.approve'))) throw refuse(approverGone)
  }

  return [
    handle(askSqlFleetExecution, async (ctx, { params: { id }, body }) => {
      const row = await ownOf(ctx, id)
      const now = ctx.clock.now()
      if (row.mode !== 'simulate' || row.state !== 'done' || !row.endedAt) throw refuse(noReceipt)
      // A simulation is asked for once: whoever took it back, or was told no, simulates again.
      if (row.execution !== null)
        throw refuse(fleetExecutionNotNow, { details: { state: executionState(row, now) } })
      if (row.endedAt.getTime() + goodForMs <= now.getTime()) throw refuse(receiptOld)
      const included = includedOf(await practicesOf(ctx.db, id), body.leaveOut)
      await refuseNeverInAny(parts, ctx.db, id, included)
      const waves = wavesOf(included, body.canary)
      const asked = {
        receipt: fleetReceipt(row, included, waves, body.automatic),
        reason: body.reason,
        ticket: body.ticket || row.ticket,
        requestedAt: now,
        lapsesAt: new Date(now.getTime() + lapsesAfterMs),
        automatic: body.automatic,
      }
      const typed = await typedIn(parts, row)
      await askExecution(ctx.db, id, asked, waves)
      record(
        ctx,
        { ...row, ...asked },
        {
          text: (await readApart(typed.text)).wordless,
          ...whole(typed.text, row.digest),
          practices: included.length,
          leftOut: row.total - included.length,
          effects: summed(included.map(({ effects }) => effects)),
          automatic: body.automatic,
        },
      )
      return line(ctx, id)
    }),

    handle(approveSqlFleetExecution, async (ctx, { params: { id }, body: { remark, receipt } }) => {
      const row = await askedOf(ctx, id)
      mustBe(ctx, row, ['asked'])
      secondPerson(ctx, row)
      // What was seen is what is agreed to.
      if (receipt !== row.receipt?.toString('hex')) throw refuse(receiptOther)
      await decideExecution(ctx.db, id, { by: ctx.actor.staffId, at: ctx.clock.now(), agreed: true, remark })
      record(ctx, row)
      return line(ctx, id)
    }),

    handle(refuseSqlFleetExecution, async (ctx, { params: { id }, body: { remark } }) => {
      const row = await askedOf(ctx, id)
      mustBe(ctx, row, ['asked', 'approved'])
      secondPerson(ctx, row)
      await decideExecution(ctx.db, id, { by: ctx.actor.staffId, at: ctx.clock.now(), agreed: false, remark })
      record(ctx, row)
      return line(ctx, id)
    }),

    handle(withdrawSqlFleetExecution, async (ctx, { params: { id } }) => {
      const row = await ownOf(ctx, id)
      mustBe(ctx, row, ['asked', 'approved'])
      await withdrawExecution(ctx.db, id)
      record(ctx, row)
      return line(ctx, id)
    }),

    handle(executeSqlFleet, async (ctx, { params: { id } }) => {
      const row = await ownOf(ctx, id)
      mustBe(ctx, row, ['approved'])
      await mayGoOn(ctx, row)
      await startExecution(ctx.db, id, ctx.clock.now())
      await send(ctx, id)
      record(ctx, row, { approvedBy: row.decidedBy, wave: 0 })
      return line(ctx, id)
    }),

    handle(stopSqlFleetExecution, async (ctx, { params: { id } }) => {
      // Waits for the practice in which something is being committed, if any: after the answer nothing is.
      const row = await askedOf(ctx, id)
      const by = ctx.actor.staffId
      const isStopped = await stopExecution(ctx.db, id, { why: 'by_hand', at: ctx.clock.now(), by }, [
        'running',
        'paused',
      ])
      if (!isStopped)
        throw refuse(fleetExecutionNotNow, { details: { state: executionState(row, ctx.clock.now()) } })
      record(ctx, row, { why: 'by_hand', wave: row.wave })
      return line(ctx, id)
    }),

    handle(resumeSqlFleetExecution, async (ctx, { params: { id }, body: { leaveOut } }) => {
      const row = await askedOf(ctx, id)
      mayTakeUp(ctx, row)
      mustBe(ctx, row, ['paused', 'stopped'])
      const now = ctx.clock.now()
      if (row.lapsesAt && row.lapsesAt <= now)
        throw refuse(fleetExecutionNotNow, { details: { state: 'lapsed' } })
      await mayGoOn(ctx, row)
      for (const { tenantId, requestId } of await begunPractices(ctx.db, id)) {
        const outcome = (await requestById(ctx.db, requestId))?.outcome
        if (outcome === 'executed')
          await endPractice(ctx.db, { fleetId: id, tenantId }, { execution: 'executed' }, now)
        else if (outcome === 'failed')
          await endPractice(ctx.db, { fleetId: id, tenantId }, { execution: 'waiting' }, now)
        // Nobody will ever know: it is left as it is.
        else if (outcome === 'unknown')
          await endPractice(ctx.db, { fleetId: id, tenantId }, { execution: 'unknown' }, now)
        else throw refuse(fleetExecutionNotNow, { details: { state: 'unknown' } })
      }
      const left = await takeUpAgain(ctx.db, id, leaveOut)
      const all = await practicesOf(ctx.db, id)
      if (left === 0 && !all.some(({ execution }) => execution === 'executed')) throw refuse(noReceipt)
      await startExecution(ctx.db, id, now)
      await send(ctx, id)
      const out = all.filter(({ execution }) => execution === 'left_out').map(({ tenantId }) => tenantId)
      record(ctx, row, { wave: row.wave, left, leftOut: out.length, tenants: out.slice(0, 100) })
      return line(ctx, id)
    }),
  ]
}
