/** Executing what was approved: once, with a fresh receipt that says the same, and only if it does the same. */
import {
  approverGone,
  executeSql,
  noReceipt,
  receiptOld,
  receiptOther,
  requestNotNow,
  type TargetId,
} from '#contract/sql-console'
import { rightsOf } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, handle, refuse, type Before, type CentralHandler } from '#platform/server/requests.ts'
import type { Parts, Ways } from '../parts.ts'
import { keepingOf, reportPlace, textPlace, undoPlace, type Typed } from '../runs/keeping.ts'
import { runById, type RunRow } from '../runs/queries.ts'
import type { effectsInTurn } from '../runs/receipts.ts'
import { during, maskedReport, type Ended, type KeptReport, type Running } from '../runs/running.ts'
import { runShown } from '../runs/shown.ts'
import type { Script } from '../simulating/simulating.ts'
import { readApart } from '../statements/reading-apart.ts'
import { perform, whereIs, type Agreed, type Performed } from './performing.ts'
import {
  beginExecution,
  endRequest,
  requestById,
  setBeforeCommit,
  stateOf,
  undoneWithinMs,
  type RequestRow,
} from './queries.ts'
import { requestShown } from './shown.ts'
import { undoScript } from './undoing.ts'

export function executingHandlers(parts: Parts, running: Running): CentralHandler[] {
  return [
    handle(
      executeSql,
      async (ctx, { params: { id }, body: { runId } }) => {
        const { request, run } = await agreedOn(parts, ctx, id, runId)
        const executionId = uuidv7(ctx.clock.now().getTime())
        const keeping = await keepingOf(parts, run.tenantId)
        const typed = found(keeping.open<Typed>(run.textSealed, textPlace(run.id)))
        const { script, wordless } = await scriptOf(parts, run, typed)
        const target = run.tenantId ?? 'central'
        const ways = await parts.doorsOf(target, 'console')
        const kept = keeping.open<KeptReport & { turn?: ReturnType<typeof effectsInTurn> }>(
          run.reportSealed,
          reportPlace(run.id),
        )
        if (!kept?.turn || ways.schemaVersion !== run.schemaVersion) throw refuse(receiptOther)
        const effects = kept.turn
        let hasBegun = false
        let performed: Performed | undefined
        await during(
          parts,
          running,
          ctx,
          {
            id: executionId,
            target,
            ticket: request.ticket,
            mode: 'execute',
            digest: run.digest,
            ...typed,
          },
          null,
          async (signal) => {
            await parts.db.transaction().execute(async (transaction: CentralDb) => {
              const now = ctx.clock.now()
              if (!(await mayStillApprove(transaction, request.decidedBy))) throw refuse(approverGone)
              if (!(await beginExecution(transaction, { id, runId, executionId, now })))
                throw refuse(requestNotNow, { details: { state: 'running' } })
              // Who cannot be written down does nothing.
              await parts.audit.writeDownAs(transaction, {
                verb: 'sql_execution.started',
                staffId: ctx.actor.staffId,
                label: ctx.actor.name,
                object: 'sql_request',
                id,
                tenant: run.tenantId ?? undefined,
                reason: request.reason,
                after: {
                  run: executionId,
                  receipt: request.receipt.toString('hex'),
                  approvedBy: request.decidedBy,
                  ...(run.tenantId || run.undoes ? { text: wordless } : typed),
                },
              })
            })
            hasBegun = true
            const agreed: Agreed = {
              effects,
              schemaVersion: run.schemaVersion,
              beforeCommit: async (xid, rows) =>
                setBeforeCommit(parts.db, id, {
                  xid: whereIs(ways, xid),
                  undoSealed: await keeping.seal(rows, undoPlace(id)),
                  undoUntil: new Date(ctx.clock.now().getTime() + undoneWithinMs),
                }),
            }
            performed = await perform(ways, script, agreed, signal)
            const ended = await endedAs(parts, target, ways, script, performed)
            return { ...ended, schemaVersion: ways.schemaVersion }
          },
        ).catch(async (error: unknown) => {
          // Whatever was thrown before COMMIT was sent rolled back; what came after is found out by the schedule.
          if (hasBegun && !performed) await endRequest(parts.db, id, 'failed', ctx.clock.now())
          throw error
        })
        const text = run.tenantId || run.undoes ? { text: wordless } : typed
        return { executionId, text, tenantId: run.tenantId, outcome: performed?.outcome }
      },
      async (ctx, { params: { id } }, { executionId, text, tenantId, outcome }) => {
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
  if (!(await mayStillApprove(db, request.decidedBy))) throw refuse(approverGone)
  return { request, run }
}

async function mayStillApprove(db: Parts['db'], staffId: string | null): Promise<boolean> {
  if (staffId === null) return false
  const person = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('suspendedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return person !== undefined && (await rightsOf(db, staffId)).permissions.has('sql.approve')
}

/** What was simulated, read and judged anew; of an undo what was kept. */
async function scriptOf(
  parts: Parts,
  run: RunRow,
  { text, parameters }: Typed,
): Promise<{ script: Script; wordless: string }> {
  if (run.undoes) {
    const { script, digest, standsFor } = await undoScript(parts, run.undoes)
    if (!digest.equals(run.digest)) throw refuse(receiptOther)
    return { script, wordless: standsFor }
  }
  const found_ = await readApart(text)
  if (!('statements' in found_) || found_.statements.some(({ refusals }) => refusals.length))
    throw refuse(noReceipt)
  return { script: { statements: found_.statements, parameters }, wordless: found_.wordless }
}

/** As a simulation would have told it; what an execution gave is read in a simulation. */
async function endedAs(
  parts: Parts,
  target: TargetId,
  ways: Ways,
  script: Script,
  performed: Performed,
): Promise<Ended> {
  if (performed.outcome === 'unknown') return { status: 'lost', problems: [], report: null }
  const failure = performed.outcome === 'failed' ? performed.failure : undefined
  // Whatever goes wrong with telling it changes nothing of what became of it.
  const report = await maskedReport(parts, target, ways, script, {
    ...performed.done,
    ...(failure && { failure }),
    status: failure ? 'failed' : 'simulated',
    residue: { sequences: [], deadRows: 0 },
    proof: { xid: '', status: '', unchanged: false },
    took: 0,
  }).catch((error: unknown) => {
    parts.log.error({ err: error }, 'what an execution did could not be told')
    return null
  })
  return { status: performed.outcome, problems: [], report }
}
