/**
 * How far an execution in many practices has come. Each step says from which state it goes: of two at once one goes on, and what is
 * committed in a practice holds the fleet's row still until it is over, so that nothing is committed after a stop.
 */
import type { FleetDrift, FleetStop } from '#contract/sql-console'
import type { QueryExecutorProvider } from 'kysely'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Db } from './queries.ts'

export type Asked = {
  receipt: Buffer
  reason: string
  ticket: string
  requestedAt: Date
  lapsesAt: Date
  automatic: boolean
}

/** @param waves of each practice that is not left out */
export async function askExecution(
  db: Db,
  id: string,
  asked: Asked,
  waves: readonly { tenantId: string; wave: number }[],
): Promise<void> {
  await db
    .updateTable('sqlFleets')
    .set({ ...asked, execution: 'asked', wave: 0 })
    .where('id', '=', id)
    .execute()
  await sql`update sql_fleet_runs r set wave = w.wave, execution = 'waiting'
    from jsonb_to_recordset(${JSON.stringify(waves)}::jsonb) as w ("tenantId" uuid, wave integer)
    where r.fleet_id = ${id} and r.tenant_id = w."tenantId"`.execute(db)
}

export async function decideExecution(
  db: Db,
  id: string,
  { by, at, agreed, remark }: { by: string; at: Date; agreed: boolean; remark: string },
): Promise<void> {
  await db
    .updateTable('sqlFleets')
    .set({ decidedBy: by, decidedAt: at, remark, execution: agreed ? 'approved' : 'refused' })
    .where('id', '=', id)
    .execute()
}

export async function withdrawExecution(db: Db, id: string): Promise<void> {
  await db.updateTable('sqlFleets').set({ execution: 'withdrawn' }).where('id', '=', id).execute()
}

export async function startExecution(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable('sqlFleets')
    .set({
      execution: 'running',
      begunAt: sql<Date>`coalesce(begun_at, ${at})`,
      stoppedAt: null,
      stopWhy: null,
      stoppedBy: null,
      stopTenantId: null,
    })
    .where('id', '=', id)
    .execute()
}

export type Stop = { why: FleetStop['why']; at: Date; by?: string; tenantId?: string }

