import { dropSpare, tenantBusy } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand, Schedule } from '#platform/server/jobs.ts'
import { found, handle, refuse, type Handler, type Recorded } from '#platform/server/requests.ts'
import { wholeTenant } from '../showing.ts'
import type { StepContext } from '../works.ts'
import { filesNamedIn } from './archive/writing.ts'
import { askingOf, tenantToChange, type Asking, type On } from './asking.ts'
import { drop, isThere } from './closing.ts'
import { tellOf } from './living.ts'
import type { LifeParts } from './parts.ts'
import {
  forgetSpare,
  giveUpExpiredSpares,
  giveUpSpare,
  insertSpare,
  sparesGivenUp,
  tenantRow,
} from './queries.ts'
import { removeFilesOfNoOther, removeMarked } from './removing-files.ts'
import type { Beside } from './spare-secrets.ts'
import { livedOf, visiting } from './visiting.ts'

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

/** Those whose week is over, and those whose cluster did not answer when they were to be dropped; then files that nobody names. */
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
    for (const tenantId of await on.files.tenants())
      await removeMarked(on, tenantId).catch((error: unknown) =>
        on.log.warn({ err: error, tenant: tenantId }, 'removed files could not be looked for yet'),
      )
  },
})

export async function dropGivenUp(on: LifeParts, tenantId: string): Promise<void> {
  for (const spare of await sparesGivenUp(on.db, tenantId)) {
    const provisioner = await on.clusters.provisioner(spare.clusterId)
    const itsFiles = (await provisioner.run((client) => isThere(client, spare.databaseName)))
      ? await visiting(provisioner, livedOf(on.vault, spare), filesNamedIn).catch(() => [])
      : []
    await removeFilesOfNoOther(on, tenantId, spare.databaseName, itsFiles)
    await provisioner.run((client) => drop(client, spare))
    await forgetSpare(on.db, spare.databaseName, on.clock.now())
  }
  await removeMarked(on, tenantId)
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
