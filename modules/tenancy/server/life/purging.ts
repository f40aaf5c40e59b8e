import type pg from 'pg'
import { nameMismatch, purgeTenant, readPurgeCertificate, type TenantState } from '#contract/tenancy'
import { everybodyLeaves } from '#server/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import { found, handle, refuse, Stream, type Handler } from '#platform/server/requests.ts'
import { loginSecretPlace } from '../catalogue.ts'
import type { Lived } from '../clusters.ts'
import { loginOf } from '../logins.ts'
import { isOpen } from '../making-databases.ts'
import { WorkTrouble, type StepContext, type WorkKind } from '../works.ts'
import { quoted, tablesOf } from './archive/tables.ts'
import { answered, askingOf, begin, tenantToChange, type Asked, type Asking, type On } from './asking.ts'
import { certify } from './certificate.ts'
import { exportsKept } from './exporting/queries.ts'
import { drop, endSessions, shut } from './closing.ts'
import { tellOf } from './living.ts'
import type { LifeParts } from './parts.ts'
import {
  backupsOf,
  clusterNames,
  destroySecrets,
  forgetSpare,
  insertPurge,
  lockWithName,
  markBackupsRemoved,
  markPurging,
  purgeOf,
  sparesOf,
  tenantRow,
} from './queries.ts'
import { actorOf } from './taking-place.ts'
import { livedOf, visiting } from './visiting.ts'

type Counted = {
  name: string
  clusterId: string
  loginRole: string
  is: 'living' | 'beside'
  rows: number | null
}
type Plan = {
  reason: string
  /** What there is, counted before any of it goes. */
  databases?: readonly Counted[]
  files?: number
  exports?: number
  /** Forgotten, whoever did it. */
  tickets?: number
  /** Instants, by what was done. */
  droppedAt?: string
  removedAt?: string
  forgottenAt?: string
}

/** One whose purge failed is purged again; one that is half made too. */
const purgeable: readonly TenantState[] = ['active', 'suspended', 'provisioning', 'purging']

/** In the caller's transaction; from its end nobody comes in any more. @throws Refused */
export async function askForPurge(
  db: CentralDb,
  id: string,
  { name, reason }: { name: string; reason: string },
  asking: Asking,
): Promise<Asked> {
  const tenant = await tenantToChange(db, id)
  if (purgeable.includes(tenant.state) && name.trim().normalize('NFC') !== tenant.name.normalize('NFC'))
    throw refuse(nameMismatch)
  const plan: Plan = { reason }
  const workId = await begin(db, tenant, { kind: 'purge', plan, from: purgeable }, asking)
  await markPurging(db, id, reason, asking.now)
  return { object: 'tenant', id, tenant: id, before: { state: tenant.state }, reason, workId }
}

