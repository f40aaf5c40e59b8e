import { sql, type Tables } from '#platform/server/db.ts'
import type { TenantKind, TenantState } from '#contract/tenancy'

type Db = Tables<'tenants' | 'clusters'>

/** A tenant that is not gone, and the cluster it is on. */
export async function placeById(db: Db, tenantId: string) {
  const row = await db
    .selectFrom('tenants')
    .innerJoin('clusters', 'clusters.id', 'tenants.clusterId')
    .where('tenants.id', '=', tenantId)
    .where('tenants.state', '<>', 'purged')
    .select([
      'tenants.id',
      'tenants.name',
      'tenants.kind',
      'tenants.state',
      'tenants.schemaVersion',
      'tenants.clusterId',
      'clusters.name as clusterName',
      'clusters.address',
      'tenants.databaseName',
      'tenants.loginRole',
      'tenants.loginSecretSealed',
      'tenants.keySealed',
    ])
    .executeTakeFirst()
  // Both are checked by the table.
  return row && { ...row, kind: row.kind as TenantKind, state: row.state as TenantState }
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

/** @returns whether it was not living yet */
export async function activate(
  db: Db,
  tenantId: string,
  { version, now }: { version: number; now: Date },
): Promise<boolean> {
  const row = await db
    .updateTable('tenants')
    .set({ state: 'active', schemaVersion: version, stateSince: now, stateReason: null })
    .where('id', '=', tenantId)
    .where('state', '=', 'provisioning')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
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
    .leftJoin('staffMembers', 'staffMembers.id', sql<string | null>`${askedBy}::uuid`)
    .where('tenants.id', '=', tenantId)
    .select([
      'tenants.name as practice',
      'tenants.kind as profile',
      'clients.email',
      'clients.firstName',
      'clients.lastName',
      sql<string | null>`staff_members.first_name || ' ' || staff_members.last_name`.as('staffName'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const { staffName, profile, ...holder } = row
  const by = askedBy !== null && staffName !== null ? { staffId: askedBy, name: staffName } : null
  return { ...holder, profile: profile as TenantKind, by } // checked by the table
}
