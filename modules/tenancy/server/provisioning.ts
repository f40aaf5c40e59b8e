/**
 * Makes a tenant's database: logins and a clone of the template, then its rights; says in it whose practice it is; and then
 * the catalogue says that it lives and its holder is written to. Each step looks at what is there: whoever goes on after a dead process
 * finds its work done, half done or still being done.
 */
import pg from 'pg'
import type { Audit } from '#server/audit'
import type { Members } from '#server/identity'
import type { Clock } from '#platform/server/clock.ts'
import { withLogin } from '#platform/server/database-logins.ts'
import { isOutage, type CentralDb } from '#platform/server/db.ts'
import type { TenantPlace } from '#platform/server/tenant-db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { loginSecretPlace, type Catalogue } from './catalogue.ts'
import { databaseOn, type Clusters } from './clusters.ts'
import { loginOf } from './logins.ts'
import { cloneTemplate, makeLogins, openToLogins } from './making-databases.ts'
import { activate, holderToInvite, holdHalfMade, placeById } from './place-queries.ts'
import type { Templates } from './template.ts'
import { ClusterUnreachable, WorkTrouble, type StepContext, type WorkKind } from './works.ts'

export type Provisioning = {
  db: CentralDb
  vault: Vault
  audit: Pick<Audit, 'writeDownAs'>
  clock: Clock
  catalogue: Catalogue
  clusters: Clusters
  templates: Templates
  /** Lets the client into their practice and writes to them, in the transaction that makes it live. */
  inviteHolder: Members['invite']
}

export function provisioning(on: Provisioning): WorkKind {
  return {
    kind: 'provision',
    steps: [
      { name: 'database', run: ({ tenantId }) => make(on, tenantId) },
      { name: 'opening', run: (context) => open(on, context) },
    ],
  }
}

async function make(on: Provisioning, tenantId: string): Promise<void> {
  const { db, vault, clusters, templates, catalogue } = on
  const row = await placeById(db, tenantId)
  if (!row?.loginSecretSealed) throw new WorkTrouble('tenant_gone', tenantId, { isFinal: true })
  const { clusterId, databaseName, loginRole, loginSecretSealed } = row
  const secret = vault.open(loginSecretSealed, loginSecretPlace(tenantId))
  const provisioner = await clusters.provisioner(clusterId)
  // None of them needs another; the longest first.
  await Promise.all([
    cloneTemplate(provisioner, databaseName, templates),
    makeLogins(provisioner, loginRole, secret),
    // Known when the next step needs it.
    catalogue.locate(tenantId),
  ])
  await openToLogins(provisioner, databaseName, loginRole)
}

/**
 * Says in the database whose practice it is, as the keeper: one of the new logins has been seen to work then.
 * @returns the version of its schema
 */
async function furnish({ catalogue, clusters }: Provisioning, tenantId: string): Promise<number> {
  const place = await catalogue.locate(tenantId)
  if (!place) throw new WorkTrouble('tenant_gone', tenantId, { isFinal: true })
  const { tenant, version } = await sayWhose(place).catch(async (error: unknown) => {
    if (!isOutage(error)) throw error
    await clusters.found(place.clusterId, error)
    throw new ClusterUnreachable(error instanceof Error ? error.message : String(error))
  })
  if (tenant !== tenantId)
    throw new WorkTrouble('database_taken', `${place.databaseName} is the database of ${tenant}`, {
      isFinal: true,
    })
  return version
}

async function sayWhose(place: TenantPlace): Promise<{ tenant: string; version: number }> {
  const keeper = new pg.Client({
    connectionString: withLogin(
      databaseOn(place.address, place.databaseName),
      loginOf(place.loginRole, 'keeper'),
      place.passwordOf('keeper'),
    ),
    application_name: 'magestionpsy provisioning',
    connectionTimeoutMillis: 3_000,
  })
  keeper.on('error', () => {})
  try {
    await keeper.connect()
    const { rows } = await keeper.query<{ tenant: string; version: number }>(
      `WITH said AS (
         INSERT INTO practice (tenant_id, name, kind) VALUES ($1, $2, $3) ON CONFLICT (one) DO NOTHING RETURNING tenant_id)
       SELECT coalesce((SELECT tenant_id FROM said), (SELECT tenant_id FROM practice)) AS tenant,
         (SELECT max(version) FROM schema_migrations) AS version`,
      [place.tenantId, place.name, place.kind],
    )
    const [row] = rows
    if (!row) throw new Error('a query without a condition has a row')
    return row
  } finally {
    void keeper.end().catch(() => {})
  }
}

/** All of it or nothing of it, and once: whoever comes later finds the tenant living. */
async function open(on: Provisioning, { tenantId, askedBy }: StepContext): Promise<void> {
  const { db, clock } = on
  // The letter is written while the database is told whose it is; it leaves with the commit, or never.
  const furnishing = furnish(on, tenantId)
  const opening = db.transaction().execute(async (transaction: CentralDb) => {
    if (!(await holdHalfMade(transaction, tenantId))) return
    await tell(on, transaction, { tenantId, askedBy })
    await activate(transaction, tenantId, { version: await furnishing, now: clock.now() })
  })
  // Whatever becomes of the one, the other has ended too when this does.
  for (const ended of await Promise.allSettled([furnishing, opening]))
    if (ended.status === 'rejected') throw ended.reason
  on.catalogue.forget(tenantId)
}

async function tell(
  { audit, inviteHolder }: Provisioning,
  transaction: CentralDb,
  { tenantId, askedBy }: { tenantId: string; askedBy: string | null },
): Promise<void> {
  await audit.writeDownAs(transaction, {
    verb: 'tenant.provisioned',
    label: 'provisioning',
    staffId: askedBy ?? undefined,
    object: 'tenant',
    id: tenantId,
  })
  const holder = await holderToInvite(transaction, tenantId, askedBy)
  // A client who was purged meanwhile leaves nobody to write to.
  if (holder) await inviteHolder(transaction, { tenantId, language: 'fr', holder: true, ...holder })
}
