import { backupGone, restoreTenant } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { FileMissing } from '#platform/server/tenant-folders.ts'
import { migrateTenant, type WayIn } from '../migrating.ts'
import { WorkTrouble, type StepContext, type WorkKind } from '../works.ts'
import { ArchiveRefused } from './archive/damage.ts'
import { rowsByTable, type AppliedMigration, type Manifest } from './archive/manifest.ts'
import { checkArchive, manifestIn, readArchive } from './archive/reading.ts'
import { answered, askingOf, begin, tenantToChange, type Asked, type Asking, type On } from './asking.ts'
import { archiveName } from './backing-up.ts'
import { shut } from './closing.ts'
import { handToSweeper } from './dropping-spares.ts'
import { fill } from './filling.ts'
import { asMaker, livingTenant, type Living } from './living.ts'
import { makeBeside } from './making-beside.ts'
import type { LifeParts } from './parts.ts'
import { backupById, insertSpare, spareByName } from './queries.ts'
import { newBeside, type Beside } from './spare-secrets.ts'
import { actorOf, daysKept, inDays } from './taking-place.ts'

type Plan = {
  backupId: string
  reason: string
  /** On which cluster it is restored: the living one's. */
  clusterId?: string
  migrations?: readonly AppliedMigration[]
  beside?: Beside
}

/** In the caller's transaction. @throws Refused */
export async function askForRestore(
  db: CentralDb,
  id: string,
  { backupId, reason }: { backupId: string; reason: string },
  asking: Asking,
): Promise<Asked> {
  const tenant = await tenantToChange(db, id)
  const backup = found(await backupById(db, id, backupId))
  if (backup.removedAt) throw refuse(backupGone)
  const plan: Plan = { backupId, reason }
  const workId = await begin(db, tenant, { kind: 'restore', plan }, asking)
  return { object: 'tenant', id, tenant: id, after: { backupId, madeAt: backup.madeAt }, reason, workId }
}

export const restoring = (on: On): Handler =>
  handle(restoreTenant, async (ctx, { params: { id }, body }) =>
    answered(ctx, await askForRestore(ctx.db, id, body, askingOf(ctx, on)), id, on),
  )

/** The archive is read to its end before anything is made of it; the living database is not touched. */
export const restoreKind = (on: LifeParts): WorkKind => ({
  kind: 'restore',
  steps: [
    { name: 'check', run: (step) => check(on, step) },
    { name: 'make', run: (step) => make(on, step) },
    { name: 'load', run: (step) => load(on, step) },
    { name: 'record', run: (step) => record(on, step) },
  ],
  async undo(step) {
    const { beside, clusterId } = step.plan as Plan
    if (beside && clusterId) await handToSweeper(on, step, { ...beside, clusterId })
  },
})

async function check(on: LifeParts, step: StepContext): Promise<void> {
  const living = await livingTenant(on, step.tenantId)
  const manifest = await fromArchive(on, step, living, (archive) =>
    checkArchive(archive.whose, living.key, archive.stored),
  )
  await step.save({
    migrations: manifest.migrations,
    clusterId: living.clusterId,
    beside: newBeside(on.vault),
  } satisfies Partial<Plan>)
}

async function make(on: LifeParts, step: StepContext): Promise<void> {
  const { beside, clusterId, migrations } = plannedOf(step)
  await makeBeside(on, await on.clusters.provisioner(clusterId), beside, migrations)
}

/** In one transaction, so that who goes on after somebody's death finds it empty or full. Then it is brought up to date. */
async function load(on: LifeParts, step: StepContext): Promise<void> {
  const living = await livingTenant(on, step.tenantId)
  const { beside, clusterId } = plannedOf(step)
  const provisioner = await on.clusters.provisioner(clusterId)
  const { databaseName } = beside
  // Filled and migrated since, perhaps, it cannot be filled again.
  if (!('rows' in step.plan)) {
    const { tables } = await asMaker(provisioner, databaseName, (client) =>
      fill(client, (put) =>
        fromArchive(on, step, living, (archive) => bring(on, step, { ...archive, living }, put)),
      ),
    )
    await step.save({ rows: rowsByTable(tables) })
  }
  const way: WayIn = (work) => provisioner.inside(databaseName, work)
  await migrateTenant(way, { tenantId: step.tenantId, databaseName }, on.schema)
  await provisioner.run((client) => shut(client, beside))
}

type Archive = { whose: { tenantId: string; backupId: string }; stored: AsyncIterable<Uint8Array> }

/** Rows into the new database; files that are not there any more into their folder. */
async function bring(
  on: LifeParts,
  step: StepContext,
  { whose, stored, living }: Archive & { living: Living },
  put: Parameters<Parameters<typeof fill>[1]>[0],
): Promise<Manifest> {
  let manifest: Manifest | undefined
  let done = 0
  for await (const { head, data } of readArchive(whose, living.key, stored)) {
    const counted = (async function* () {
      for await (const chunk of data) {
        step.signal.throwIfAborted()
        step.progress((done += chunk.length), null)
        yield chunk
      }
    })()
    if (head.is === 'table') await put({ table: head.name, data: counted })
    else if (head.is === 'manifest') manifest = await manifestIn(data)
    // A file never changes under its id.
    else if (!(await on.files.has(step.tenantId, head.id)))
      await on.files.put(step.tenantId, head.id, counted, living.vault)
  }
  if (!manifest) throw new Error('an archive lost its manifest since it was checked')
  return manifest
}

async function record(on: LifeParts, step: StepContext): Promise<void> {
  const { beside, clusterId, backupId, reason, rows } = plannedOf(step)
  const { databaseName } = beside
  if (await spareByName(step.db, step.tenantId, databaseName)) return
  const now = on.clock.now()
  await step.db.transaction().execute(async (db: CentralDb) => {
    await insertSpare(db, {
      databaseName,
      tenantId: step.tenantId,
      clusterId,
      loginRole: beside.loginRole,
      loginSecretSealed: Buffer.from(beside.loginSecretSealed, 'base64'),
      origin: 'restored',
      backupId,
      rowsByTable: rows,
      madeAt: now,
      dropAfter: inDays(now, daysKept),
    })
    await on.audit.write(db, {
      verb: 'tenant.restored',
      actor: actorOf(step),
      object: { type: 'tenant', id: step.tenantId },
      tenant: step.tenantId,
      result: 'done',
      reason,
      after: { backupId, databaseName, rows },
    })
  })
}

/** @throws WorkTrouble that says what is wrong with it: trying again mends nothing */
async function fromArchive<R>(
  on: LifeParts,
  step: StepContext,
  { id: tenantId }: Living,
  work: (archive: Archive) => Promise<R>,
): Promise<R> {
  const { backupId } = step.plan as Plan
  try {
    const stored = await on.backups.read(tenantId, archiveName(backupId))
    return await work({ whose: { tenantId, backupId }, stored })
  } catch (error) {
    if (error instanceof FileMissing)
      throw new WorkTrouble('archive_missing', error.message, { isFinal: true })
    if (error instanceof ArchiveRefused) throw new WorkTrouble(error.code, error.message, { isFinal: true })
    throw error
  }
}

function plannedOf(step: StepContext) {
  const {
    beside,
    clusterId,
    migrations = [],
    rows = {},
    ...plan
  } = step.plan as Plan & {
    rows?: Record<string, number>
  }
  if (!beside || !clusterId) throw new Error('a restore that was not checked')
  return { ...plan, beside, clusterId, migrations, rows }
}
