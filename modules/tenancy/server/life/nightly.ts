import type { Jobs, Schedule } from '#platform/server/jobs.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { beginWork } from '../works.ts'
import { archiveName, type BackupPlan } from './backing-up.ts'
import { loginSecretPlace } from '../catalogue.ts'
import type { LifeParts } from './parts.ts'
import { backupsMadeBefore, markBackupsRemoved, tenantsToBackUp } from './queries.ts'
import { writesSoFar } from './writes.ts'

/** In one night, the longest without one first: who does not come in turn does so the next night. */
const atMostANight = 2_000
const daysKept = 30

type On = Pick<LifeParts, 'vault' | 'clusters' | 'clock' | 'log' | 'backups'>

/** Of each active tenant in which anything was written since its last backup. */
export const backupSchedule = (on: On & { jobs: () => Jobs }): Schedule => ({
  name: 'tenant-backups',
  cron: '30 1 * * *',
  secondsATry: 3 * 3600,
  async run(db) {
    await removeExpiredBackups(db, on)
    await backUpChanged(db, { ...on, jobs: on.jobs() })
  },
})

/** @returns how many were begun */
export async function backUpChanged(
  db: CentralDb,
  on: On & { jobs: Pick<Jobs, 'send'> | undefined },
): Promise<number> {
  let begun = 0
  for (const tenant of await tenantsToBackUp(db, atMostANight)) {
    try {
      const isSame = tenant.lastBackupAt !== null && (await writesIn(tenant, on)) === tenant.writes
      if (isSame) continue
      const plan: BackupPlan = { backupId: uuidv7(on.clock.now().getTime()), occasion: 'nightly' }
      const work = { tenantId: tenant.id, kind: 'backup' as const, plan, askedBy: null }
      const id = await db
        .transaction()
        .execute((transaction: CentralDb) => beginWork(transaction, work, on.jobs))
      if (id !== undefined) begun++
    } catch (error) {
      // One that cannot be reached keeps no other from its backup; its age tells of it on its page.
      on.log.warn({ err: error, tenant: tenant.id }, 'a nightly backup could not be begun')
    }
  }
  return begun
}

async function writesIn(
  {
    id,
    clusterId,
    databaseName,
    loginRole,
    loginSecretSealed,
  }: Awaited<ReturnType<typeof tenantsToBackUp>>[number],
  { vault, clusters }: Pick<On, 'vault' | 'clusters'>,
): Promise<string> {
  if (!loginSecretSealed) throw new Error('a tenant without its secret')
  const loginSecret = vault.open(loginSecretSealed, loginSecretPlace(id))
  const provisioner = await clusters.provisioner(clusterId)
  return provisioner.asItsOwner({ databaseName, loginRole, loginSecret }, writesSoFar)
}

/** File first: a row without its file is told as such by who restores it, a file without its row would stay for ever. */
export async function removeExpiredBackups(
  db: CentralDb,
  { clock, backups }: Pick<On, 'clock' | 'backups'>,
): Promise<number> {
  const now = clock.now()
  const expired = await backupsMadeBefore(db, new Date(now.getTime() - daysKept * 86_400_000))
  for (const { id, tenantId } of expired) {
    await backups.remove(tenantId, archiveName(id))
    await markBackupsRemoved(db, [id], now)
  }
  return expired.length
}
