import { sql, type Tables } from '#platform/server/db.ts'
import type { TenantState } from '#contract/tenancy'

type Db = Tables<
  'tenants' | 'tenantBackups' | 'tenantSpares' | 'tenantWorks' | 'tenantPurges' | 'clusters' | 'tenantDrifts'
>

// ───────────────────────────── the tenant

export async function tenantRow(db: Db, id: string) {
  const row = await db
    .selectFrom('tenants')
    .where('id', '=', id)
    .select([
      'id',
      'name',
      'kind',
      'state',
      'stateBefore',
      'clusterId',
      'databaseName',
      'loginRole',
      'loginSecretSealed',
      'keySealed',
      'schemaVersion',
      'createdAt',
    ])
    .executeTakeFirst()
  return row && { ...row, state: row.state as TenantState } // checked by the table
}
export type TenantRecord = NonNullable<Awaited<ReturnType<typeof tenantRow>>>

/** The tenant with its name, held until the end of the transaction, and whether something is being done to it. */
export async function lockWithName(db: Db, id: string) {
  const row = await db
    .selectFrom('tenants')
    .where('id', '=', id)
    .select(['id', 'name', 'state', 'clusterId', 'databaseName'])
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
  return row && { ...row, state: row.state as TenantState } // checked by the table
}

/** Its state while its rows go elsewhere: it can be read, not written. Nothing happens where it moves already. */
export async function markMoving(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ state: 'moving', stateBefore: sql<string>`state`, stateSince: now })
    .where('id', '=', id)
    .where('state', 'in', ['active', 'suspended'])
    .execute()
}

export async function unmarkMoving(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ state: sql<string>`state_before`, stateBefore: null, stateSince: now })
    .where('id', '=', id)
    .where('state', '=', 'moving')
    .execute()
}

/** Another database takes the place of the living one. */
export async function replaceDatabase(
  db: Db,
  id: string,
  by: {
    clusterId: string
    databaseName: string
    loginRole: string
    loginSecretSealed: Buffer
    schemaVersion: number
  },
): Promise<void> {
  await db.updateTable('tenants').set(by).where('id', '=', id).execute()
  // Of the former one.
  await db.deleteFrom('tenantDrifts').where('tenantId', '=', id).execute()
}

export async function markPurging(db: Db, id: string, reason: string, now: Date): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ state: 'purging', stateBefore: null, stateReason: reason, stateSince: now })
    .where('id', '=', id)
    .execute()
}

/** What is sealed under its key is bytes from here on, wherever it lies. */
export async function destroySecrets(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('tenants')
    .set({ state: 'purged', stateSince: now, keySealed: null, loginSecretSealed: null, schemaVersion: null })
    .set({ sizeBytes: null, connections: null, slowQueries: null, rowsEstimated: null, lastBackupAt: null })
    .set({ stateReason: null, canary: false })
    .where('id', '=', id)
    .execute()
  await db.deleteFrom('tenantDrifts').where('tenantId', '=', id).execute()
}

// ───────────────────────────── backups

export type NewBackup = {
  id: string
  tenantId: string
  madeAt: Date
  madeBy: string | null
  schemaVersion: number
  storageKey: string
  bytes: number
  sha256: Buffer
  rowsByTable: Record<string, number>
  occasion: string
}

