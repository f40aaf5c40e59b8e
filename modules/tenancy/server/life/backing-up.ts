import { createHash } from 'node:crypto'
import { backUpTenant, tenantBusy, tenantStateWrong } from '#contract/tenancy'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Versions } from '../alerts.ts'
import { wholeTenant } from '../showing.ts'
import { beginWork, WorkTrouble, type StepContext, type WorkKind } from '../works.ts'
import { rowsByTable, type Manifest } from './archive/manifest.ts'
import { sealed } from './archive/sealing.ts'
import { archiveOf } from './archive/writing.ts'
import { asOwner, livingTenant } from './living.ts'
import type { LifeParts } from './parts.ts'
import { backupById, insertBackup, lockWithName } from './queries.ts'
import { writesSoFar } from './writes.ts'

export type Occasion = 'asked' | 'nightly' | 'before_restore' | 'before_purge'

/** `writes` is found out by the work: what stands in it tells the next night whether anything changed. */
export type BackupPlan = { backupId: string; occasion: Occasion; writes?: string }

export const archiveName = (backupId: string) => `${backupId}.archive`

export const backingUp = (on: { versions: Versions; jobs: () => Jobs }): Handler =>
  handle(backUpTenant, async (ctx, { params: { id } }) => {
    const tenant = found(await lockWithName(ctx.db, id))
    if (tenant.state !== 'active' && tenant.state !== 'suspended') throw refuse(tenantStateWrong)
    const plan: BackupPlan = { backupId: uuidv7(ctx.clock.now().getTime()), occasion: 'asked' }
    const work = { tenantId: id, kind: 'backup' as const, plan, askedBy: ctx.actor.staffId }
    if ((await beginWork(ctx.db, work, on.jobs())) === undefined) throw refuse(tenantBusy)
    ctx.record({ object: 'tenant', id, tenant: id, after: { backupId: plan.backupId } })
    return wholeTenant(ctx, id, on.versions)
  })

/** The archive is written beside and put in its place whole; its row is written when it lies on the disk. */
export const backupKind = (on: LifeParts): WorkKind => ({
  kind: 'backup',
  steps: [{ name: 'write', run: (step) => writeBackup(on, step) }],
  async undo(step) {
    const { backupId } = step.plan as BackupPlan
    if (!(await backupById(step.db, step.tenantId, backupId)))
      await on.backups.remove(step.tenantId, archiveName(backupId))
  },
})

async function writeBackup(on: LifeParts, step: StepContext): Promise<void> {
  const { backupId, occasion, writes } = step.plan as BackupPlan // written by those who begin it
  const { tenantId } = step
  if (await backupById(step.db, tenantId, backupId)) return
  const tenant = await livingTenant(on, tenantId)
  const provisioner = await on.clusters.provisioner(tenant.clusterId)
  const madeAt = on.clock.now()
  const made = await asOwner(provisioner, tenant.databaseName, async (client) => {
    // Before the snapshot: what is written in between is in the archive and counts as new all the same.
    if (writes === undefined) await step.save({ writes: await writesSoFar(client) })
    let manifest: Manifest | undefined
    const hash = createHash('sha256')
    const plain = archiveOf(
      { client, files: on.files, vault: tenant.vault, tenantId, backupId, madeAt, progress: step.progress },
      (whole) => (manifest = whole),
    )
    async function* stored() {
      for await (const chunk of sealed({ tenantId, backupId }, tenant.key, plain)) {
        step.signal.throwIfAborted()
        hash.update(chunk)
        yield chunk
      }
    }
    const bytes = await on.backups.write(tenantId, archiveName(backupId), stored()).catch((error: unknown) => {
      if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error) ?? ''))
        throw new WorkTrouble('disk_full', String(error))
      throw error
    })
    if (!manifest) throw new Error('an archive ended without its manifest')
    return { bytes, sha256: hash.digest(), manifest }
  })
  const lost = made.manifest.files.filter((file) => 'missing' in file)
  if (lost.length > 0)
    on.log.warn({ tenant: tenantId, backup: backupId, files: lost.length }, 'files of a tenant were not there')
  await insertBackup(step.db, {
    id: backupId,
    tenantId,
    madeAt,
    madeBy: step.askedBy,
    schemaVersion: made.manifest.schemaVersion,
    storageKey: `${tenantId}/${archiveName(backupId)}`,
    bytes: made.bytes,
    sha256: made.sha256,
    rowsByTable: rowsByTable(made.manifest.tables),
    occasion,
  })
}

/** Of the system, `ENOSPC` say. */
const codeOf = (error: unknown) => (error as { code?: string }).code
