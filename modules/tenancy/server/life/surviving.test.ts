import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { forgetPractice } from '#server/support'
import { openAudit } from '#server/audit'
import { systemClock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { openFiles } from '#platform/server/files.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { anotherCluster } from '../../../../tests/harness/another-cluster.ts'
import { silent, smallFleet, type FleetTenant } from '../../../../tests/harness/fleet.ts'
import type { MortalOrder } from '../../../../tests/harness/mortal-work.ts'
import { keyPlace } from '../catalogue.ts'
import { openWorks } from '../running-works.ts'
import { beginWork, type Plan, type WorkKindName } from '../works.ts'
import { lifeKinds, lifeParts } from './index.ts'
import { backUpChanged, removeExpiredBackups } from './nightly.ts'

const isLong = Boolean(process.env['TEST_LONG'])
/** How many statements into a step a life ends. */
const deaths = isLong ? [1, 2, 3, 5, 8, 13, 21, 34, 999] : [4]
/** What is tried with deaths. */
const tried: readonly WorkKindName[] = isLong
  ? ['backup', 'restore', 'switch', 'move', 'purge']
  : ['backup', 'restore', 'move', 'purge']

const fleet = await smallFleet(1)
const { db, pool } = fleet
const other = await anotherCluster()
const vault = vaultOf(fleet.masterKey)
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'mgp-life-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const otherId = await fleet.clusters.ensure('other', other.provisionerUrl)
await fleet.templates.ensure(await fleet.clusters.provisioner(otherId))

const partsWith = ({ schema, templates }: Pick<typeof fleet, 'schema' | 'templates'> = fleet) =>
  lifeParts({
    forgetPractice,
    db,
    vault,
    clock: systemClock,
    log: silent,
    schema,
    templates,
    audit: openAudit({ vault, clock: systemClock }),
    clusters: fleet.clusters,
    catalogue: { forget() {} },
    databases: { forget: async () => {}, within: () => Promise.reject(new Error('nobody is asked')) },
    files: openFiles(dataDir),
    dataDir,
  })
const parts = partsWith()

/** With keys of its own, notes and a file. */
async function livedIn(tenant: FleetTenant): Promise<FleetTenant> {
  const { tenantId } = tenant
  const key = randomBytes(32)
  await db
    .updateTable('tenants')
    .set({ keySealed: vault.seal(key, keyPlace(tenantId)) })
    .where('id', '=', tenantId)
    .execute()
  const [author, file] = [uuidv7(), uuidv7()]
  const { bytes, sha256 } = await parts.files.put(tenantId, file, randomBytes(100_000), vaultOf(key))
  await fleet.inside(
    tenant,
    `insert into profiles (member_id, profile, first_name, last_name) values ('${author}', 'practitioner', 'Claire', 'Moreau');
     insert into notes (author_id, kind, body_sealed) select '${author}', 'record', 'x' from generate_series(1, 2000);
     insert into files (id, name, media_type, bytes, sha256)
     values ('${file}', 'bilan.pdf', 'application/pdf', ${bytes}, '\\x${sha256.toString('hex')}')`,
  )
  return tenant
}

const inProcess = (on = parts) =>
  openWorks({ db, pool, clock: systemClock, log: silent, kinds: lifeKinds(on) })

async function begin(tenantId: string, kind: WorkKindName, plan: Plan): Promise<string> {
  const id = await db
    .transaction()
    .execute((transaction: CentralDb) =>
      beginWork(transaction, { tenantId, kind, plan, askedBy: null }, undefined),
    )
  if (id === undefined) throw new Error('something else is being done to it')
  return id
}

/** Loads while the one before still lives. */
function mortal() {
  const child = spawn(process.execPath, [path.resolve('tests/harness/mortal-work.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)
  const ready = once(lines, 'line')
  return {
    child,
    async live(order: MortalOrder): Promise<NodeJS.Signals | null> {
      await ready
      const over = once(child, 'close')
      child.stdin.write(`${JSON.stringify(order)}\n`)
      const [, signal] = (await over) as [number | null, NodeJS.Signals | null]
      return signal
    },
  }
}
let next = mortal()
afterAll(() => next.child.kill('SIGKILL'))

/** Every step is begun by somebody who is killed in it; whoever comes last finishes. */
async function amidDeaths(tenantId: string, kind: WorkKindName, plan: Plan): Promise<void> {
  const workId = await begin(tenantId, kind, plan)
  const steps = lifeKinds(parts).find((known) => known.kind === kind)!.steps // it is one of them
  let died = 0
  for (const { name: step } of tried.includes(kind) ? steps : [])
    for (const statements of deaths) {
      const now = next
      next = mortal()
      const { step: at } = await rowOf(workId)
      // What stood two lives long at one step counts as failing.
      await db.updateTable('tenantWorks').set({ attempts: 0 }).where('id', '=', workId).execute()
      if (
        at !== null &&
        steps.findIndex(({ name }) => name === at) > steps.findIndex(({ name }) => name === step)
      )
        break
      const signal = await now.live({
        databaseUrl: fleet.database.appUrl,
        masterKey: fleet.masterKey.toString('base64'),
        dataDir,
        workId,
        step,
        statements,
      })
      expect(signal, `${kind}, in ${step}`).toBe('SIGKILL')
      died++
    }
  expect(died).toBeGreaterThanOrEqual(tried.includes(kind) ? steps.length : 0)
  const works = inProcess()
  let outcome = await works.run(workId)
  while (outcome === 'taken' || outcome === 'waiting') {
    await pause(20)
    outcome = await works.run(workId)
  }
  expect(await rowOf(workId)).toMatchObject({ state: 'done', errorDetail: null })
}

const rowOf = (id: string) =>
  db
    .selectFrom('tenantWorks')
    .where('id', '=', id)
    .select(['state', 'step', 'errorDetail', 'plan'])
    .executeTakeFirstOrThrow()
const tenantOf = (id: string) =>
  db.selectFrom('tenants').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
const sparesOf = (id: string) =>
  db
    .selectFrom('tenantSpares')
    .where('tenantId', '=', id)
    .where('droppedAt', 'is', null)
    .selectAll()
    .execute()

/**
 * What of this tenant is on a cluster, which other tests may share: every name is kept in a work's plan before anything
 * bears it.
 */
async function there(adminUrl: string, tenant: FleetTenant): Promise<string[]> {
  const works = await db
    .selectFrom('tenantWorks')
    .where('tenantId', '=', tenant.tenantId)
    .select('plan')
    .execute()
  const names = [tenant, ...works.map(({ plan }) => (plan as { beside?: FleetTenant }).beside)].flatMap(
    (one) => (one ? [one.databaseName, one.loginRole] : []),
  )
  const client = new pg.Client(adminUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database where datname = any($1)
       union select distinct left(rolname, 18) from pg_roles where left(rolname, 18) = any($1) order by 1`,
      [names],
    )
    return rows.map(({ name }) => name)
  } finally {
    await client.end()
  }
}
const rowsIn = async (adminUrl: string, databaseName: string) => {
  const url = new URL(adminUrl)
  url.pathname = `/${databaseName}`
  const client = new pg.Client(url.href)
  await client.connect()
  try {
    const { rows } = await client.query<{ notes: string; files: string }>(
      'select (select count(*) from notes) as notes, (select count(*) from files) as files',
    )
    return rows[0]
  } finally {
    await client.end()
  }
}

test('a practice that is backed up, restored, switched, moved and purged by processes that are killed loses nothing and leaves nothing', async () => {
  const tenant = await livedIn(fleet.tenants[0]!)
  const { tenantId } = tenant
  const all = { notes: '2000', files: '1' }

  const backupId = uuidv7()
  await amidDeaths(tenantId, 'backup', { backupId, occasion: 'asked' })
  expect(readdirSync(path.join(dataDir, 'backups', tenantId))).toEqual([`${backupId}.archive`])

  await amidDeaths(tenantId, 'restore', { backupId, reason: 'Essai' })
  const [restored, ...more] = await sparesOf(tenantId)
  expect(more).toEqual([])
  expect(restored).toMatchObject({ origin: 'restored', rowsByTable: { notes: 2000, files: 1 } })
  expect(await rowsIn(fleet.database.adminUrl, restored!.databaseName)).toEqual(all)
  const pair = [tenant.databaseName, restored!.databaseName, restored!.loginRole].toSorted()
  expect(await there(fleet.database.adminUrl, tenant)).toEqual(pair)

  await amidDeaths(tenantId, 'switch', { databaseName: restored!.databaseName, reason: 'Essai' })
  expect(await tenantOf(tenantId)).toMatchObject({ state: 'active', databaseName: restored!.databaseName })
  expect(await sparesOf(tenantId)).toMatchObject([{ origin: 'replaced', databaseName: tenant.databaseName }])

  await amidDeaths(tenantId, 'move', { clusterId: otherId })
  const moved = await tenantOf(tenantId)
  expect(moved).toMatchObject({ state: 'active', stateBefore: null, clusterId: otherId })
  expect(await rowsIn(other.adminUrl, moved.databaseName)).toEqual(all)
  expect(await there(other.adminUrl, tenant)).toEqual([moved.databaseName, moved.loginRole].toSorted())
  expect((await sparesOf(tenantId)).map(({ origin }) => origin).toSorted()).toEqual(['moved', 'replaced'])
  for (const verb of ['tenant.restored', 'tenant.switched', 'tenant.moved'])
    expect(await toldOf(verb, tenantId), verb).toBe(1)

  await db.updateTable('tenants').set({ state: 'purging' }).where('id', '=', tenantId).execute()
  await amidDeaths(tenantId, 'purge', { reason: 'Essai' })
  expect(await tenantOf(tenantId)).toMatchObject({ state: 'purged', keySealed: null })
  expect(await toldOf('tenant.purged', tenantId)).toBe(1)
  for (const { adminUrl } of [fleet.database, other]) expect(await there(adminUrl, tenant)).toEqual([])
  for (const folder of ['tenant-files', 'backups'])
    expect(existsSync(path.join(dataDir, folder, tenantId))).toBe(false)
}, 300_000)

test('a backup of an older release is restored into today’s schema, rows and all', async () => {
  const tenant = await livedIn(await fleet.add())
  const { tenantId } = tenant
  const backupId = uuidv7()
  await inProcess().run(await begin(tenantId, 'backup', { backupId, occasion: 'asked' }))
  const later = fleet.release({
    '0098_colours': `ALTER TABLE notes ADD COLUMN colour text NOT NULL DEFAULT 'blue'; CREATE TABLE colours (name text PRIMARY KEY);
      INSERT INTO colours VALUES ('blue')`,
  })
  const works = inProcess(partsWith(later))
  const workId = await begin(tenantId, 'restore', { backupId, reason: 'Essai' })
  expect(await works.run(workId), (await rowOf(workId)).errorDetail ?? '').toBe('done')
  const [spare] = await sparesOf(tenantId)
  const beside = { ...tenant, databaseName: spare!.databaseName }
  expect(
    await fleet.inside(beside, `select count(*)::integer as blue from notes join colours on colour = name`),
  ).toEqual([{ blue: 2000 }])
  expect(await fleet.inside(beside, 'select max(version) as version from schema_migrations')).toEqual([
    { version: 98 },
  ])

  // The other way round it is refused: what is in it would be lost.
  const switched = await begin(tenantId, 'switch', { databaseName: spare!.databaseName, reason: 'Essai' })
  expect(await works.run(switched)).toBe('done')
  const newer = uuidv7()
  await works.run(await begin(tenantId, 'backup', { backupId: newer, occasion: 'asked' }))
  const refused = await begin(tenantId, 'restore', { backupId: newer, reason: 'Essai' })
  expect(await inProcess().run(refused)).toBe('failed')
  expect(
    await db.selectFrom('tenantWorks').where('id', '=', refused).select('errorCode').executeTakeFirst(),
  ).toEqual({
    errorCode: 'schema_unknown',
  })
  await db.updateTable('tenants').set({ state: 'purging' }).where('id', '=', tenantId).execute()
  expect(await works.run(await begin(tenantId, 'purge', { reason: 'Essai' }))).toBe('done')
})

test('at night those are backed up in which something was written since; a month later all but the last one are gone', async () => {
  const [busy, quiet] = [await livedIn(await fleet.add()), await livedIn(await fleet.add())]
  const works = inProcess()
  const night = async () => {
    const begun = await backUpChanged(db, { ...parts, jobs: undefined })
    await works.goOn()
    return begun
  }
  const backupsOf = (id: string) =>
    db.selectFrom('tenantBackups').where('tenantId', '=', id).orderBy('madeAt').selectAll().execute()
  expect(await night()).toBe(2)
  expect(await backupsOf(quiet.tenantId)).toMatchObject([{ occasion: 'nightly', madeBy: null }])
  await fleet.inside(busy, `update practice set name = 'Un autre nom'; select pg_stat_force_next_flush()`)
  expect(await night()).toBe(1)
  expect(await backupsOf(busy.tenantId)).toHaveLength(2)
  expect(await night()).toBe(0)

  const clock = { now: () => new Date(Date.now() + 31 * 86_400_000) }
  expect(await removeExpiredBackups(db, { ...parts, clock })).toBe(1)
  const [older, newer] = await backupsOf(busy.tenantId)
  expect([older?.removedAt, newer?.removedAt]).toEqual([expect.any(Date), null])
  expect(await parts.backups.list(busy.tenantId)).toEqual([`${newer?.id}.archive`])
  expect(await parts.backups.list(quiet.tenantId)).toHaveLength(1)
})

async function toldOf(verb: string, tenantId: string): Promise<number> {
  const rows = await db
    .selectFrom('auditLog')
    .where('verb', '=', verb)
    .where('tenantId', '=', tenantId)
    .select('id')
    .execute()
  return rows.length
}
