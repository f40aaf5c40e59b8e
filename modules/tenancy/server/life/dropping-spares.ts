import { dropSpare, tenantBusy } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { found, handle, refuse, type Handler, type Recorded } from '#platform/server/requests.ts'
import { wholeTenant } from '../showing.ts'
import type { StepContext } from '../works.ts'
import { filesNamedIn } from './archive/writing.ts'
import { askingOf, tenantToChange, type Asking, type On } from './asking.ts'
import { drop, isThere } from './closing.ts'
import { asOwner, livingTenant, tellOf } from './living.ts'
import type { LifeParts } from './parts.ts'
import {
  forgetSpare,
  giveUpExpiredSpares,
  giveUpSpare,
  insertSpare,
  sparesGivenUp,
  sparesOf,
  tenantRow,
} from './queries.ts'
import type { Beside } from './spare-secrets.ts'

/** The id is the tenant's. */
const errand = { name: 'tenant-spares', retries: 5, retryDelay: 30, secondsATry: 600 }

/** Given up at once, so that nobody comes back to it; dropped by a process that may. */
export async function askToDrop(
  db: CentralDb,
  id: string,
  { databaseName }: { databaseName: string },
  { now, jobs }: Pick<Asking, 'now' | 'jobs'>,
): Promise<Recorded> {
  const tenant = await tenantToChange(db, id)
  if (tenant.isBusy) throw refuse(tenantBusy)
  const before = found(await giveUpSpare(db, id, databaseName, now))
  await jobs?.send(db, errand, id)
  return { object: 'tenant', id, tenant: id, before: { databaseName, ...before } }
}

export const droppingSpares = (on: On): Handler =>
  handle(dropSpare, async (ctx, { params: { id, databaseName } }) => {
    ctx.record(await askToDrop(ctx.db, id, { databaseName }, askingOf(ctx, on)))
    return wholeTenant(ctx, id, on.versions)
  })

export const spareErrand = (on: LifeParts): Errand => ({
  ...errand,
  run: (tenantId) => dropGivenUp(on, tenantId),
})

/** Those whose week is over, and those whose cluster did not answer when they were to be dropped. */
export const spareSchedule = (on: LifeParts): Schedule => ({
  name: 'tenant-spares-sweep',
  cron: '23 * * * *',
  async run(db) {
    for (const tenantId of await giveUpExpiredSpares(db, on.clock.now())) await tellOf(on, tenantId)
    const tenants = new Set((await sparesGivenUp(db)).map(({ tenantId }) => tenantId))
    for (const tenantId of tenants)
      await dropGivenUp(on, tenantId).catch((error: unknown) =>
        on.log.warn(
          { err: error, tenant: tenantId },
          'a database beside the living one could not be dropped yet',
        ),
      )
  },
})

export async function dropGivenUp(on: LifeParts, tenantId: string): Promise<void> {
  for (const spare of await sparesGivenUp(on.db, tenantId)) {
    const provisioner = await on.clusters.provisioner(spare.clusterId)
    const itsFiles = (await provisioner.run((client) => isThere(client, spare.databaseName)))
      ? await asOwner(provisioner, spare.databaseName, filesNamedIn).catch(() => [])
      : []
    await removeFilesOfNoOther(on, tenantId, spare.databaseName, itsFiles)
    await provisioner.run((client) => drop(client, spare))
    await forgetSpare(on.db, spare.databaseName, on.clock.now())
  }
}

/**
 * What is being made beside and will not be finished: dropped as soon as its cluster lets it. A work may fail after the
 * practice lives in it; then it is nobody's to drop.
 */
export async function handToSweeper(
  on: LifeParts,
  step: StepContext,
  { clusterId, databaseName, loginRole, loginSecretSealed }: Beside & { clusterId: string },
): Promise<void> {
  if ((await tenantRow(step.db, step.tenantId))?.databaseName === databaseName) return
  const now = on.clock.now()
  await insertSpare(step.db, {
    databaseName,
    tenantId: step.tenantId,
    clusterId,
    loginRole,
    loginSecretSealed: Buffer.from(loginSecretSealed, 'base64'),
    origin: 'restored',
    backupId: null,
    rowsByTable: {},
    madeAt: now,
    dropAfter: now,
    droppedAt: now,
  })
  await dropGivenUp(on, step.tenantId).catch((error: unknown) =>
    on.log.warn({ err: error, tenant: step.tenantId }, 'what a failed work made could not be dropped yet'),
  )
}

/** Files are kept once, whichever of a tenant's databases names them: those that only this one named go with it. */
async function removeFilesOfNoOther(
  on: LifeParts,
  tenantId: string,
  databaseName: string,
  itsFiles: readonly string[],
): Promise<void> {
  if (itsFiles.length === 0) return
  const living = await livingTenant(on, tenantId)
  const others = [living, ...(await sparesOf(on.db, tenantId))].filter(
    (other) => other.databaseName !== databaseName && !('droppedAt' in other && other.droppedAt !== null),
  )
  const named = new Set<string>()
  for (const other of others) {
    const provisioner = await on.clusters.provisioner(other.clusterId)
    for (const id of await asOwner(provisioner, other.databaseName, filesNamedIn)) named.add(id)
  }
  for (const id of itsFiles) if (!named.has(id)) await on.files.remove(tenantId, id)
}