/** Again after somebody's death it is there already. */
export async function insertBackup(db: Db, { rowsByTable, ...backup }: NewBackup): Promise<void> {
  await db
    .insertInto('tenantBackups')
    .values({ ...backup, rowsByTable: JSON.stringify(rowsByTable) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  await db
    .updateTable('tenants')
    .set({ lastBackupAt: backup.madeAt })
    .where('id', '=', backup.tenantId)
    .execute()
}

export async function backupById(db: Db, tenantId: string, id: string) {
  return db
    .selectFrom('tenantBackups')
    .where('id', '=', id)
    .where('tenantId', '=', tenantId)
    .selectAll()
    .executeTakeFirst()
}

export async function backupsOf(db: Db, tenantId: string) {
  return db
    .selectFrom('tenantBackups')
    .where('tenantId', '=', tenantId)
    .orderBy('madeAt')
    .orderBy('id')
    .select(['id', 'madeAt', 'bytes', 'sha256', 'removedAt'])
    .execute()
}

/** Older than that, but never a tenant's last one: who changes nothing for a month keeps what they have. */
export async function backupsMadeBefore(db: Db, oldest: Date) {
  return db
    .selectFrom('tenantBackups as backup')
    .where('removedAt', 'is', null)
    .where('madeAt', '<', oldest)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('tenantBackups as later')
          .whereRef('later.tenantId', '=', 'backup.tenantId')
          .whereRef('later.madeAt', '>', 'backup.madeAt')
          .where('later.removedAt', 'is', null)
          .select('later.id'),
      ),
    )
    .select(['id', 'tenantId', 'storageKey'])
    .execute()
}

export async function markBackupsRemoved(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('tenantBackups')
    .set({ removedAt: now })
    .where('id', 'in', ids)
    .where('removedAt', 'is', null)
    .execute()
}

/** Active ones with nothing under way, those whose backup is oldest first; with what their last backup knew of writes. */
export async function tenantsToBackUp(db: Db, limit: number) {
  return db
    .selectFrom('tenants')
    .where('state', '=', 'active')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('tenantWorks')
            .whereRef('tenantWorks.tenantId', '=', 'tenants.id')
            .where('tenantWorks.state', 'in', ['waiting', 'running'])
            .select('tenantWorks.id'),
        ),
      ),
    )
    .orderBy(sql`last_backup_at nulls first`)
    .orderBy('id')
    .limit(limit)
    .select(['id', 'clusterId', 'databaseName', 'loginRole', 'loginSecretSealed', 'lastBackupAt'])
    .select((eb) =>
      eb
        .selectFrom('tenantWorks')
        .whereRef('tenantWorks.tenantId', '=', 'tenants.id')
        .where('kind', '=', 'backup')
        .where('tenantWorks.state', '=', 'done')
        .orderBy('endedAt', 'desc')
        .limit(1)
        .select(sql<string | null>`plan ->> 'writes'`.as('writes'))
        .as('writes'),
    )
    .execute()
}

// ───────────────────────────── spares

export type NewSpare = {
  databaseName: string
  tenantId: string
  clusterId: string
  loginRole: string
  loginSecretSealed: Buffer
  origin: 'restored' | 'replaced' | 'moved'
  backupId: string | null
  rowsByTable: Record<string, number>
  madeAt: Date
  dropAfter: Date
  /** Of what nobody may come back to: it waits to be dropped. */
  droppedAt?: Date
}

export async function insertSpare(db: Db, { rowsByTable, ...spare }: NewSpare): Promise<void> {
  await db
    .insertInto('tenantSpares')
    .values({ ...spare, rowsByTable: JSON.stringify(rowsByTable) })
    .onConflict((conflict) => conflict.column('databaseName').doNothing())
    .execute()
}

export async function spareByName(db: Db, tenantId: string, databaseName: string) {
  return db
    .selectFrom('tenantSpares')
    .where('databaseName', '=', databaseName)
    .where('tenantId', '=', tenantId)
    .where('droppedAt', 'is', null)
    .selectAll()
    .executeTakeFirst()
}

/** It took the living one's place, and is beside nothing any more. */
export async function deleteSpare(db: Db, databaseName: string): Promise<void> {
  await db.deleteFrom('tenantSpares').where('databaseName', '=', databaseName).execute()
}

/** Those of a tenant that are there, those that only wait to be dropped among them. */
export async function sparesOf(db: Db, tenantId: string) {
  return db
    .selectFrom('tenantSpares')
    .where('tenantId', '=', tenantId)
    .where('loginSecretSealed', 'is not', null)
    .orderBy('databaseName')
    .select(['databaseName', 'clusterId', 'loginRole', 'loginSecretSealed', 'droppedAt'])
    .execute()
}

