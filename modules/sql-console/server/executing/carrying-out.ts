/** Carrying out what was approved: begun in the log before anything is done, and committed only if it does what was simulated. */
import { approverGone, noReceipt, receiptOther, requestNotNow, type TargetId } from '#contract/sql-console'
import { rightsOf } from '#server/access'
import type { CentralDb } from '#platform/server/db.ts'
import { Platform } from '#platform/server/errors.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { found, refuse } from '#platform/server/requests.ts'
import type { Parts, Ways } from '../parts.ts'
import { keepingOf, reportPlace, textPlace, undoPlace, type Typed } from '../runs/keeping.ts'
import { logged, whole } from '../runs/logged.ts'
import { waysNow } from '../runs/once-more.ts'
import type { RunRow } from '../runs/queries.ts'
import { during, maskedReport, type Ended, type KeptReport, type Running, type Who } from '../runs/running.ts'
import type { Script } from '../simulating/simulating.ts'
import { readApart } from '../statements/reading-apart.ts'
import { perform, whereIs, type Agreed, type Performed } from './performing.ts'
import { beginExecution, endRequest, setBeforeCommit, undoneWithinMs, type RequestRow } from './queries.ts'
import { undoScript } from './undoing.ts'

export type Order = {
  request: Pick<RequestRow, 'id' | 'receipt' | 'reason' | 'ticket' | 'decidedBy'>
  /** The simulation it is executed with: its receipt is the request's. */
  run: RunRow
  /** Where it is one of many. */
  among?: {
    fleetId: string
    /** In the transaction in which it begins: what this throws keeps it from beginning. */
    beginning(transaction: CentralDb): Promise<void>
    /** Before COMMIT is sent: what this throws rolls back. */
    committing(): Promise<void>
    signal: AbortSignal
  }
}

export type Carried = {
  executionId: string
  /** As it may stand in the log. */
  text: { text: string; characters: number; digest: string }
  /** Undefined: somebody else was told of it already. */
  performed: Performed | undefined
}

/** @throws what keeps it from beginning, and what rolled it back but was no failure of the text */
export async function carryOut(
  parts: Parts,
  running: Running,
  who: Who,
  { request, run, among }: Order,
): Promise<Carried> {
  const { id } = request
  const executionId = uuidv7(who.clock.now().getTime())
  const keeping = await keepingOf(parts, run.tenantId)
  const typed = found(keeping.open<Typed>(run.textSealed, textPlace(run.id)))
  const { script, told } = await scriptOf(parts, run, typed)
  const text = { ...told, ...whole(typed.text, run.digest) }
  const target = run.tenantId ?? 'central'
  // Asked before it begins: an approval of another schema stays what it is, and nothing is used up.
  const ways = await waysNow(parts, target, 'console')
  const kept = keeping.open<KeptReport>(run.reportSealed, reportPlace(run.id))
  if (!kept?.turn || ways.schemaVersion !== run.schemaVersion) throw refuse(receiptOther)
  const effects = kept.turn
  const asked = { id: executionId, target, ticket: request.ticket, mode: 'execute', ...typed } as const
  let hasBegun = false
  let performed: Performed | undefined
  await during(
    parts,
    running,
    who,
    { ...asked, digest: run.digest, ...(among && { fleetId: among.fleetId }) },
    null,
    async (calledOff) => {
      await parts.db.transaction().execute(async (transaction: CentralDb) => {
        const now = who.clock.now()
        if (!(await mayStill(transaction, request.decidedBy, 'sql.approve'))) throw refuse(approverGone)
        await among?.beginning(transaction)
        if (!(await beginExecution(transaction, { id, runId: run.id, executionId, now })))
          throw refuse(requestNotNow, { details: { state: 'running' } })
        // Who cannot be written down does nothing.
        await parts.audit.writeDownAs(transaction, {
          verb: 'sql_execution.started',
          staffId: who.actor.staffId,
          label: who.actor.name,
          object: 'sql_request',
          id,
          tenant: run.tenantId ?? undefined,
          reason: request.reason,
          after: {
            run: executionId,
            receipt: request.receipt.toString('hex'),
            approvedBy: request.decidedBy,
            ...(among && { fleet: among.fleetId }),
            ...text,
          },
        })
      })
      hasBegun = true
      const agreed: Agreed = {
        effects,
        schemaVersion: run.schemaVersion,
        async beforeCommit(xid, rows) {
          // It may have taken a while: whoever lost the right meanwhile has nothing committed.
          if (!(await mayStill(parts.db, request.decidedBy, 'sql.approve'))) throw refuse(approverGone)
          if (!(await mayStill(parts.db, who.actor.staffId, 'sql.execute')))
            throw new Platform('forbidden', { details: { permission: 'sql.execute' } })
          const undoSealed = await keeping.seal(rows, undoPlace(id))
          await among?.committing()
          await setBeforeCommit(parts.db, id, {
            xid: whereIs(ways, xid),
            undoSealed,
            undoUntil: new Date(who.clock.now().getTime() + undoneWithinMs),
          })
        },
      }
      const signal = among ? AbortSignal.any([calledOff, among.signal]) : calledOff
      performed = await perform(ways, script, agreed, signal)
      const ended = await endedAs(parts, target, ways, script, performed)
      return { ...ended, schemaVersion: ways.schemaVersion }
    },
  ).catch(async (error: unknown) => {
    // Whatever was thrown before COMMIT was sent rolled back; what came after is found out by the schedule.
    if (hasBegun && !performed) await endRequest(parts.db, id, 'failed', who.clock.now())
    throw error
  })
  return { executionId, text, performed }
}

export async function mayStill(
  db: Parts['db'],
  staffId: string | null,
  permission: 'sql.approve' | 'sql.execute',
): Promise<boolean> {
  if (staffId === null) return false
  const person = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('suspendedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return person !== undefined && (await rightsOf(db, staffId)).permissions.has(permission)
}

/** What was simulated, read and judged anew; of an undo what was kept. */
async function scriptOf(
  parts: Parts,
  run: RunRow,
  { text, parameters }: Typed,
): Promise<{ script: Script; told: { text: string } }> {
  if (run.undoes) {
    const { script, digest, standsFor } = await undoScript(parts, run.undoes)
    if (!digest.equals(run.digest)) throw refuse(receiptOther)
    return { script, told: { text: standsFor } }
  }
  const found_ = await readApart(text)
  if (!('statements' in found_) || found_.statements.some(({ refusals }) => refusals.length))
    throw refuse(noReceipt)
  return {
    script: { statements: found_.statements, parameters },
    told: logged(run.tenantId, { parameters }, found_),
  }
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
