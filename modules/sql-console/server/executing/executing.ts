/** Executing what was approved: once, and with a fresh receipt that says the same. */
import {
  approverGone,
  executeSql,
  noReceipt,
  receiptOld,
  receiptOther,
  requestNotNow,
} from '#contract/sql-console'
import { found, handle, refuse, type Before, type CentralHandler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { runById, type RunRow } from '../runs/queries.ts'
import type { Running } from '../runs/running.ts'
import { runShown } from '../runs/shown.ts'
import { carryOut, mayStill } from './carrying-out.ts'
import { endRequest, requestById, stateOf, type RequestRow } from './queries.ts'
import { requestShown } from './shown.ts'

export function executingHandlers(parts: Parts, running: Running): CentralHandler[] {
  return [
    handle(
      executeSql,
      async (ctx, { params: { id }, body: { runId } }) => {
        const { request, run } = await agreedOn(parts, ctx, id, runId)
        const carried = await carryOut(parts, running, ctx, { request, run })
        return { ...carried, tenantId: run.tenantId }
      },
      async (ctx, { params: { id } }, { executionId, text, tenantId, performed }) => {
        const outcome = performed?.outcome
        // Of what is not known yet the schedule finds out, and tells; of what cannot be told here, too.
        if (outcome === 'executed' || outcome === 'failed')
          await endRequest(ctx.db, id, outcome, ctx.clock.now())
        const row = found(await requestById(ctx.db, id))
        const run = found(await runById(ctx.db, executionId))
        ctx.record({
          object: 'sql_request',
          id,
          tenant: tenantId ?? undefined,
          reason: row.reason,
          ticket: row.ticket || undefined,
          // What rolled back has not been done, whoever was answered.
          ...(run.status !== 'executed' && {
            result: run.status === 'running' || run.status === 'lost' ? 'intended' : 'failed',
          }),
          after: {
            run: executionId,
            status: run.status,
            code: run.code,
            effects: run.effects,
            receipt: row.receipt.toString('hex'),
            approvedBy: row.decidedBy,
            ...text,
          },
        })
        return { request: await requestShown(parts, ctx.db, row), run: await runShown(parts, run) }
      },
    ),
  ]
}

/** @throws what is missing of a request that may be executed now, and of the simulation it is executed with */
async function agreedOn(
  { db }: Parts,
  { actor, clock }: Before,
  id: string,
  runId: string,
): Promise<{ request: RequestRow; run: RunRow }> {
  const now = clock.now()
  const request = found(await requestById(db, id))
  const state = stateOf(request, now)
  if (request.staffId !== actor.staffId) throw refuse(noReceipt)
  if (state !== 'approved') throw refuse(requestNotNow, { details: { state } })
  const run = await runById(db, runId)
  if (run?.staffId !== actor.staffId || !run.receipt || !run.receiptUntil || run.receiptUsedAt)
    throw refuse(noReceipt)
  if (!run.receipt.equals(request.receipt)) throw refuse(receiptOther)
  if (run.receiptUntil <= now) throw refuse(receiptOld)
  if (!(await mayStill(db, request.decidedBy, 'sql.approve'))) throw refuse(approverGone)
  return { request, run }
}
