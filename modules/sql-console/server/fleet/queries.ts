/** The rows of what goes through many practices. Texts and what they gave are sealed before they come here. */
import type { Effects, FleetDrift, FleetState, FleetStop, PracticeOutcome } from '#contract/sql-console'
import { breaks, sql, type Tables } from '#platform/server/db.ts'
import { turnsOf } from '../executing/queries.ts'
import type { Signature } from './signatures.ts'

export type Db = Tables<'sqlFleets' | 'sqlFleetRuns' | 'tenants'>

export type NewFleet = {
  id: string
  staffId: string
  mode: 'read' | 'simulate'
  ticket: string
  digest: Buffer
  textSealed: Buffer
  total: number
  askedAt: Date
}

/** @returns what stands in the way of it */
export async function insertFleet(
  db: Db,
  fleet: NewFleet,
  tenantIds: readonly string[],
): Promise<{ running: true } | { known: true } | undefined> {
  try {
    await db.insertInto('sqlFleets').values(fleet).execute()
  } catch (error) {
    if (breaks(error, 'sql_fleets_pkey')) return { known: true }
    if (breaks(error, 'sql_fleets_one_at_a_time')) return { running: true }
    throw error
  }
  await sql`insert into sql_fleet_runs (fleet_id, tenant_id, place)
    select ${fleet.id}, id, place - 1 from unnest(${tenantIds}::uuid[]) with ordinality as sent (id, place)`.execute(
    db,
  )
  return undefined
}

export async function underWayOf(db: Db, staffId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('sqlFleets')
    .where('staffId', '=', staffId)
    .where('state', 'in', ['waiting', 'running'])
    .select('id')
    .executeTakeFirst()
  return row?.id
}

export type FleetRow = NewFleet & {
  /** Where it goes to one practice and no other. */
  onlyTenantId: string | null
  staffName: string
  state: FleetState
  startedAt: Date | null
  endedAt: Date | null
  execution:
    | 'asked'
    | 'approved'
    | 'refused'
    | 'withdrawn'
    | 'running'
    | 'paused'
    | 'stopped'
    | 'executed'
    | null
  receipt: Buffer | null
  reason: string
  requestedAt: Date | null
  lapsesAt: Date | null
  decidedBy: string | null
  deciderName: string | null
  decidedAt: Date | null
  remark: string
  begunAt: Date | null
  wave: number
  automatic: boolean
  executionEndedAt: Date | null
  stoppedAt: Date | null
  stopWhy: FleetStop['why'] | null
  stoppedBy: string | null
  stopperName: string | null
  stopTenantId: string | null
  stopTenantName: string | null
  counts: { waiting: number; done: number; failed: number; cancelled: number }
}

const columns = sql`f.id, f.staff_id as "staffId", s.first_name || ' ' || s.last_name as "staffName", f.mode, f.state, f.ticket,
  case when f.total = 1 then (select r.tenant_id from sql_fleet_runs r where r.fleet_id = f.id) end as "onlyTenantId",
  f.digest, f.text_sealed as "textSealed", f.total, f.asked_at as "askedAt", f.started_at as "startedAt", f.ended_at as "endedAt",
  f.execution, f.receipt, f.reason, f.requested_at as "requestedAt", f.lapses_at as "lapsesAt", f.decided_by as "decidedBy",
  d.first_name || ' ' || d.last_name as "deciderName", f.decided_at as "decidedAt", f.remark, f.begun_at as "begunAt", f.wave, f.automatic,
  f.execution_ended_at as "executionEndedAt", f.stopped_at as "stoppedAt", f.stop_why as "stopWhy", f.stopped_by as "stoppedBy",
  h.first_name || ' ' || h.last_name as "stopperName", f.stop_tenant_id as "stopTenantId", x.name as "stopTenantName",
  (select json_build_object('waiting', count(*) filter (where r.state = 'waiting'), 'done', count(*) filter (where r.state = 'done'),
      'failed', count(*) filter (where r.state = 'failed'), 'cancelled', count(*) filter (where r.state = 'cancelled'))
    from sql_fleet_runs r where r.fleet_id = f.id) as counts`
const from = sql`sql_fleets f join staff_members s on s.id = f.staff_id left join staff_members d on d.id = f.decided_by
  left join staff_members h on h.id = f.stopped_by left join tenants x on x.id = f.stop_tenant_id`

export async function fleetById(
  db: Db,
  id: string,
  how: { lock?: boolean } = {},
): Promise<FleetRow | undefined> {
  const { rows } = await sql<FleetRow>`select ${columns} from ${from} where f.id = ${id}
    ${how.lock ? sql`for update of f` : sql``}`.execute(db)
  return rows[0]
}

export type Filter = {
  staffId: string
  /** Those of others too that somebody asks to execute. */
  approves: boolean
  execution?: string | undefined
  now: Date
}

const matching = ({ staffId, approves, execution, now }: Filter) => sql<boolean>`
  (f.staff_id = ${staffId} ${approves ? sql`or f.execution is not null` : sql``})
  ${
    execution === undefined
      ? sql``
      : execution === 'lapsed'
        ? sql`and f.execution in ('asked', 'approved') and f.lapses_at <= ${now}`
        : sql`and f.execution = ${execution} and (f.execution not in ('asked', 'approved') or f.lapses_at > ${now})`
  }`

