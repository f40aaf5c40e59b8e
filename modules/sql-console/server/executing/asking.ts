/** Asking for an execution, agreeing to it or not, and taking it back. */
import {
  approveSqlExecution,
  askSqlExecution,
  getSqlRequest,
  listSqlRequests,
  noReceipt,
  notExecutedHere,
  notYourOwnSql,
  receiptOld,
  receiptOther,
  refuseSqlExecution,
  requestNotNow,
  spreadsValues,
  tooManyToKeep,
  withdrawSqlExecution,
  type RequestState,
} from '#contract/sql-console'
import { z } from 'zod'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  type CentralHandler,
  type Context,
} from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { keepingOf, reportPlace, textPlace, type Typed } from '../runs/keeping.ts'
import { runById, type RunRow } from '../runs/queries.ts'
import type { KeptReport } from '../runs/running.ts'
import { readApart } from '../statements/reading-apart.ts'
import { changesSchema } from '../statements/reading.ts'
import { mostKept } from './performing.ts'
import {
  decide,
  endRequest,
  insertRequest,
  lapsesAfterMs,
  requestById,
  requestsCounted,
  requestsPage,
  stateOf,
  type RequestRow,
} from './queries.ts'
import { requestShown, requestWithReports } from './shown.ts'

const countedUpTo = 10_000
const Place = z.tuple([z.iso.datetime(), z.uuid()])

export function askingHandlers(parts: Parts): CentralHandler[] {
  async function inState(ctx: Context, id: string, states: readonly RequestState[]): Promise<RequestRow> {
    const row = found(await requestById(ctx.db, id, { lock: true }))
    const state = stateOf(row, ctx.clock.now())
    if (!states.includes(state)) throw refuse(requestNotNow, { details: { state } })
    return row
  }
  /** @throws for what only a release does for good, and for what would take masked values elsewhere */
  async function refuseNeverHere({ id, mode, tenantId, textSealed, reportSealed }: RunRow): Promise<void> {
    const keeping = await keepingOf(parts, tenantId)
    const { text } = found(keeping.open<Typed>(textSealed, textPlace(id)))
    // By what it is, and not by what it would change: it may change nothing today.
    const read = await readApart(text)
    if (mode !== 'undo' && (!('statements' in read) || changesSchema(read))) throw refuse(notExecutedHere)
    const { report } = keeping.open<KeptReport>(reportSealed, reportPlace(id)) ?? {}
    // A way back takes nothing anywhere but where it was.
    if (report?.spreads && mode !== 'undo') throw refuse(spreadsValues)
  }
  const shown = async (ctx: Context, id: string) =>
    requestShown(parts, ctx.db, found(await requestById(ctx.db, id)))
  const record = (ctx: Context, row: RequestRow, after?: object) =>
    ctx.record({
      object: 'sql_request',
      id: row.id,
      tenant: row.tenantId ?? undefined,
      reason: row.reason,
      ticket: row.ticket || undefined,
      after: { run: row.runId, receipt: row.receipt.toString('hex'), ...after },
    })
  /** Two people: whoever wrote it is not the second. */
  const secondPerson = (ctx: Context, row: RequestRow) => {
    if (row.staffId === ctx.actor.staffId) throw refuse(notYourOwnSql)
  }

  return [
    handle(askSqlExecution, async (ctx, { body: { runId, reason, ticket } }) => {
      const run = await runById(ctx.db, runId)
      if (run?.staffId !== ctx.actor.staffId) throw refuse(noReceipt)
      await refuseNeverHere(run)
      if (!run.receipt || !run.receiptUntil || run.receiptUsedAt) throw refuse(noReceipt)
      const now = ctx.clock.now()
      if (run.receiptUntil <= now) throw refuse(receiptOld)
      const effects = Object.values(run.effects)
      const rows = effects.reduce((sum, one) => sum + one.inserted + one.updated + one.deleted, 0)
      if (rows > mostKept)
        throw refuse(tooManyToKeep, { details: { most: mostKept }, values: { most: mostKept } })
      const id = uuidv7(now.getTime())
      await insertRequest(ctx.db, {
        id,
        runId,
        staffId: ctx.actor.staffId,
        receipt: run.receipt,
        undoes: run.undoes,
        reason,
        ticket,
        askedAt: now,
        lapsesAt: new Date(now.getTime() + lapsesAfterMs),
      })
      const row = found(await requestById(ctx.db, id))
      record(ctx, row, { effects: run.effects })
      return requestShown(parts, ctx.db, row)
    }),

    handle(approveSqlExecution, async (ctx, { params: { id }, body: { remark, receipt } }) => {
      const row = await inState(ctx, id, ['waiting'])
      secondPerson(ctx, row)
      // What was seen is what is agreed to.
      if (receipt !== row.receipt.toString('hex')) throw refuse(receiptOther)
      await decide(ctx.db, id, { by: ctx.actor.staffId, at: ctx.clock.now(), agreed: true, remark })
      record(ctx, row)
      return shown(ctx, id)
    }),

    handle(refuseSqlExecution, async (ctx, { params: { id }, body: { remark } }) => {
      const row = await inState(ctx, id, ['waiting', 'approved'])
      secondPerson(ctx, row)
      await decide(ctx.db, id, { by: ctx.actor.staffId, at: ctx.clock.now(), agreed: false, remark })
      record(ctx, row)
      return shown(ctx, id)
    }),

    handle(withdrawSqlExecution, async (ctx, { params: { id } }) => {
      const row = await inState(ctx, id, ['waiting', 'approved'])
      if (row.staffId !== ctx.actor.staffId) throw new NotFound()
      await endRequest(ctx.db, id, 'withdrawn', ctx.clock.now())
      record(ctx, row)
      return shown(ctx, id)
    }),

    handle(listSqlRequests, async (ctx, { query: { after, limit, state } }) => {
      const now = ctx.clock.now()
      const staffId = ctx.actor.permissions.has('sql.approve') ? undefined : ctx.actor.staffId
      const filter = { state, staffId, now }
      const place = readCursor(z.object({ before: Place }), after)?.before
      const [rows, total] = await Promise.all([
        requestsPage(ctx.db, filter, place, limit + 1),
        requestsCounted(ctx.db, filter, countedUpTo),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: await Promise.all(rows.slice(0, limit).map((row) => requestShown(parts, ctx.db, row))),
        total: Math.min(total, countedUpTo),
        totalIsExact: total <= countedUpTo,
        next: last ? cursorOf({ before: [last.askedAt.toISOString(), last.id] }) : null,
      }
    }),

    handle(getSqlRequest, async (ctx, { params: { id } }) => {
      const row = found(await requestById(ctx.db, id))
      if (row.staffId !== ctx.actor.staffId && !ctx.actor.permissions.has('sql.approve')) throw new NotFound()
      return requestWithReports(parts, ctx.db, row)
    }),
  ]
}
