import type { Tables } from '#platform/server/db.ts'
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