/** The latest first. */
export async function fleetsPage(
  db: Db,
  filter: Filter,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<FleetRow[]> {
  const { rows } = await sql<FleetRow>`select ${columns} from ${from} where ${matching(filter)}
    ${after ? sql`and (f.asked_at, f.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by f.asked_at desc, f.id desc limit ${limit}`.execute(db)
  return rows
}

export async function fleetsCounted(db: Db, filter: Filter, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from sql_fleets f where ${matching(filter)} limit ${most + 1}) counted`.execute(db)
  return rows[0]?.count ?? 0
}

/** @returns false where it was over already */
export async function cancelFleet(db: Db, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sqlFleets')
    .set({ state: 'cancelled', endedAt: at })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await db
    .updateTable('sqlFleetRuns')
    .set({ state: 'cancelled', endedAt: at })
    .where('fleetId', '=', id)
    .where('state', '=', 'waiting')
    .execute()
  return true
}

// ───────────────────────────── going through

/** Nothing where it is over. */
export async function beginFleet(db: Db, id: string, at: Date) {
  return db
    .updateTable('sqlFleets')
    .set({ state: 'running', startedAt: sql<Date>`coalesce(started_at, ${at})` })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .returning('id')
    .executeTakeFirst()
}

/** Those that nobody has told the outcome of. */
export async function waitingPractices(
  db: Db,
  id: string,
): Promise<{ tenantId: string; clusterId: string }[]> {
  return db
    .selectFrom('sqlFleetRuns')
    .innerJoin('tenants', 'tenants.id', 'sqlFleetRuns.tenantId')
    .where('fleetId', '=', id)
    .where('sqlFleetRuns.state', '=', 'waiting')
    .orderBy('place')
    .select(['tenantId', 'clusterId'])
    .execute()
}

export type Outcome = {
  tenantId: string
  state: Exclude<PracticeOutcome, 'waiting' | 'cancelled'>
  schemaVersion: number | null
  rowCount: number | null
  kept: number
  effects: Effects
  code: string | null
  signature: Signature | null
  reportSealed: Buffer | null
  receipt: Buffer | null
  tookMs: number
}

/** An outcome that comes after somebody cancelled is told all the same. */
export async function writeOutcomes(
  db: Db,
  id: string,
  outcomes: readonly Outcome[],
  at: Date,
): Promise<void> {
  const told = outcomes.map(({ reportSealed, receipt, ...rest }) => ({
    ...rest,
    reportSealed: reportSealed?.toString('base64') ?? null,
    receipt: receipt?.toString('base64') ?? null,
  }))
  await sql`update sql_fleet_runs r set state = o.state, schema_version = o."schemaVersion", row_count = o."rowCount", kept = o.kept,
      effects = o.effects, code = o.code, signature = o.signature, report_sealed = decode(o."reportSealed", 'base64'),
      receipt = decode(o.receipt, 'base64'), took_ms = o."tookMs", ended_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as o ("tenantId" uuid, state text, "schemaVersion" integer,
      "rowCount" integer, kept integer, effects jsonb, code text, signature jsonb, "reportSealed" text, receipt text,
      "tookMs" double precision)
    where r.fleet_id = ${id} and r.tenant_id = o."tenantId" and r.state in ('waiting', 'cancelled')`.execute(
    db,
  )
}

export async function fleetState(db: Db, id: string): Promise<FleetState | undefined> {
  const row = await db.selectFrom('sqlFleets').where('id', '=', id).select('state').executeTakeFirst()
  return row?.state as FleetState | undefined // as the table checks
}

/** @returns false where somebody else ended it, or cancelled */
export async function endFleet(db: Db, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sqlFleets')
    .set({ state: 'done', endedAt: at })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function fleetsUnderWay(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('sqlFleets')
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('askedAt')
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Ninety days, but those that were executed. */
export async function forgetFleets(db: Db, before: Date): Promise<void> {
  await sql`delete from sql_fleets where asked_at < ${before} and begun_at is null and state in ('cancelled', 'done')`.execute(
    db,
  )
}

// ───────────────────────────── telling of it

export type PracticeRow = {
  tenantId: string
  name: string
  place: number
  state: PracticeOutcome
  suspended: boolean
  schemaVersion: number | null
  rowCount: number | null
  kept: number
  effects: Effects
  code: string | null
  signature: Signature | null
  tookMs: number | null
  wave: number | null
  receipt: Buffer | null
  execution: 'waiting' | 'executed' | 'failed' | 'drifted' | 'unknown' | 'left_out' | null
  executionCode: string | null
  drift: FleetDrift[]
  executionEndedAt: Date | null
  requestId: string | null
  undone: boolean
}

export async function practicesOf(db: Db, id: string): Promise<PracticeRow[]> {
  const { rows } = await sql<PracticeRow>`
    select r.tenant_id as "tenantId", t.name, r.place, r.state, t.state = 'suspended' as suspended, r.schema_version as "schemaVersion",
      r.row_count as "rowCount", r.kept, r.effects, r.code, r.signature, r.took_ms as "tookMs", r.wave, r.receipt,
      -- What became of it may have been found out since.
      case when r.execution = 'unknown' and q.outcome in ('executed', 'failed') then q.outcome else r.execution end as execution,
      case when r.execution = 'unknown' and q.outcome = 'unknown' then 'never_known' else r.execution_code end as "executionCode", r.drift, r.execution_ended_at as "executionEndedAt", r.request_id as "requestId", 
      cardinality(${turnsOf}) % 2 = 1 as undone
    from sql_fleet_runs r join tenants t on t.id = r.tenant_id left join sql_requests q on q.id = r.request_id
    where r.fleet_id = ${id} order by r.place`.execute(db)
  return rows
}

export async function sealedReports(
  db: Db,
  id: string,
  tenantIds: readonly string[],
): Promise<Map<string, Buffer | null>> {
  if (tenantIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('sqlFleetRuns')
    .where('fleetId', '=', id)
    .where('tenantId', 'in', tenantIds)
    .select(['tenantId', 'reportSealed'])
    .execute()
  return new Map(rows.map(({ tenantId, reportSealed }) => [tenantId, reportSealed]))
}