/** @returns false where it stood still already */
export async function stopExecution(
  db: Db,
  id: string,
  { why, at, by, tenantId }: Stop,
  from: readonly ('running' | 'paused')[] = ['running'],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sqlFleets')
    .set({
      execution: 'stopped',
      stoppedAt: at,
      stopWhy: why,
      stoppedBy: by ?? null,
      stopTenantId: tenantId ?? null,
    })
    .where('id', '=', id)
    .where('execution', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** In a practice's own transaction: whoever stops waits for the end of it, and it goes no further where somebody has. */
export async function isStillExecuting(db: QueryExecutorProvider, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from sql_fleets where id = ${id} and execution = 'running' for share`.execute(db)
  return rows.length > 0
}

export async function executionState(db: Db, id: string): Promise<string | null | undefined> {
  const row = await db.selectFrom('sqlFleets').where('id', '=', id).select('execution').executeTakeFirst()
  return row?.execution
}

export async function executionsUnderWay(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('sqlFleets')
    .where('execution', '=', 'running')
    .orderBy('begunAt')
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The wave that comes next: the current one as long as somebody in it waits. Nothing where nobody does. */
export async function nextWave(db: Db, id: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('sqlFleetRuns')
    .where('fleetId', '=', id)
    .where('execution', '=', 'waiting')
    .select((query) => query.fn.min('wave').as('wave'))
    .executeTakeFirst()
  return row?.wave ?? undefined
}

export async function setWave(
  db: Db,
  id: string,
  wave: number,
  state: 'running' | 'paused',
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sqlFleets')
    .set({ wave, execution: state })
    .where('id', '=', id)
    .where('execution', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function endExecution(db: Db, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sqlFleets')
    .set({ execution: 'executed', executionEndedAt: at })
    .where('id', '=', id)
    .where('execution', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type NextPractice = { tenantId: string; receipt: Buffer; schemaVersion: number | null }

export async function nextPractice(db: Db, id: string, wave: number): Promise<NextPractice | undefined> {
  const row = await db
    .selectFrom('sqlFleetRuns')
    .where('fleetId', '=', id)
    .where('wave', '=', wave)
    .where('execution', '=', 'waiting')
    .where('receipt', 'is not', null)
    .orderBy('place')
    .limit(1)
    .select(['tenantId', 'receipt', 'schemaVersion'])
    .executeTakeFirst()
  return row && { ...row, receipt: row.receipt! } // as it is asked for
}

/** Its execution as any other has one, approved with all others: of the simulation that says the same again. */
export async function insertPracticeRequest(
  db: CentralDb,
  { fleetId, tenantId, id, runId }: { fleetId: string; tenantId: string; id: string; runId: string },
): Promise<void> {
  await sql`insert into sql_requests (id, run_id, staff_id, receipt, reason, ticket, asked_at, lapses_at, decided_by, decided_at, remark)
    select ${id}, ${runId}, f.staff_id, r.receipt, f.reason, f.ticket, f.requested_at, f.lapses_at, f.decided_by, f.decided_at, f.remark
    from sql_fleets f join sql_fleet_runs r on r.fleet_id = f.id where f.id = ${fleetId} and r.tenant_id = ${tenantId}`.execute(
    db,
  )
  await db
    .updateTable('sqlFleetRuns')
    .set({ requestId: id })
    .where('fleetId', '=', fleetId)
    .where('tenantId', '=', tenantId)
    .execute()
}

export type PracticeEnd = {
  execution: 'waiting' | 'executed' | 'failed' | 'drifted' | 'unknown'
  code?: string | null
  drift?: readonly FleetDrift[]
}

/** `waiting`: nothing was done there, and it comes again. */
export async function endPractice(
  db: Db,
  { fleetId, tenantId }: { fleetId: string; tenantId: string },
  { execution, code, drift }: PracticeEnd,
  at: Date,
): Promise<void> {
  await db
    .updateTable('sqlFleetRuns')
    .set({
      execution,
      executionCode: code ?? null,
      drift: JSON.stringify(drift ?? []),
      executionEndedAt: execution === 'waiting' ? null : at,
      ...(execution === 'waiting' && { requestId: null }),
    })
    .where('fleetId', '=', fleetId)
    .where('tenantId', '=', tenantId)
    .where('execution', 'in', ['waiting', 'unknown'])
    .execute()
}

/** Those that were begun and whose end is not told: a process died, or the database could not be asked. */
export async function begunPractices(db: Db, id: string): Promise<{ tenantId: string; requestId: string }[]> {
  const { rows } = await sql<{ tenantId: string; requestId: string }>`
    select r.tenant_id as "tenantId", r.request_id as "requestId"
    from sql_fleet_runs r join sql_requests q on q.id = r.request_id
    where r.fleet_id = ${id} and r.execution in ('waiting', 'unknown')
      -- Of which nobody will ever know it stays so, and others go on.
      and not (r.execution = 'unknown' and q.outcome is not null and q.outcome = 'unknown')
    order by r.place`.execute(db)
  return rows
}

/**
 * After a stop: those named are never executed, and the others that failed or drifted come again. Where nothing was executed yet,
 * one practice goes alone again.
 * @returns how many are left to be executed
 */
export async function takeUpAgain(db: Db, id: string, leaveOut: readonly string[]): Promise<number> {
  await sql`update sql_fleet_runs set execution = 'left_out'
    where fleet_id = ${id} and execution in ('waiting', 'failed', 'drifted') and tenant_id = any (${leaveOut}::uuid[])`.execute(
    db,
  )
  await sql`update sql_fleet_runs set execution = 'waiting', execution_code = null, drift = '[]', execution_ended_at = null,
    request_id = null where fleet_id = ${id} and execution in ('failed', 'drifted')`.execute(db)
  await sql`update sql_fleet_runs set wave = 0 where fleet_id = ${id} and tenant_id = (
      select tenant_id from sql_fleet_runs where fleet_id = ${id} and execution = 'waiting' order by wave, place limit 1)
    and not exists (select from sql_fleet_runs where fleet_id = ${id} and execution = 'executed')`.execute(db)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from sql_fleet_runs
    where fleet_id = ${id} and execution = 'waiting'`.execute(db)
  return rows[0]?.count ?? 0
}
