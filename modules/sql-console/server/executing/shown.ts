/** Requests as the contract shows them. */
import type { SqlRequest } from '#contract/sql-console'
import { found } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { runById } from '../runs/queries.ts'
import { lineShown, runShown } from '../runs/shown.ts'
import { stateOf, type Db, type RequestRow } from './queries.ts'

export async function requestShown(parts: Parts, db: Db, row: RequestRow): Promise<SqlRequest> {
  const now = parts.clock.now()
  const state = stateOf(row, now)
  const run = found(await runById(db, row.runId))
  const execution = row.executionId === null ? undefined : await runById(db, row.executionId)
  return {
    id: row.id,
    state,
    run: await lineShown(parts, run),
    receipt: row.receipt.toString('hex'),
    reason: row.reason,
    ticket: row.ticket,
    by: { id: row.staffId, name: row.staffName },
    askedAt: row.askedAt.toISOString(),
    lapsesAt: row.lapsesAt.toISOString(),
    decidedBy: row.decidedBy === null ? null : { id: row.decidedBy, name: row.deciderName ?? '' },
    decidedAt: row.decidedAt?.toISOString() ?? null,
    remark: row.remark,
    execution: execution ? await lineShown(parts, execution) : null,
    undoUntil: mayBeUndone(row, now) ? (row.undoUntil?.toISOString() ?? null) : null,
    undoes: row.undoes,
    restores: row.restores,
    undoneBy: row.undoneBy,
    restoredBy: state === 'restored' ? row.lastTurnBy : null,
  }
}

export async function requestWithReports(parts: Parts, db: Db, row: RequestRow) {
  const run = found(await runById(db, row.runId))
  const execution = row.executionId === null ? undefined : await runById(db, row.executionId)
  return {
    ...(await requestShown(parts, db, row)),
    report: await runShown(parts, run),
    executed: execution ? await runShown(parts, execution) : null,
  }
}

export const mayBeUndone = ({ outcome, undoneBy, undoSealed, undoUntil }: RequestRow, now: Date): boolean =>
  outcome === 'executed' && undoneBy === null && undoSealed !== null && undoUntil !== null && undoUntil > now
