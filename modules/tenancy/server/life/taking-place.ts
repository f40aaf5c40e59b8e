/** One database takes the place of another: what a move and a switch have in common. */
import type { CentralDb } from '#platform/server/db.ts'
import { loginSecretPlace } from '../catalogue.ts'
import { WorkTrouble, type StepContext } from '../works.ts'
import { freeze, shut, thaw } from './closing.ts'
import { livingTenant, tellOf, type Living } from './living.ts'
import type { LifeParts } from './parts.ts'
import { deleteSpare, insertSpare, markMoving, replaceDatabase, tenantRow, unmarkMoving } from './queries.ts'
import { spareSecretPlace } from './spare-secrets.ts'

/** What was replaced can be taken back for so long. */
export const daysKept = 7

export const inDays = (from: Date, days: number) => new Date(from.getTime() + days * 86_400_000)

export type Newcomer = {
  clusterId: string
  databaseName: string
  loginRole: string
  loginSecret: Uint8Array
  schemaVersion: number
}

/**
 * Nothing where the newcomer has its place already. Whatever fails before is put back at once: the practice, which cannot
 * write meanwhile, would wait with us for a better moment.
 */
export async function untilItLives(
  on: LifeParts,
  step: StepContext,
  newcomer: string | undefined,
  work: (living: Living) => Promise<void>,
): Promise<void> {
  const living = await livingTenant(on, step.tenantId)
  if (living.databaseName === newcomer) return
  await work(living).catch((error: unknown) => {
    // Whoever leaves is followed by somebody else.
    if (step.signal.aborted) throw error
    const code = error instanceof WorkTrouble ? error.code : 'internal'
    const detail = error instanceof Error ? error.message : String(error)
    throw new WorkTrouble(code, detail, { isFinal: true })
  })
}

/** From here on it can be read and not written, until `takePlace` or `giveBack`. */
export async function holdStill(on: LifeParts, step: StepContext, living: Living): Promise<void> {
  // First what processes know, so that people read a sentence; then what holds whatever they know.
  await markMoving(step.db, step.tenantId, on.clock.now())
  await tellOf(on, step.tenantId)
  const provisioner = await on.clusters.provisioner(living.clusterId)
  await provisioner.run((client) => freeze(client, living))
  await on.databases.forget(step.tenantId, { hard: true })
}

/** After a failure: as it was. Nothing happens where the place was taken already. */
export async function giveBack(on: LifeParts, step: StepContext): Promise<void> {
  const row = await tenantRow(step.db, step.tenantId)
  if (row?.state !== 'moving') return
  const provisioner = await on.clusters.provisioner(row.clusterId)
  await provisioner.run((client) => thaw(client, row))
  await unmarkMoving(step.db, step.tenantId, on.clock.now())
  await tellOf(on, step.tenantId)
}

/**
 * The catalogue names the newcomer, what it replaces becomes a spare, and the log tells of it: together or not at all.
 * Who comes from now on comes into the newcomer.
 */
export async function takePlace(
  on: LifeParts,
  step: StepContext,
  {
    living,
    newcomer,
    origin,
    rowsByTable,
    reason,
  }: {
    living: Living
    newcomer: Newcomer
    origin: 'replaced' | 'moved'
    rowsByTable: Record<string, number>
    reason?: string | undefined
  },
): Promise<void> {
  const now = on.clock.now()
  await step.db.transaction().execute(async (db: CentralDb) => {
    await unmarkMoving(db, step.tenantId, now)
    await deleteSpare(db, newcomer.databaseName)
    const { loginSecret, ...place } = newcomer
    await replaceDatabase(db, step.tenantId, {
      ...place,
      loginSecretSealed: on.vault.seal(loginSecret, loginSecretPlace(step.tenantId)),
    })
    await insertSpare(db, {
      databaseName: living.databaseName,
      tenantId: step.tenantId,
      clusterId: living.clusterId,
      loginRole: living.loginRole,
      loginSecretSealed: on.vault.seal(living.loginSecret, spareSecretPlace(living.databaseName)),
      origin,
      backupId: null,
      rowsByTable,
      madeAt: now,
      dropAfter: inDays(now, daysKept),
    })
    const at = ({ clusterId, databaseName }: { clusterId: string; databaseName: string }) => ({
      clusterId,
      databaseName,
    })
    await on.audit.write(db, {
      verb: origin === 'moved' ? 'tenant.moved' : 'tenant.switched',
      actor: actorOf(step),
      object: { type: 'tenant', id: step.tenantId },
      tenant: step.tenantId,
      result: 'done',
      reason,
      before: at(living),
      after: at(newcomer),
    })
  })
  await tellOf(on, step.tenantId)
  await on.databases.forget(step.tenantId)
}

/** The replaced one is left as it is. Its cluster may be what one moved away from: then it can wait. */
export async function shutReplaced(
  on: LifeParts,
  which: { clusterId: string; databaseName: string; loginRole: string },
) {
  const provisioner = await on.clusters.provisioner(which.clusterId)
  await provisioner.run((client) => shut(client, which))
}

/** Who asked is who acts, however much later; by the clock it is the house itself. */
export const actorOf = ({ askedBy }: Pick<StepContext, 'askedBy'>) =>
  askedBy === null ? { type: 'system' as const, id: 'system' } : { type: 'staff' as const, id: askedBy }
