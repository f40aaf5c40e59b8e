/** Requests to execute. Each step is one statement that says from which state it goes: of two at once one goes on. */
import type { RequestState } from '#contract/sql-console'
import { sql, type Tables } from '#platform/server/db.ts'

export type Db = Tables<'sqlRuns' | 'sqlRequests'>

/** An approval that nobody used by then is over. */
export const lapsesAfterMs = 24 * 3_600_000
export const undoneWithinMs = 30 * 24 * 3_600_000

export type RequestRow = {
  id: string
  runId: string
  staffId: string
  staffName: string
  tenantId: string | null
  receipt: Buffer
  undoes: string | null
  reason: string
  ticket: string
  askedAt: Date
  lapsesAt: Date
  decidedBy: string | null
  deciderName: string | null
  decidedAt: Date | null
  remark: string
  begunAt: Date | null
  xid: string | null
  executionId: string | null
  endedAt: Date | null
  outcome: 'refused' | 'withdrawn' | 'executed' | 'failed' | 'unknown' | null
  undoSealed: Buffer | null
  undoUntil: Date | null
  undoneBy: string | null
  /** How often what it did was undone and put in place again, both counted, and by which the last time. */
  turns: number
  lastTurnBy: string | null
  /** What it undoes had undone this. */
  restores: string | null
}

const columns = sql`q.id, q.run_id as "runId", q.staff_id as "staffId", s.first_name || ' ' || s.last_name as "staffName",
  r.tenant_id as "tenantId", q.receipt, q.undoes, q.reason, q.ticket, q.asked_at as "askedAt", q.lapses_at as "lapsesAt",
  q.decided_by as "decidedBy", d.first_name || ' ' || d.last_name as "deciderName", q.decided_at as "decidedAt", q.remark,
  q.begun_at as "begunAt", q.xid, q.execution_id as "executionId", q.ended_at as "endedAt", q.outcome,
  q.undo_sealed as "undoSealed", q.undo_until as "undoUntil", q.undone_by as "undoneBy",
  cardinality(t.turns) as turns, t.turns[cardinality(t.turns)] as "lastTurnBy", u.undoes as restores`
/** Who undid it, who undid that, and so on. */
export const turnsOf = sql`(with recursive turn (by, n) as (
    select q.undone_by, 1 where q.undone_by is not null
    union all select o.undone_by, turn.n + 1 from turn join sql_requests o on o.id = turn.by where o.undone_by is not null)
  select coalesce(array_agg(by order by n), '{}') from turn)`
const from = sql`sql_requests q join sql_runs r on r.id = q.run_id join staff_members s on s.id = q.staff_id
  left join staff_members d on d.id = q.decided_by left join sql_requests u on u.id = q.undoes
  cross join lateral (select ${turnsOf} as turns) t`

export function stateOf(row: RequestRow, now: Date): RequestState {
  if (row.outcome === 'executed')
    return row.turns === 0 ? 'executed' : row.turns % 2 === 1 ? 'undone' : 'restored'
  if (row.outcome) return row.outcome
  if (row.begunAt) return 'running'
  if (row.lapsesAt <= now) return 'lapsed'
  return row.decidedBy ? 'approved' : 'waiting'
}

/** The same, where the database looks for them. */
const isIn = (state: RequestState, now: Date) =>
  ({
    executed: sql<boolean>`q.outcome = 'executed' and q.undone_by is null`,
    undone: sql<boolean>`q.outcome = 'executed' and cardinality(t.turns) % 2 = 1`,
    restored: sql<boolean>`q.outcome = 'executed' and q.undone_by is not null and cardinality(t.turns) % 2 = 0`,
    refused: sql<boolean>`q.outcome = 'refused'`,
    withdrawn: sql<boolean>`q.outcome = 'withdrawn'`,
    failed: sql<boolean>`q.outcome = 'failed'`,
    unknown: sql<boolean>`q.outcome = 'unknown'`,
    running: sql<boolean>`q.outcome is null and q.begun_at is not null`,
    lapsed: sql<boolean>`q.outcome is null and q.begun_at is null and q.lapses_at <= ${now}`,
    approved: sql<boolean>`q.outcome is null and q.begun_at is null and q.lapses_at > ${now} and q.decided_by is not null`,
    waiting: sql<boolean>`q.outcome is null and q.begun_at is null and q.lapses_at > ${now} and q.decided_by is null`,
  })[state]

