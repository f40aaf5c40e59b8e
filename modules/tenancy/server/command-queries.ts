/** What the command line asks of the catalogue. */
import type { TenantKind, TenantState } from '#contract/tenancy'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'tenants' | 'clusters' | 'clients'>

export type NamedTenant = {
  id: string
  name: string
  kind: TenantKind
  state: TenantState
  cluster: string
  clusterId: string
  databaseName: string
  schemaVersion: number | null
  sizeBytes: number | null
}

/** The beginning of one, as it is copied from a list; fewer letters of it are those of a name. */
const databaseBegun = /^t_[0-9a-f]{3,}$/

/** @param said an id, the name of a database (or its beginning) or of logins, or words of whose it is; none: all. Purged ones by their id alone */
export async function tenantsNamed(db: Db, said: string | undefined): Promise<NamedTenant[]> {
  const matches =
    said === undefined
      ? sql`t.state <> 'purged'`
      : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(said)
        ? sql`t.id = ${said}::uuid`
        : sql`t.state <> 'purged' and (t.database_name = ${said} or t.login_role = ${said}
            or ${databaseBegun.test(said)} and starts_with(t.database_name, ${said})
            or plain_text(t.name) = plain_text(${said})
            or plain_text(t.name) like '%' || replace(plain_text(${said}), '_', '\\_') || '%' and plain_text(${said}) <> '')`
  const { rows } = await sql<NamedTenant>`
    select t.id, t.name, t.kind, t.state, c.name as cluster, t.cluster_id as "clusterId", t.database_name as "databaseName",
      t.schema_version as "schemaVersion", t.size_bytes as "sizeBytes"
    from tenants t join clusters c on c.id = t.cluster_id
    where ${matches} order by plain_text(t.name), t.id`.execute(db)
  return rows
}

export async function clientsNamed(db: Db, said: string): Promise<{ id: string; email: string }[]> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(said)
  return db
    .selectFrom('clients')
    .where(isId ? sql<boolean>`id = ${said}::uuid` : sql<boolean>`lower(email) = lower(${said})`)
    .select(['id', 'email'])
    .execute()
}
