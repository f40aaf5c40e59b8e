/** The rows of what ran. Texts and reports are sealed before they come here. */
import type { Effects, Mode, RunStatus, TargetId } from '#contract/sql-console'
import { sql, type Tables } from '#platform/server/db.ts'

export type Db = Tables<'sqlRuns' | 'sqlRequests'>

export type NewRun = {
  id: string
  staffId: string
  tenantId: string | null
  mode: Mode
  ticket: string
  digest: Buffer
  textSealed: Buffer
  startedAt: Date
  /** Of an undo: of which request. */
  undoes: string | null
  /** Of which execution in many practices: its runs are told there, and nowhere among one's own. */
  fleetId: string | null
}

/** Longer than anything runs: what is older was left by a process that died. */
const longestMs = 120_000

/** @returns what stands in the way of it */
export async function insertRun(
  db: Db,
  run: NewRun,
): Promise<{ running: string } | { known: true } | undefined> {
  await loseOld(db, new Date(run.startedAt.getTime() - longestMs), run.staffId)
  const inserted = await db
    .insertInto('sqlRuns')
    .values(run)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 1n) return undefined
  const other = await db
    .selectFrom('sqlRuns')
    .where('staffId', '=', run.staffId)
    .where('status', '=', 'running')
    .where('id', '<>', run.id)
    .select('id')
    .executeTakeFirst()
  return other ? { running: other.id } : { known: true }
}

/** Runs that nobody runs any more. What became of an execution is found out of its request. */
export async function loseOld(db: Db, before: Date, staffId?: string): Promise<void> {
  await db
    .updateTable('sqlRuns')
    .set({ status: 'lost', endedAt: before })
    .where('status', '=', 'running')
    .where('startedAt', '<', before)
    .$if(staffId !== undefined, (query) => query.where('staffId', '=', staffId ?? ''))
    .execute()
}

/** Said to whichever process runs it. */
export async function cancelRun(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable('sqlRuns')
    .set({ cancelAskedAt: at })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute()
}

export async function isCancelled(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('sqlRuns')
    .where('id', '=', id)
    .where('cancelAskedAt', 'is not', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export type Ended = {
  status: Exclude<RunStatus, 'running'>
  endedAt: Date
  tookMs: number
  rowCount: number | null
  effects: Effects
  code: string | null
  schemaVersion: number | null
  reportSealed: Buffer | null
  receipt: Buffer | null
  receiptUntil: Date | null
}

export async function endRun(db: Db, id: string, { effects, ...ended }: Ended): Promise<void> {
  await db
    .updateTable('sqlRuns')
    .set({ ...ended, effects: JSON.stringify(effects) })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute()
}

export type RunRow = Omit<NewRun, 'startedAt'> &
  Omit<Ended, 'status' | 'endedAt' | 'tookMs'> & {
    status: RunStatus
    staffName: string
    tenantName: string | null
    startedAt: Date
    endedAt: Date | null
    tookMs: number | null
    receiptUsedAt: Date | null
    unmaskingId: string | null
  }

const columns = sql`r.id, r.staff_id as "staffId", s.first_name || ' ' || s.last_name as "staffName", r.tenant_id as "tenantId",
  t.name as "tenantName", r.mode, r.status, r.ticket, r.digest, r.text_sealed as "textSealed", r.report_sealed as "reportSealed",
  r.schema_version as "schemaVersion", r.started_at as "startedAt", r.ended_at as "endedAt", r.took_ms as "tookMs",
  r.row_count as "rowCount", r.effects, r.code, r.receipt, r.receipt_until as "receiptUntil", r.receipt_used_at as "receiptUsedAt", r.undoes,
  r.unmasking_id as "unmaskingId", r.fleet_id as "fleetId"`
const from = sql`sql_runs r join staff_members s on s.id = r.staff_id left join tenants t on t.id = r.tenant_id`

export async function runById(db: Db, id: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`select ${columns} from ${from} where r.id = ${id}`.execute(db)
  return rows[0]
}

export type Filter = {
  staffId: string
  target?: TargetId | undefined
  mode?: Mode | undefined
  status?: RunStatus | undefined
}

const matching = ({
  staffId,
  target,
  mode,
  status,
}: Filter) => sql<boolean>`r.staff_id = ${staffId} and r.fleet_id is null
  ${target === undefined ? sql`` : target === 'central' ? sql`and r.tenant_id is null` : sql`and r.tenant_id = ${target}`}
  ${mode === undefined ? sql`` : sql`and r.mode = ${mode}`}
  ${status === undefined ? sql`` : sql`and r.status = ${status}`}`

/** The latest first. */
export async function runsPage(
  db: Db,
  filter: Filter,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`select ${columns} from ${from} where ${matching(filter)}
    ${after ? sql`and (r.started_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by r.started_at desc, r.id desc limit ${limit}`.execute(db)
  return rows
}

export async function runsCounted(db: Db, filter: Filter, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from sql_runs r where ${matching(filter)} limit ${most + 1}) counted`.execute(db)
  return rows[0]?.count ?? 0
}

/** Somebody asked for it to be executed: then whoever approves may look at it. */
export async function isAskedFor(db: Db, runId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sqlRequests')
    .where((where) => where.or([where('runId', '=', runId), where('executionId', '=', runId)]))
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

const isAsked = sql<boolean>`exists (select from sql_requests q where r.id in (q.run_id, q.execution_id))`

export async function forgetOld(db: Db, before: Date): Promise<void> {
  await sql`delete from sql_runs r where started_at < ${before} and not ${isAsked}`.execute(db)
}

/** Of one practice and of many. */
export async function forgetReports(db: Db, before: Date): Promise<void> {
  await sql`update sql_runs set report_sealed = null where started_at < ${before} and report_sealed is not null`.execute(
    db,
  )
  await sql`update sql_fleet_runs r set report_sealed = null from sql_fleets f
    where f.id = r.fleet_id and f.asked_at < ${before} and r.report_sealed is not null`.execute(db)
}

export async function forgetTexts(db: Db, before: Date): Promise<void> {
  await sql`update sql_runs set text_sealed = '' where started_at < ${before} and text_sealed <> ''`.execute(
    db,
  )
  await sql`update sql_fleets set text_sealed = '' where asked_at < ${before} and text_sealed <> ''`.execute(
    db,
  )
}