/** Whether a file's row may stand beside the living database, or stand there soon: its bytes are not its own then. */
export async function mayComeBack(db: Db, tenantId: string): Promise<boolean> {
  const { may } = await db
    .selectNoFrom((eb) =>
      eb
        .or([
          eb.exists(
            eb
              .selectFrom('tenantSpares')
              .where('tenantId', '=', tenantId)
              .where('loginSecretSealed', 'is not', null)
              .select('databaseName'),
          ),
          eb.exists(
            eb
              .selectFrom('tenantWorks')
              .where('tenantId', '=', tenantId)
              .where('state', 'in', ['waiting', 'running'])
              .select('id'),
          ),
        ])
        .as('may'),
    )
    .executeTakeFirstOrThrow()
  return Boolean(may)
}

/** Nobody comes back to it from here on; who drops it comes later. @returns whether there was such a one */
export async function giveUpSpare(db: Db, tenantId: string, databaseName: string, now: Date) {
  const row = await db
    .updateTable('tenantSpares')
    .set({ droppedAt: now })
    .where('databaseName', '=', databaseName)
    .where('tenantId', '=', tenantId)
    .where('droppedAt', 'is', null)
    .returning(['origin', 'rowsByTable'])
    .executeTakeFirst()
  return row
}

/** Whose week is over, unless something is being done to the tenant just now. @returns their tenants */
export async function giveUpExpiredSpares(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .updateTable('tenantSpares')
    .set({ droppedAt: now })
    .where('droppedAt', 'is', null)
    .where('dropAfter', '<', now)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('tenantWorks')
            .whereRef('tenantWorks.tenantId', '=', 'tenantSpares.tenantId')
            .where('tenantWorks.state', 'in', ['waiting', 'running'])
            .select('tenantWorks.id'),
        ),
      ),
    )
    .returning('tenantId')
    .execute()
  return [...new Set(rows.map(({ tenantId }) => tenantId))]
}

/** Given up and still there. A database somebody lives in is never among them, whatever was written of it. */
export async function sparesGivenUp(db: Db, tenantId?: string) {
  return db
    .selectFrom('tenantSpares')
    .where('droppedAt', 'is not', null)
    .where('loginSecretSealed', 'is not', null)
    .where('databaseName', 'not in', (eb) => eb.selectFrom('tenants').select('tenants.databaseName'))
    .$if(tenantId !== undefined, (query) => query.where('tenantId', '=', tenantId ?? ''))
    .select(['databaseName', 'tenantId', 'clusterId', 'loginRole', 'loginSecretSealed'])
    .execute()
}

export async function forgetSpare(db: Db, databaseName: string, now: Date): Promise<void> {
  await db
    .updateTable('tenantSpares')
    .set({ loginSecretSealed: null, droppedAt: sql<Date>`coalesce(dropped_at, ${now})` })
    .where('databaseName', '=', databaseName)
    .execute()
}

// ───────────────────────────── where it may go, and what is left of it

/** A cluster a tenant may move to, held until the end of the transaction. */
export async function lockClusterWithRoom(db: Db, id: string) {
  await db.selectFrom('clusters').where('id', '=', id).select('id').forUpdate().execute()
  return db
    .selectFrom('clusters')
    .where('id', '=', id)
    .select(['id', 'state', 'unreachableSince'])
    .select(
      sql<number>`capacity - (select count(*)::integer from tenants where tenants.cluster_id = clusters.id and tenants.state <> 'purged')`.as(
        'room',
      ),
    )
    .executeTakeFirst()
}

export async function insertPurge(
  db: Db,
  purge: { tenantId: string; purgedAt: Date; purgedBy: string | null; certificate: string; sha256: Buffer },
): Promise<void> {
  await db.insertInto('tenantPurges').values(purge).execute()
}

export async function purgeOf(db: Db, tenantId: string) {
  return db.selectFrom('tenantPurges').where('tenantId', '=', tenantId).selectAll().executeTakeFirst()
}

export async function clusterNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('clusters').select(['id', 'name']).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Its database with all that was in it. */
export async function isGone(db: Db, tenantId: string): Promise<boolean> {
  return (await purgeOf(db, tenantId)) !== undefined
}
