import { sql, type Tables } from '#platform/server/db.ts'
import { kept } from '#platform/server/kept-statements.ts'
import type { TenantKind, TenantState } from '#contract/tenancy'
import type { Practice } from './queries.ts'

type Db = Tables<'tenants' | 'clusters'>

/** A tenant that is not gone, and the cluster it is on. */
export async function placeById(db: Db, tenantId: string) {
  const row = await kept(
    db
      .selectFrom('tenants')
      .innerJoin('clusters', 'clusters.id', 'tenants.clusterId')
      .where('tenants.id', '=', tenantId)
      .where('tenants.state', '<>', 'purged')
      .select([
        'tenants.id',
        'tenants.name',
        'tenants.kind',
        'tenants.state',
        'tenants.stateBefore',
        'tenants.secondFactorRequired',
        'tenants.schemaVersion',
        'tenants.clusterId',
        'clusters.name as clusterName',
        'clusters.address',
        'tenants.databaseName',
        'tenants.loginRole',
        'tenants.loginSecretSealed',
        'tenants.keySealed',
      ]),
  ).executeTakeFirst()
  return (
    row && {
      ...row,
      // Checked by the table.
      kind: row.kind as TenantKind,
      state: row.state as TenantState,
      stateBefore: row.stateBefore as Practice['stateBefore'],
    }
  )
}

export type NewTenant = {
  id: string
  clientId: string
  name: string
  kind: TenantKind
  clusterId: string
  databaseName: string
  loginRole: string
  loginSecretSealed: Buffer
  keySealed: Buffer
  createdAt: Date
  stateSince: Date
  createdBy: string | null
}

/** @returns whether it was made; a client has one tenant */
export async function insertTenant(db: Db, tenant: NewTenant): Promise<boolean> {
  const row = await db
    .insertInto('tenants')
    .values(tenant)
    .onConflict((conflict) => conflict.column('clientId').where('state', '<>', 'purged').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Until the end of the transaction nobody else makes it live. @returns whether it does not live yet */
export async function holdHalfMade(db: Db, tenantId: string): Promise<boolean> {
  const row = await db
    .selectFrom('tenants')
    .where('id', '=', tenantId)
    .where('state', '=', 'provisioning')
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export async function activate(
  db: Db,
  tenantId: string,
  { version, now }: { version: number; now: Date },
): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ state: 'active', schemaVersion: version, stateSince: now, stateReason: null })
    .where('id', '=', tenantId)
    .execute()
}

/** Whose practice it becomes, as they are invited. */
export async function holderToInvite(
  db: Tables<'tenants' | 'clients' | 'staffMembers'>,
  tenantId: string,
  askedBy: string | null,
) {
  const row = await db
    .selectFrom('tenants')
    .innerJoin('clients', 'clients.id', 'tenants.clientId')
    .where('tenants.id', '=', tenantId)
    .select([
      'tenants.name as practice',
      'tenants.kind as profile',
      'clients.email',
      'clients.firstName',
      'clients.lastName',
      sql<
        string | null
      >`(select first_name || ' ' || last_name from staff_members where id = ${askedBy}::uuid)`.as(
        'staffName',
      ),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const { staffName, profile, ...holder } = row
  const by = askedBy !== null && staffName !== null ? { staffId: askedBy, name: staffName } : null
  return { ...holder, profile: profile as TenantKind, by } // checked by the table
}

/** Held as it is until the end of the transaction: nobody puts it into the trash meanwhile. */
export async function clientToOpenFor(db: Tables<'clients'>, id: string) {
  const row = await db
    .selectFrom('clients')
    .where('id', '=', id)
    .select(['status', 'email', 'trashedAt', 'kind', 'firstName', 'lastName'])
    .forShare()
    .executeTakeFirst()
  return row && { ...row, kind: row.kind as TenantKind } // checked by the table
}

/** Those nobody is finishing, as long as they are to be finished, and those that were long enough. */
export async function halfMade(
  db: Tables<'tenants' | 'tenantWorks'>,
  { triedBefore, now }: { triedBefore: Date; now: Date },
) {
  const { rows } = await sql<{ id: string; isOld: boolean; createdBy: string | null }>`
    select t.id, t.created_at < ${now}::timestamptz - interval '1 day' as "isOld", t.created_by as "createdBy"
    from tenants t
    where t.state = 'provisioning' and not exists (
      select from tenant_works w where w.tenant_id = t.id
        and (w.state in ('waiting', 'running') or w.ended_at > ${triedBefore}))
    order by t.id limit 100`.execute(db)
  return rows
}

/** @returns whether it was still to be finished */
export async function giveUp(db: Db, tenantId: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('tenants')
    .set({ state: 'purged', stateReason: 'never_finished', stateSince: now })
    .set({ loginSecretSealed: null, keySealed: null })
    .where('id', '=', tenantId)
    .where('state', '=', 'provisioning')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Of these names of databases, or beginnings of logins, those the catalogue has for that cluster, or had. */
export async function namesKnown(
  db: Tables<'tenants' | 'tenantSpares'>,
  names: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select database_name as name from tenants where database_name = any(${names})
    union select login_role from tenants where login_role = any(${names})
    union select database_name from tenant_spares where database_name = any(${names})
    union select login_role from tenant_spares where login_role = any(${names})`.execute(db)
  return new Set(rows.map(({ name }) => name))
}