export const purging = (on: On): Handler[] => [
  handle(purgeTenant, async (ctx, { params: { id }, body }) =>
    answered(ctx, await askForPurge(ctx.db, id, body, askingOf(ctx, on)), id, on),
  ),

  handle(readPurgeCertificate, async (ctx, { params: { id } }) => {
    const { certificate } = found(await purgeOf(ctx.db, id))
    return new Stream(Buffer.from(certificate), {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="certificate-${id}.json"`,
    })
  }),
]

/** Nothing brings it back, and there is nothing to undo: whoever goes on finds less and less. */
export const purgeKind = (on: LifeParts): WorkKind => ({
  kind: 'purge',
  steps: [
    { name: 'count', run: (step) => count(on, step) },
    { name: 'close', run: (step) => close(on, step) },
    { name: 'databases', run: (step) => dropDatabases(on, step) },
    { name: 'files', run: (step) => removeFiles(on, step) },
    { name: 'tickets', run: (step) => forgetTickets(on, step) },
    { name: 'certify', run: (step) => certifyIt(on, step) },
  ],
})

async function count(on: LifeParts, step: StepContext): Promise<void> {
  const { tenantId, db } = step
  const tenant = await tenantRow(db, tenantId)
  if (!tenant) throw new WorkTrouble('tenant_gone', tenantId, { isFinal: true })
  const { databaseName, loginRole, loginSecretSealed } = tenant
  if (!loginSecretSealed) throw new WorkTrouble('tenant_gone', tenantId, { isFinal: true })
  const loginSecret = on.vault.open(loginSecretSealed, loginSecretPlace(tenantId))
  const living = { databaseName, loginRole, loginSecret, clusterId: tenant.clusterId, is: 'living' as const }
  const beside = (await sparesOf(db, tenantId)).map((spare) => ({
    ...livedOf(on.vault, spare),
    clusterId: spare.clusterId,
    is: 'beside' as const,
  }))
  const databases: Counted[] = []
  for (const database of [living, ...beside])
    databases.push({
      name: database.databaseName,
      clusterId: database.clusterId,
      loginRole: database.loginRole,
      is: database.is,
      rows: await rowsIn(on, database),
    })
  await step.save({
    databases,
    files: (await on.files.list(tenantId)).length,
    exports: (await exportsKept(db, tenantId)).length,
  } satisfies Partial<Plan>)
}

/** Null where nobody can come in: half made, or gone with an earlier try. */
async function rowsIn(
  on: LifeParts,
  database: Lived & { clusterId: string; is: 'living' | 'beside' },
): Promise<number | null> {
  const { databaseName, loginRole } = database
  const provisioner = await on.clusters.provisioner(database.clusterId)
  if (!(await provisioner.run((client) => isOpen(client, databaseName)))) return null
  if (database.is === 'beside') return visiting(provisioner, database, countRows)
  // An earlier try may have shut it, as this one soon does.
  await provisioner.run((client) =>
    client.query(`grant connect on database ${databaseName} to ${loginOf(loginRole, 'owner')}`),
  )
  return provisioner.asItsOwner(database, countRows)
}

async function countRows(client: pg.ClientBase): Promise<number> {
  let rows = 0
  for (const { name } of await tablesOf(client)) {
    const counted = await client.query<{ rows: string }>(
      `select count(*) as rows from public.${quoted(name)}`,
    )
    rows += Number(counted.rows[0]?.rows ?? 0)
  }
  return rows
}

async function close(on: LifeParts, step: StepContext): Promise<void> {
  await tellOf(on, step.tenantId)
  await askWhatCameOf(on, step)
  for (const { clusterId, ...which } of databasesOf(step)) {
    const provisioner = await on.clusters.provisioner(clusterId)
    await provisioner.run((client) => shut(client, which))
  }
}

/** An ended session's transaction is over when the next question is asked; somebody may have come in meanwhile. */
const turns = 5

/**
 * While the database can still tell: what was under way there and nobody told of. What it does not tell now has failed
 * with it, and the schedule of the log says so once it is gone.
 */
async function askWhatCameOf(on: LifeParts, step: StepContext): Promise<void> {
  const { db, tenantId } = step
  const tenants = on.databases
  for (let turn = 1; turn <= turns; turn++) {
    await tenants.forget(tenantId, { hard: true })
    for (const { is, clusterId, ...which } of databasesOf(step)) {
      const provisioner = await on.clusters.provisioner(clusterId)
      if (is === 'living') await provisioner.run((client) => endSessions(client, which))
    }
    const told = await on.audit.operations.reconcile({ db, tenants, tenantId, olderThanSeconds: 0 })
    for (const { trouble } of told.unreachable)
      on.log.warn(
        { tenant: tenantId, trouble },
        'what became of operations goes with the database they were in',
      )
    if (told.underWay === 0) break
  }
  await tenants.forget(tenantId, { hard: true })
}

async function dropDatabases(on: LifeParts, step: StepContext): Promise<void> {
  for (const { clusterId, ...which } of databasesOf(step)) {
    const provisioner = await on.clusters.provisioner(clusterId)
    await provisioner.run((client) => drop(client, which))
  }
  await step.save({ droppedAt: on.clock.now().toISOString() } satisfies Partial<Plan>)
}

async function removeFiles(on: LifeParts, step: StepContext): Promise<void> {
  await on.files.removeAll(step.tenantId)
  await on.backups.removeAll(step.tenantId)
  for (const id of await exportsKept(step.db, step.tenantId)) await on.exported.discard(step.db, id)
  await step.save({ removedAt: on.clock.now().toISOString() } satisfies Partial<Plan>)
}

/** Numbers and times of its tickets stay: what was reported stays true. */
async function forgetTickets(on: LifeParts, step: StepContext): Promise<void> {
  const tickets = await on.forgetTickets(step.tenantId)
  await step.save({ tickets, forgottenAt: on.clock.now().toISOString() } satisfies Partial<Plan>)
}

/** The keys go, and what shows that all of it went is written in the catalogue and in the log: together or not at all. */
async function certifyIt(on: LifeParts, step: StepContext): Promise<void> {
  const { tenantId } = step
  const { databases = [], files = 0, exports = 0, droppedAt = '', removedAt = '', reason } = step.plan as Plan
  const { tickets = 0, forgottenAt = '' } = step.plan as Plan
  const now = on.clock.now()
  await step.db.transaction().execute(async (db: CentralDb) => {
    await lockWithName(db, tenantId)
    const tenant = await tenantRow(db, tenantId)
    if (!tenant || tenant.state === 'purged') return
    const names = await clusterNames(db)
    const backups = await backupsOf(db, tenantId)
    const people = await everybodyLeaves(db, tenantId, now)
    const { text, sha256 } = certify({
      format: 'magestionpsy.purge-certificate',
      version: 2,
      tenant: { id: tenantId, kind: tenant.kind, openedAt: tenant.createdAt.toISOString() },
      askedBy: step.askedBy,
      databases: databases.map(({ name, clusterId, is, rows }) => ({
        name,
        cluster: names.get(clusterId) ?? clusterId,
        is,
        rows,
      })),
      databasesDroppedAt: droppedAt,
      files: { count: files, removedAt },
      backups: backups.map(({ id, madeAt, bytes, sha256: digest, removedAt: before }) => ({
        id,
        madeAt: madeAt.toISOString(),
        bytes,
        sha256: digest.toString('hex'),
        removedAt: before?.toISOString() ?? removedAt,
      })),
      exports: { count: exports, removedAt },
      tickets: { count: tickets, forgottenAt },
      members: { count: people.members, sessionsEnded: people.sessions, leftAt: now.toISOString() },
      keysDestroyedAt: now.toISOString(),
      purgedAt: now.toISOString(),
    })
    await markBackupsRemoved(
      db,
      backups.map(({ id }) => id),
      new Date(removedAt),
    )
    for (const { databaseName } of await sparesOf(db, tenantId)) await forgetSpare(db, databaseName, now)
    await destroySecrets(db, tenantId, now)
    await insertPurge(db, { tenantId, purgedAt: now, purgedBy: step.askedBy, certificate: text, sha256 })
    await on.audit.write(db, {
      verb: 'tenant.purged',
      actor: actorOf(step),
      object: { type: 'tenant', id: tenantId },
      tenant: tenantId,
      result: 'done',
      reason,
      ticket: `sha256:${sha256.toString('hex')}`,
    })
    await tell(db, { topic: 'member_sessions' })
  })
  await tellOf(on, tenantId)
}

const databasesOf = (step: StepContext) =>
  ((step.plan as Plan).databases ?? []).map(({ name, clusterId, loginRole, is }) => ({
    databaseName: name,
    clusterId,
    loginRole,
    is,
  }))