export async function requestById(
  db: Db,
  id: string,
  how: { lock?: boolean } = {},
): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${from} where q.id = ${id}
    ${how.lock ? sql`for update of q` : sql``}`.execute(db)
  return rows[0]
}

export type Filter = { staffId?: string | undefined; state?: RequestState | undefined; now: Date }

/** Those of an execution in many practices are told with it. */
const matching = ({ staffId, state, now }: Filter) => sql<boolean>`r.fleet_id is null
  ${staffId === undefined ? sql`` : sql`and q.staff_id = ${staffId}`}
  ${state === undefined ? sql`` : sql`and ${isIn(state, now)}`}`

/** The latest first. */
export async function requestsPage(
  db: Db,
  filter: Filter,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${from} where ${matching(filter)}
    ${after ? sql`and (q.asked_at, q.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by q.asked_at desc, q.id desc limit ${limit}`.execute(db)
  return rows
}

export async function requestsCounted(db: Db, filter: Filter, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from ${from} where ${matching(filter)} limit ${most + 1}) counted`.execute(db)
  return rows[0]?.count ?? 0
}

export async function insertRequest(
  db: Db,
  asked: Pick<
    RequestRow,
    'id' | 'runId' | 'staffId' | 'receipt' | 'undoes' | 'reason' | 'ticket' | 'askedAt' | 'lapsesAt'
  >,
): Promise<void> {
  await db.insertInto('sqlRequests').values(asked).execute()
}

export async function decide(
  db: Db,
  id: string,
  { by, at, agreed, remark }: { by: string; at: Date; agreed: boolean; remark: string },
): Promise<void> {
  await db
    .updateTable('sqlRequests')
    .set({ decidedBy: by, decidedAt: at, remark, ...(agreed ? {} : { outcome: 'refused', endedAt: at }) })
    .where('id', '=', id)
    .execute()
}

export async function endRequest(
  db: Db,
  id: string,
  outcome: NonNullable<RequestRow['outcome']>,
  at: Date,
): Promise<void> {
  await db
    .updateTable('sqlRequests')
    .set({ outcome, endedAt: at, ...(outcome === 'executed' ? {} : { undoSealed: null, undoUntil: null }) })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute()
  if (outcome === 'executed')
    await sql`update sql_requests set undone_by = ${id} where id = (select undoes from sql_requests where id = ${id})`.execute(
      db,
    )
}

/**
 * The only place where an execution begins: of two who ask at once one does, and a receipt is used once, whatever comes of it.
 * @returns false when somebody else was faster
 */
export async function beginExecution(
  db: Db,
  { id, runId, executionId, now }: { id: string; runId: string; executionId: string; now: Date },
): Promise<boolean> {
  const begun = await db
    .updateTable('sqlRequests')
    .set({ begunAt: now, executionId })
    .where('id', '=', id)
    .where('begunAt', 'is', null)
    .where('outcome', 'is', null)
    .where('decidedBy', 'is not', null)
    .where('lapsesAt', '>', now)
    .executeTakeFirst()
  if (begun.numUpdatedRows !== 1n) return false
  const used = await db
    .updateTable('sqlRuns')
    .set({ receiptUsedAt: now })
    .where('id', '=', runId)
    .where('receiptUsedAt', 'is', null)
    .where('receiptUntil', '>', now)
    .executeTakeFirst()
  return used.numUpdatedRows === 1n
}

export async function setBeforeCommit(
  db: Db,
  id: string,
  kept: { xid: string; undoSealed: Buffer; undoUntil: Date },
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('sqlRequests')
    .set(kept)
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .where('begunAt', 'is not', null)
    .where('xid', 'is', null)
    .executeTakeFirst()
  // Somebody said already that it failed: nothing is committed after that.
  if (numUpdatedRows !== 1n) throw new Error('what became of it was found out before it was done')
}

/** Those of which nobody told what became of them. */
export async function begunAndNotEnded(db: Db, before: Date): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${from}
    where q.begun_at < ${before} and q.outcome is null`.execute(db)
  return rows
}

/** What can be undone no more keeps no rows. */
export async function forgetUndos(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('sqlRequests')
    .set({ undoSealed: null })
    .where('undoUntil', '<=', now)
    .where('undoSealed', 'is not', null)
    .execute()
}
