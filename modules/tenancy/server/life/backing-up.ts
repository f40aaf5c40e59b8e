import { createHash } from 'node:crypto'
import { backUpTenant } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { WorkTrouble, type StepContext, type WorkKind } from '../works.ts'
import { rowsByTable, type Manifest } from './archive/manifest.ts'
import { sealed } from './archive/sealing.ts'
import { archiveOf } from './archive/writing.ts'
import { answered, askingOf, begin, tenantToChange, type Asked, type Asking, type On } from './asking.ts'
import { livingTenant } from './living.ts'
import type { LifeParts } from './parts.ts'
import { backupById, insertBackup } from './queries.ts'
import { actorOf } from './taking-place.ts'
import { writesSoFar } from './writes.ts'

export type Occasion = 'asked' | 'nightly' | 'before_restore' | 'before_purge'

/** `writes` is found out by the work: what stands in it tells the next night whether anything changed. */
export type BackupPlan = { backupId: string; occasion: Occasion; writes?: string }

export const archiveName = (backupId: string) => `${backupId}.archive`

/** In the caller's transaction. @throws Refused */
export async function askForBackup(db: CentralDb, id: string, asking: Asking): Promise<Asked> {
  const tenant = await tenantToChange(db, id)
  const plan: BackupPlan = { backupId: uuidv7(asking.now.getTime()), occasion: 'asked' }
  const workId = await begin(db, tenant, { kind: 'backup', plan }, asking)
  return { object: 'tenant', id, tenant: id, after: { backupId: plan.backupId }, workId }
}

export const backingUp = (on: On): Handler =>
  handle(backUpTenant, async (ctx, { params: { id } }) =>
    answered(ctx, await askForBackup(ctx.db, id, askingOf(ctx, on)), id, on),
  )

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
  const made = await provisioner.asItsOwner(tenant, async (client) => {
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
    const bytes = await on.backups
      .write(tenantId, archiveName(backupId), stored())
      .catch((error: unknown) => {
        if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error) ?? ''))
          throw new WorkTrouble('disk_full', String(error))
        throw error
      })
    if (!manifest) throw new Error('an archive ended without its manifest')
    return { bytes, sha256: hash.digest(), manifest }
  })
  const lost = made.manifest.files.filter((file) => 'missing' in file)
  if (lost.length > 0)
    on.log.warn(
      { tenant: tenantId, backup: backupId, files: lost.length },
      'files of a tenant were not there',
    )
  await step.db.transaction().execute(async (db: CentralDb) => {
    await insertBackup(db, {
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
    // Those of every night would drown what people did; each has its row, with the same digest.
    if (occasion === 'asked')
      await on.audit.write(db, {
        verb: 'tenant.backed_up',
        actor: actorOf(step),
        object: { type: 'tenant', id: tenantId },
        tenant: tenantId,
        result: 'done',
        ticket: `sha256:${made.sha256.toString('hex')}`,
        after: { backupId, bytes: made.bytes },
      })
  })
}

/** Of the system, `ENOSPC` say. */
const codeOf = (error: unknown) => (error as { code?: string }).code
