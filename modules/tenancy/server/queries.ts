/** What is read of the catalogue for the screens. */
import type { RawBuilder } from 'kysely'
import type { Cluster, Tenant, TenantAlert, TenantKind, TenantRow, TenantState } from '#contract/tenancy'
import { tenantStates } from '#contract/tenancy'
import { sql, type Tables } from '#platform/server/db.ts'
import { alertsCounted, alertsOf, hasAlert, type Asked } from './alerts.ts'

/** Of staff members only what they are called. */
type Db = Tables<
  | 'tenants'
  | 'clusters'
  | 'tenantWorks'
  | 'tenantBackups'
  | 'tenantSpares'
  | 'tenantPurges'
  | 'tenantDrifts'
  | 'staffMembers'
>

/** Beyond this many nobody counts on: the screen shows "10 000+". */
export const countedUpTo = 10_000

export type Filter = {
  q?: string | undefined
  state?: TenantState | undefined
  kind?: TenantKind | undefined
  cluster?: string | undefined
  alert?: TenantAlert | 'any' | undefined
}

const name = (staffId: string) =>
  sql`(select first_name || ' ' || last_name from staff_members where staff_members.id = ${sql.ref(staffId)})`

const work = sql`w.id, w.kind, w.state, w.step, w.done, w.total, w.error_code as "errorCode",
  w.error_detail as "errorDetail", ${name('w.asked_by')} as "askedBy", w.asked_at as "askedAt", w.ended_at as "endedAt"`

const row = (asked: Asked) => sql`t.id, t.name, t.kind, t.state, t.client_id as "clientId", c.name as cluster,
  t.database_name as "databaseName", t.schema_version as "schemaVersion", t.canary, t.created_at as "createdAt",
  t.size_bytes as "sizeBytes", t.last_backup_at as "lastBackupAt", t.measured_at as "measuredAt",
  ${alertsOf(asked)} as alerts,
  (select row_to_json(open) from (
    select ${work} from tenant_works w where w.tenant_id = t.id and w.state in ('waiting', 'running')) open) as work`

const from = sql`from tenants t join clusters c on c.id = t.cluster_id`

/** A page by name, one more than shown to tell that the list goes on; each with the key it is sorted by. */
export async function tenantsPage(
  db: Db,
  filter: Filter,
  asked: Asked,
  { after, limit }: { after: { name: string; id: string } | undefined; limit: number },
): Promise<{ row: TenantRow; key: string }[]> {
  const beyond = after ? sql`and (plain_text(t.name), t.id) > (${after.name}, ${after.id}::uuid)` : sql``
  const { rows } = await sql<{ row: TenantRow; key: string }>`
    select (select row_to_json(shown) from (select ${row(asked)}) shown) as row, plain_text(t.name) as key
    ${from} where ${matching(filter, asked)} ${beyond}
    order by plain_text(t.name), t.id limit ${sql.lit(limit)}`.execute(db)
  return rows
}

