/** What is measured: asked of clusters and of tenants' databases, and written into the catalogue. */
import type pg from 'pg'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'tenants' | 'clusters'>

export type Unmeasured = { id: string; clusterId: string; databaseName: string }

/** Those one can look into, the longest unmeasured first. */
export async function longestUnmeasured(db: Db, limit: number): Promise<Unmeasured[]> {
  return db
    .selectFrom('tenants')
    .innerJoin('clusters', 'clusters.id', 'tenants.clusterId')
    .where('tenants.state', 'in', ['active', 'suspended'])
    .where('clusters.unreachableSince', 'is', null)
    .orderBy('tenants.measuredAt', (order) => order.asc().nullsFirst())
    .orderBy('tenants.id')
    .limit(limit)
    .select(['tenants.id', 'tenants.clusterId', 'tenants.databaseName'])
    .execute()
}

/** Of one database, by its name; no row: nobody is connected. */
export type Activity = {
  /** Whether PostgreSQL tells this role what others are at. */
  told: boolean
  byDatabase: ReadonlyMap<string, { connections: number; slow: number }>
}

/**
 * Who is connected to the tenants' databases of a cluster, in one question for all of them. Slow is a statement that has
 * run, or a transaction that has stood idle, for longer than that; the vendor's own machinery (backups, migrations)
 * takes its time and is not counted.
 */
export async function activityOf(cluster: pg.ClientBase, slowAfterSeconds: number): Promise<Activity> {
  const { rows } = await cluster.query<{
    told: boolean
    database: string | null
    connections: number
    slow: number
  }>(
    `
    select pg_has_role('pg_read_all_stats', 'USAGE') as told, datname as database, count(*)::integer as connections,
      (count(*) filter (where usename !~ '_(owner|keeper)$' and (
        state = 'active' and query_start < clock_timestamp() - interval '1 second' * $1
        or state like 'idle in transaction%' and state_change < clock_timestamp() - interval '1 second' * $1)))::integer as slow
    from (values (1)) always left join pg_stat_activity on datname ~ '^t_[0-9a-f]{16}$' and usename is not null and leader_pid is null
    group by datname`,
    [slowAfterSeconds],
  )
  return {
    told: rows.every(({ told }) => told),
    byDatabase: new Map(
      rows.map(({ database, connections, slow }) => [database ?? '', { connections, slow }]),
    ),
  }
}

export type Inside = { sizeBytes: number; rowsEstimated: number }

/** What a database says of itself; rows as the planner believes them to be, since counting them would read them all. */
export async function insideOf(tenant: pg.ClientBase): Promise<Inside> {
  const { rows } = await tenant.query<{ size: string; rows: string }>(`
    select pg_database_size(current_database()) as size,
      (select coalesce(sum(reltuples) filter (where reltuples > 0), 0)::bigint
        from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace) as rows`)
  return { sizeBytes: Number(rows[0]?.size), rowsEstimated: Number(rows[0]?.rows) }
}

/** Nulls: it was looked at, and did not say. */
export async function writeHealth(
  db: Db,
  tenantId: string,
  health: {
    sizeBytes: number | null
    rowsEstimated: number | null
    connections: number | null
    slowQueries: number | null
  },
  now: Date,
): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ ...health, measuredAt: now })
    .where('id', '=', tenantId)
    .where('state', '<>', 'purged')
    .execute()
}

/** @returns how many clusters do not answer */
export async function clustersUnreachable(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from clusters where unreachable_since is not null`.execute(db)
  return rows[0]?.count ?? 0
}

export async function tenantsByState(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('tenants')
    .groupBy('state')
    .select(['state', sql<number>`count(*)::integer`.as('count')])
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}
