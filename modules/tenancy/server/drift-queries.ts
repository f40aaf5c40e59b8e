import type { Fleet } from '#contract/tenancy'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'tenants' | 'clusters' | 'tenantDrifts'>

export type Difference = { kind: 'missing' | 'unexpected'; line: string }

export type Comparable = {
  tenantId: string
  clusterId: string
  databaseName: string
  loginRole: string
  loginSecretSealed: Buffer | null
}

/** Those whose database is to be as the template; one that is moved or made is not yet. */
export async function comparableTenants(db: Db): Promise<Comparable[]> {
  return db
    .selectFrom('tenants')
    .where('state', 'in', ['active', 'suspended'])
    .orderBy('id')
    .select(['id as tenantId', 'clusterId', 'databaseName', 'loginRole', 'loginSecretSealed'])
    .execute()
}

export async function templateOf(db: Db, clusterId: string) {
  return db
    .selectFrom('clusters')
    .where('id', '=', clusterId)
    .select(['name', 'templateVersion', 'templateCatalogue'])
    .executeTakeFirst()
}

/** @param found without differences nothing could be compared: those known before stay, with the reason */
export async function keepDrift(
  db: Db,
  tenantId: string,
  found: { differences?: Difference[]; trouble: string | null; now: Date },
): Promise<void> {
  const differences = found.differences === undefined ? undefined : JSON.stringify(found.differences)
  const told = { checkedAt: found.now, trouble: found.trouble }
  await db
    .insertInto('tenantDrifts')
    .values({ tenantId, ...told, differences: differences ?? '[]' })
    .onConflict((conflict) =>
      conflict.column('tenantId').doUpdateSet(differences === undefined ? told : { ...told, differences }),
    )
    .execute()
}

/** Those that differ, or of which it is not known. */
export async function driftsFound(db: Db) {
  const rows = await db
    .selectFrom('tenantDrifts')
    .innerJoin('tenants', 'tenants.id', 'tenantDrifts.tenantId')
    .where('tenants.state', 'in', ['active', 'suspended', 'moving'])
    .where(sql<boolean>`tenant_drifts.differences <> '[]' or tenant_drifts.trouble is not null`)
    .orderBy('tenants.name')
    .orderBy('tenants.id')
    .select(['tenantDrifts.tenantId', 'tenants.name', 'tenantDrifts.differences', 'tenantDrifts.trouble'])
    .execute()
  // Written by keepDrift alone.
  return rows.map((row) => ({ ...row, differences: row.differences as Difference[] }))
}

export async function driftFigures(db: Db): Promise<Fleet['drift']> {
  const { rows } = await sql<Omit<Fleet['drift'], 'checkedAt'> & { checkedAt: Date | null }>`
    select max(d.checked_at) as "checkedAt", count(*)::integer as checked,
      (count(*) filter (where d.differences <> '[]'))::integer as drifting,
      (count(*) filter (where d.trouble = 'unreachable'))::integer as unreachable
    from tenant_drifts d join tenants t on t.id = d.tenant_id
    where t.state in ('active', 'suspended', 'moving')`.execute(db)
  const figures = rows[0]! // an aggregate without groups has one row
  return { ...figures, checkedAt: figures.checkedAt?.toISOString() ?? null }
}
