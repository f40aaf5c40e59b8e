/** What is written and read of the fleet's migrations. */
import type { FleetMigration } from '#contract/tenancy'
import { waves } from '#contract/tenancy'
import { sql, type Tables } from '#platform/server/db.ts'

/** Of staff members only what they are called. */
type Db = Tables<
  'tenants' | 'clusters' | 'fleetMigrations' | 'fleetMigrationSteps' | 'tenantDrifts' | 'staffMembers'
>

/** Whether there is a database that is to have the newest schema; who is on the way out keeps what they have. */
const lives = sql`t.state in ('provisioning', 'active', 'suspended', 'moving')`

// ───────────────────────────── asking for one

export async function isSomebodyBehind(db: Db, version: number): Promise<boolean> {
  const { rows } = await sql`
    select from tenants t where t.state in ('active', 'suspended', 'moving')
      and (t.schema_version is null or t.schema_version < ${version}) limit 1`.execute(db)
  return rows.length > 0
}

export async function insertMigration(
  db: Db,
  {
    toVersion,
    failuresAllowed,
    askedBy,
  }: { toVersion: number; failuresAllowed: number; askedBy: string | null },
): Promise<string> {
  const { id } = await db
    .insertInto('fleetMigrations')
    .values({ toVersion, failuresAllowed, askedBy })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * Who is migrated when: the canaries, then one in a hundred of the others, one in ten, the rest; by a hash of the id, so
 * that those who go first are the same each time and no row or cluster is favoured. Who has a place keeps it.
 * @param behind only those the catalogue knows to be older than this
 */
export async function planSteps(db: Db, migrationId: string, behind?: number): Promise<void> {
  await sql`
    insert into fleet_migration_steps (migration_id, tenant_id, wave)
    select ${migrationId}, id, case
      when canary then 0
      when place <= ceil(among * 0.01) then 1
      when place <= ceil(among * 0.01) + ceil(among * 0.1) then 2
      else 3 end
    from (
      select t.id, t.canary, t.schema_version, count(*) over own as among,
        row_number() over (partition by t.canary order by md5(t.id::text)) as place
      from tenants t where ${lives} window own as (partition by t.canary)) ordered
    where ${behind === undefined ? sql`true` : sql`schema_version < ${behind}`}
    on conflict do nothing`.execute(db)
}

/** @returns false when it is over */
export async function stopMigrationRow(db: Db, id: string, because: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('fleetMigrations')
    .set({ state: 'stopped', stoppedBecause: because, endedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function migrationExists(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom('fleetMigrations').where('id', '=', id).select('id').execute()).length > 0
}

// ───────────────────────────── doing it

/** There is never an older one under way. */
export async function newestMigration(db: Db) {
  return db
    .selectFrom('fleetMigrations')
    .orderBy('askedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .select(['id', 'state', 'toVersion'])
    .executeTakeFirst()
}

export async function beginMigration(db: Db, id: string) {
  return db
    .updateTable('fleetMigrations')
    .set({ state: 'running', startedAt: sql<Date>`coalesce(started_at, now())` })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .returning(['id', 'toVersion', 'failuresAllowed'])
    .executeTakeFirst()
}

export async function endMigration(db: Db, id: string): Promise<void> {
  await db
    .updateTable('fleetMigrations')
    .set({ state: 'done', endedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

/** Passed over since they were made or moved just then, and can be reached now. */
export async function takeUpSkipped(db: Db, migrationId: string): Promise<void> {
  await sql`
    update fleet_migration_steps s set state = 'waiting', ended_at = null from tenants t
    where s.migration_id = ${migrationId} and s.state = 'skipped' and t.id = s.tenant_id
      and t.state in ('active', 'suspended')`.execute(db)
}

export type WaitingStep = { tenantId: string; clusterId: string }

export async function waitingSteps(db: Db, migrationId: string, wave: number): Promise<WaitingStep[]> {
  const { rows } = await sql<WaitingStep>`
    select s.tenant_id as "tenantId", t.cluster_id as "clusterId"
    from fleet_migration_steps s join tenants t on t.id = s.tenant_id
    where s.migration_id = ${migrationId} and s.wave = ${wave} and s.state = 'waiting'
    order by md5(t.id::text)`.execute(db)
  return rows
}

/** As they are now: one may have moved, and somebody may have stopped it all. */
export async function tenantsOfSteps(db: Db, migrationId: string, tenantIds: readonly string[]) {
  return db
    .selectFrom('tenants')
    .innerJoin('clusters', 'clusters.id', 'tenants.clusterId')
    .where('tenants.id', 'in', tenantIds)
    .select([
      'tenants.id',
      'tenants.state',
      'tenants.clusterId',
      'tenants.databaseName',
      'tenants.loginRole',
      'tenants.loginSecretSealed',
      'clusters.name as clusterName',
    ])
    .select((eb) =>
      eb
        .selectFrom('fleetMigrations')
        .where('fleetMigrations.id', '=', migrationId)
        .select('fleetMigrations.state')
        .as('migrationState'),
    )
    .execute()
}

export type StepOutcome = {
  tenantId: string
  /** Where it was done: the tenant may have another one by now. */
  databaseName: string
  state: 'done' | 'failed' | 'skipped'
  /** What its database has now, where that is known. */
  version: number | null
  fromVersion: number | null
  attempts: number
  error: string | null
}

/** What was done to a database that was replaced meanwhile was not done to the tenant: it is taken up again. */
export async function writeOutcomes(db: Db, migrationId: string, outcomes: StepOutcome[]): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o (
    "tenantId" uuid, "databaseName" text, state text, version integer, "fromVersion" integer, attempts integer, error text)`
  await sql`
    with told as (
      update fleet_migration_steps s
      set state = case when o.state = 'done' and t.database_name <> o."databaseName" then 'skipped' else o.state end,
        from_version = o."fromVersion", attempts = o.attempts, error = o.error, ended_at = now()
      from ${rows} join tenants t on t.id = o."tenantId"
      where s.migration_id = ${migrationId} and s.tenant_id = o."tenantId"
      returning s.tenant_id, s.state, o.version)
    update tenants t set schema_version = told.version from told
    where t.id = told.tenant_id and told.state = 'done' and t.schema_version is distinct from told.version`.execute(
    db,
  )
}

export async function failuresIn(db: Db, migrationId: string, wave: number): Promise<number> {
  const { count } = await db
    .selectFrom('fleetMigrationSteps')
    .where('migrationId', '=', migrationId)
    .where('wave', '=', wave)
    .where('state', '=', 'failed')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

// ───────────────────────────── telling of it

export async function tenantsByVersion(db: Db): Promise<{ version: number; tenants: number }[]> {
  const { rows } = await sql<{ version: number; tenants: number }>`
    select t.schema_version as version, count(*)::integer as tenants from tenants t
    where ${lives} and t.schema_version is not null group by 1 order by 1 desc`.execute(db)
  return rows
}

export async function latestMigration(db: Db): Promise<FleetMigration | null> {
  const names = waves.map((wave, number) => sql`(${sql.lit(number)}, ${sql.lit(wave)})`)
  const { rows } = await sql<{ migration: FleetMigration }>`
    select row_to_json(whole) as migration from (
      select m.id, m.to_version as "toVersion", m.state, m.failures_allowed as "failuresAllowed",
        (select first_name || ' ' || last_name from staff_members where staff_members.id = m.asked_by) as "askedBy",
        m.asked_at as "askedAt", m.started_at as "startedAt", m.ended_at as "endedAt",
        m.stopped_because as "stoppedBecause",
        (select json_agg(json_build_object('wave', wave, 'total', total, 'done', done, 'failed', failed, 'skipped', skipped)
            order by number) from (
          select named.number, named.wave, count(s.tenant_id) as total, count(*) filter (where s.state = 'done') as done,
            count(*) filter (where s.state = 'failed') as failed, count(*) filter (where s.state = 'skipped') as skipped
          from (values ${sql.join(names)}) as named (number, wave)
          left join fleet_migration_steps s on s.migration_id = m.id and s.wave = named.number
          group by named.number, named.wave) counted) as waves,
        coalesce((select json_agg(failure) from (
          select s.tenant_id as "tenantId", t.name, s.attempts, coalesce(s.error, '') as error, s.ended_at as at
          from fleet_migration_steps s join tenants t on t.id = s.tenant_id
          where s.migration_id = m.id and s.state = 'failed' order by s.ended_at, s.tenant_id limit 200) failure), '[]') as failures
      from fleet_migrations m order by m.asked_at desc, m.id desc limit 1) whole`.execute(db)
  return rows[0]?.migration ?? null
}
