/** What is wrong with a tenant, said once: the list, the counts and the page ask the same questions. */
import type { RawBuilder } from 'kysely'
import { alerts, pressingAlerts, type TenantAlert } from '#contract/tenancy'
import { sql } from '#platform/server/db.ts'

/** The schema this release brings databases to, and the oldest it still serves. */
export type Versions = { current: number; oldestServed: number }

export type Asked = { versions: Versions; now: Date }

/** How long an active tenant may go without a backup. */
const backupDays = 7

/** Whether its database is one somebody works in. */
const lives = sql`t.state in ('active', 'suspended', 'moving')`

/** What holds for tenant `t` on cluster `c` when an alert is to be given. */
function conditions({ versions, now }: Asked): Record<TenantAlert, RawBuilder<boolean>> {
  const refused = sql<boolean>`(t.schema_version < ${versions.oldestServed} or t.schema_version > ${versions.current})`
  return {
    cluster_unreachable: sql`(t.state <> 'purged' and c.unreachable_since is not null)`,
    work_failed: sql`(t.state <> 'purged' and (
      select w.state from tenant_works w where w.tenant_id = t.id order by w.asked_at desc, w.id desc limit 1) = 'failed')`,
    version_refused: sql`(${lives} and ${refused})`,
    behind: sql`(${lives} and t.schema_version < ${versions.current} and not ${refused})`,
    drifts: sql`(${lives} and exists (
      select from tenant_drifts d where d.tenant_id = t.id and d.differences <> '[]'))`,
    backup_missing: sql`(t.state = 'active'
      and coalesce(t.last_backup_at, t.created_at) < ${now}::timestamptz - interval '1 day' * ${sql.lit(backupDays)})`,
    slow_queries: sql`(${lives} and t.slow_queries > 0)`,
  }
}

export function hasAlert(asked: Asked, alert: TenantAlert | 'any'): RawBuilder<boolean> {
  const all = conditions(asked)
  if (alert !== 'any') return all[alert]
  const pressing = pressingAlerts.map((one) => all[one])
  return sql`(${sql.join(pressing, sql` or `)})`
}

/** All of them as an array, the worst first. */
export function alertsOf(asked: Asked): RawBuilder<unknown> {
  const all = conditions(asked)
  const each = alerts.map((alert) => sql`case when ${all[alert]} then ${sql.lit(alert)} end`)
  return sql`array_remove(array[${sql.join(each)}], null)`
}

/** How many tenants bear each, as one JSON object. */
export function alertsCounted(asked: Asked): RawBuilder<unknown> {
  const all = conditions(asked)
  const each = alerts.map((alert) => sql`${sql.lit(alert)}, count(*) filter (where ${all[alert]})`)
  return sql`json_build_object(${sql.join(each)})`
}