/** How many match; one more than `countedUpTo` stands for any number beyond. */
export async function tenantsMatching(db: Db, filter: Filter, asked: Asked): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from (
      select ${from} where ${matching(filter, asked)} limit ${sql.lit(countedUpTo + 1)}) counted`.execute(db)
  return rows[0]?.total ?? 0
}

function matching({ q, state, kind, cluster, alert }: Filter, asked: Asked): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [state ? sql`t.state = ${state}` : sql`t.state <> 'purged'`]
  if (kind) conditions.push(sql`t.kind = ${kind}`)
  if (cluster) conditions.push(sql`t.cluster_id = ${cluster}::uuid`)
  if (alert) conditions.push(hasAlert(asked, alert))
  if (q) conditions.push(saying(q))
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** The beginning of the database's name, as one copies it from a log; else every word stands in the tenant's name. */
function saying(q: string): RawBuilder<unknown> {
  if (/^t_[0-9a-f]{0,16}$/.test(q)) return sql`starts_with(t.database_name, ${q})`
  return sql`plain_text(${q}) <> '' and plain_text(t.name) like all (
    select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) as word)`
}

export type Counts = {
  states: Record<TenantState, number>
  alerts: Record<TenantAlert, number>
  needSomebody: number
  sizeBytes: number
}

export async function tenantsCounted(db: Db, asked: Asked): Promise<Counts> {
  const states = tenantStates.map(
    (state) => sql`${sql.lit(state)}, count(*) filter (where t.state = ${sql.lit(state)})`,
  )
  const { rows } = await sql<Counts>`
    select json_build_object(${sql.join(states)}) as states, ${alertsCounted(asked)} as alerts,
      count(*) filter (where ${hasAlert(asked, 'any')})::integer as "needSomebody",
      coalesce(sum(t.size_bytes) filter (where t.state <> 'purged'), 0)::bigint as "sizeBytes" ${from}`.execute(
    db,
  )
  return rows[0]! // an aggregate without groups has one row
}

export async function tenantById(
  db: Db,
  id: string,
  asked: Asked,
): Promise<Omit<Tenant, 'currentVersion'> | undefined> {
  const { rows } = await sql<{ tenant: Omit<Tenant, 'currentVersion'> }>`
    select row_to_json(whole) as tenant from (
      select ${row(asked)}, t.state_since as "stateSince", t.state_reason as "stateReason", t.cluster_id as "clusterId",
        t.connections, t.slow_queries as "slowQueries", t.rows_estimated as "rowsEstimated",
        coalesce((select json_agg(backup) from (
          select b.id, b.made_at as "madeAt", ${name('b.made_by')} as "madeBy", b.occasion,
            b.schema_version as "schemaVersion", b.bytes,
            (select coalesce(sum(value::bigint), 0)::bigint from jsonb_each_text(b.rows_by_table)) as rows
          from tenant_backups b where b.tenant_id = t.id and b.removed_at is null
          order by b.made_at desc limit 100) backup), '[]') as backups,
        coalesce((select json_agg(spare) from (
          select s.database_name as "databaseName", s.origin, home.name as cluster, s.made_at as "madeAt",
            s.drop_after as "dropAfter", b.made_at as "backupAt", s.rows_by_table as "rowsByTable"
          from tenant_spares s join clusters home on home.id = s.cluster_id left join tenant_backups b on b.id = s.backup_id
          where s.tenant_id = t.id and s.dropped_at is null order by s.made_at desc) spare), '[]') as spares,
        (select row_to_json(drift) from (
          select d.checked_at as "checkedAt", d.differences, d.trouble from tenant_drifts d where d.tenant_id = t.id) drift) as drift,
        coalesce((select json_agg(past) from (
          select ${work} from tenant_works w where w.tenant_id = t.id order by w.asked_at desc, w.id desc limit 20) past), '[]') as works,
        (select json_build_object('purgedAt', p.purged_at, 'sha256', encode(p.sha256, 'hex'))
          from tenant_purges p where p.tenant_id = t.id) as certificate
      ${from} where t.id = ${id}) whole`.execute(db)
  return rows[0]?.tenant
}

/** The tenant a client has; one that was purged is had no more. */
export async function tenantOfClient(db: Db, clientId: string, asked: Asked): Promise<TenantRow | undefined> {
  const { rows } = await sql<{ row: TenantRow }>`
    select row_to_json(shown) as row from (
      select ${row(asked)} ${from} where t.client_id = ${clientId} and t.state <> 'purged') shown`.execute(db)
  return rows[0]?.row
}

/** What tells whether a client can have a tenant. */
export async function clientForTenant(db: Tables<'clients'>, id: string) {
  return db
    .selectFrom('clients')
    .where('id', '=', id)
    .select(['status', 'email', 'trashedAt'])
    .executeTakeFirst()
}

/** What the vendor's other modules and the members' door go by. */
export async function practicesAmong(
  db: Tables<'tenants'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Practice>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('tenants')
    .where('id', 'in', ids)
    .select(['id', 'name', 'kind', 'state', 'stateBefore', 'secondFactorRequired'])
    .execute()
  // Checked by the table.
  return new Map(rows.map(({ id, ...practice }) => [id, practice as Practice]))
}

/** Its own people's choice, kept where signing in looks. */
export async function requireSecondFactor(
  db: Tables<'tenants'>,
  id: string,
  required: boolean,
): Promise<void> {
  await db.updateTable('tenants').set({ secondFactorRequired: required }).where('id', '=', id).execute()
}

export type Practice = {
  name: string
  kind: TenantKind
  state: TenantState
  stateBefore: 'active' | 'suspended' | null
  secondFactorRequired: boolean
}

export async function hasClusters(db: Tables<'clusters'>): Promise<boolean> {
  return (await db.selectFrom('clusters').select('id').limit(1).executeTakeFirst()) !== undefined
}

const clusterRow = sql`c.id, c.name, c.address, c.state, c.capacity, c.template_version as "templateVersion",
  c.unreachable_since as "unreachableSince", c.trouble, count(t.id)::integer as tenants,
  coalesce(sum(t.size_bytes), 0)::bigint as "sizeBytes"`
const clusterFrom = sql`from clusters c left join tenants t on t.cluster_id = c.id and t.state <> 'purged'`

/** With addresses as the catalogue has them. */
export async function clustersByName(db: Db): Promise<Cluster[]> {
  const { rows } = await sql<{ cluster: Cluster }>`
    select row_to_json(shown) as cluster from (
      select ${clusterRow} ${clusterFrom} group by c.id order by c.name) shown`.execute(db)
  return rows.map(({ cluster }) => cluster)
}

export async function clusterById(db: Db, id: string): Promise<Cluster | undefined> {
  const { rows } = await sql<{ cluster: Cluster }>`
    select row_to_json(shown) as cluster from (
      select ${clusterRow} ${clusterFrom} where c.id = ${id} group by c.id) shown`.execute(db)
  return rows[0]?.cluster
}

/** Held until the end of the transaction: two people's changes take turns. */
export async function lockCluster(db: Db, id: string) {
  return db
    .selectFrom('clusters')
    .where('id', '=', id)
    .select(['id', 'capacity', 'state'])
    .forUpdate()
    .executeTakeFirst()
}

export async function changeCluster(
  db: Db,
  id: string,
  changes: { capacity?: number | undefined; state?: string | undefined },
): Promise<void> {
  const { capacity, state } = changes
  if (capacity === undefined && state === undefined) return
  await db
    .updateTable('clusters')
    .set({ ...(capacity === undefined ? {} : { capacity }), ...(state === undefined ? {} : { state }) })
    .where('id', '=', id)
    .execute()
}

/** Held until the end of the transaction, with whether something is being done to it. */
export async function lockTenant(db: Db, id: string) {
  return db
    .selectFrom('tenants')
    .where('id', '=', id)
    .select(['id', 'state', 'stateReason', 'canary'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('tenantWorks')
            .whereRef('tenantWorks.tenantId', '=', 'tenants.id')
            .where('tenantWorks.state', 'in', ['waiting', 'running'])
            .select('tenantWorks.id'),
        )
        .as('isBusy'),
    )
    .forUpdate()
    .executeTakeFirst()
}

export async function changeState(
  db: Db,
  id: string,
  { state, reason, now }: { state: 'active' | 'suspended'; reason: string | null; now: Date },
): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ state, stateReason: reason, stateSince: now })
    .where('id', '=', id)
    .execute()
}

export async function changeCanary(db: Db, id: string, canary: boolean): Promise<void> {
  await db.updateTable('tenants').set({ canary }).where('id', '=', id).execute()
}
