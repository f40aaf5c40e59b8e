/** Executing what was simulated: asked with a reason, approved by somebody else, run once, and undone if need be. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, text } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { oneAtATime, SqlRun, SqlRunLine } from './runs.ts'
import { targetNotReady } from './targets.ts'

/** There is no such simulation of one's own, or it changes nothing, failed, or was used. */
export const noReceipt = refusal('sql_no_receipt')
/** It is older than ten minutes: simulate again; where it would do the same, the approval stands. */
export const receiptOld = refusal('sql_receipt_old')
/** It would not do what was approved: another text, target, schema, or other rows. */
export const receiptOther = refusal('sql_receipt_other')
/** It is not in the state this is done in; `details.state`. */
export const requestNotNow = refusal('sql_request_not_now')
/** Two people are needed, and who wrote it is one of them. */
export const notYourOwnSql = refusal('sql_not_your_own', 403)
/** Whoever approved it may not any more: somebody else has to. */
export const approverGone = refusal('sql_approver_gone')
/** It changes more rows than can be kept for an undo; `details.most`. */
export const tooManyToKeep = refusal('sql_too_many_to_keep')
/** Of the schema, of central: by a release alone. */
export const notExecutedHere = refusal('sql_not_executed_here')
/** It writes what is masked where it would be masked no more. */
export const spreadsValues = refusal('sql_spreads_values')
/** It was undone, is older than thirty days, or kept nothing to go back by. */
export const nothingToUndo = refusal('sql_nothing_to_undo')

export const RequestState = z.enum([
  'waiting',
  'approved',
  'refused',
  'withdrawn',
  'lapsed',
  'running',
  'executed',
  'failed',
  /** Its process died, and its database was moved or deleted before it could be asked. */
  'unknown',
  'undone',
  /** Undone, and the way back was undone in its turn: what it did is in place again. */
  'restored',
])
export type RequestState = z.infer<typeof RequestState>

const person = z.object({ id: Id, name: z.string() })

export const SqlRequest = z.object({
  id: Id,
  state: RequestState,
  run: SqlRunLine,
  /** Of the effects that were approved, and of the text. */
  receipt: z.string(),
  reason: z.string(),
  ticket: z.string(),
  by: person,
  askedAt: Instant,
  /** Without an approval, or after it, by then it is over. */
  lapsesAt: Instant,
  decidedBy: person.nullable(),
  decidedAt: Instant.nullable(),
  /** What whoever decided said. */
  remark: z.string(),
  /** Once it ran. */
  execution: SqlRunLine.nullable(),
  /** Until when it can be undone; null where it cannot. */
  undoUntil: Instant.nullable(),
  /** Of an undo: of which request. */
  undoes: Id.nullable(),
  /** Of an undo of an undo: the request that is in place again by it. */
  restores: Id.nullable(),
  /** By which request it was undone. */
  undoneBy: Id.nullable(),
  /** Where it is in place again all the same: by which. It is undone once more by undoing that one. */
  restoredBy: Id.nullable(),
})
export type SqlRequest = z.infer<typeof SqlRequest>

const staff = { realm: 'staff', about: 'sql_request', touches: ['sql'] } as const
const one = z.object({ id: Id })

export const askSqlExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/requests',
  may: 'sql.execute',
  records: 'sql_execution.asked',
  stepUp: true,
  summary: 'Asks that what was simulated be executed; somebody else has to approve',
  input: { body: z.object({ runId: Id, reason: line(500).min(10), ticket: line(60).default('') }) },
  output: SqlRequest,
  status: 201,
  refusals: [noReceipt, receiptOld, tooManyToKeep, notExecutedHere, spreadsValues],
})

const decision = { params: one, body: z.object({ remark: text(500).default('') }) }

export const approveSqlExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/requests/:id/approval',
  may: 'sql.approve',
  records: 'sql_execution.approved',
  stepUp: true,
  summary: 'Agrees, as the second person, having seen what it would do',
  input: { params: one, body: z.object({ remark: text(500).default(''), receipt: z.string().max(100) }) },
  output: SqlRequest,
  refusals: [requestNotNow, notYourOwnSql, receiptOther],
})

export const refuseSqlExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/requests/:id/refusal',
  may: 'sql.approve',
  records: 'sql_execution.refused',
  stepUp: false,
  summary: 'Says no, and why',
  input: decision,
  output: SqlRequest,
  refusals: [requestNotNow, notYourOwnSql],
})

export const withdrawSqlExecution = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/requests/:id/withdrawal',
  may: 'sql.execute',
  records: 'sql_execution.given_up',
  stepUp: false,
  summary: 'Takes back what one asked for and has not executed',
  input: { params: one },
  output: SqlRequest,
  refusals: [requestNotNow],
})

export const executeSql = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/requests/:id/execution',
  may: 'sql.execute',
  records: 'sql.executed',
  stepUp: true,
  summary:
    'Executes what was approved, with a simulation of one’s own younger than ten minutes that would do the same',
  input: { params: one, body: z.object({ runId: Id }) },
  output: z.object({ request: SqlRequest, run: SqlRun }),
  refusals: [requestNotNow, noReceipt, receiptOld, receiptOther, approverGone, oneAtATime, targetNotReady],
})

/** The way back, simulated like anything else: it refuses rows that were changed since. */
export const simulateSqlUndo = endpoint({
  ...staff,
  method: 'POST',
  path: '/sql/requests/:id/undo',
  may: 'sql.simulate',
  records: 'sql.undo_tried_out',
  stepUp: false,
  summary: 'Simulates the way back from what was executed; its receipt is executed as any other',
  input: { params: one, body: z.object({ id: Id }) },
  output: SqlRun,
  refusals: [nothingToUndo, oneAtATime, targetNotReady],
})

/** One's own, and for whoever approves all of them. */
export const listSqlRequests = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/requests',
  may: 'sql.read',
  summary: 'Executions asked for, the latest first',
  input: { query: z.object({ ...pageQuery, state: RequestState.optional() }) },
  output: pageOf(SqlRequest),
  refreshedBy: ['sql'],
})

export const getSqlRequest = endpoint({
  realm: 'staff',
  method: 'GET',
  path: '/sql/requests/:id',
  may: 'sql.read',
  summary: 'One of them, with the report that is approved',
  input: { params: one },
  output: SqlRequest.extend({ report: SqlRun, executed: SqlRun.nullable() }),
  refreshedBy: ['sql'],
})
