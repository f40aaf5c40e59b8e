import { once } from 'node:events'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Schema } from './versions.ts'
import { rootDir } from '#platform/server/config.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { silent, smallFleet, type FleetTenant } from '../../../tests/harness/fleet.ts'
import { askForMigration, fleetNow } from './fleet.ts'
import { writeOutcomes } from './fleet-queries.ts'
import { fleetRunner } from './migrating-fleet.ts'
import type { Templates } from './template.ts'

const fleet = await smallFleet(6)
const { db, pool, clusters } = fleet

type Release = { folder: string; schema: Schema; templates: Templates }

let number = 100
/** Each test's release brings one file more, and the fleet is as far as the one before. */
const files: Record<string, string> = {}
function release(sql: string): Release {
  files[`0${++number}_step`] = sql
  return fleet.release(files)
}

const runner = ({ schema, templates }: Release) =>
  fleetRunner({
    db,
    vault: fleet.vault,
    pool,
    log: silent,
    schema,
    clusters,
    templates,
    patience: { lockTimeoutMs: 100, pauseMs: 1, attempts: 2 },
  })

const ask = ({ schema }: Release, failuresAllowed = 0) =>
  db
    .transaction()
    .execute((transaction: CentralDb) =>
      askForMigration(transaction, schema, { failuresAllowed, askedBy: null }, undefined),
    )

const has = async (tenant: FleetTenant, table: string) =>
  (await fleet.inside(tenant, `SELECT to_regclass('${table}') IS NOT NULL AS yes`))[0]?.['yes']

const thoseWith = async (table: string) => {
  const having = await Promise.all(fleet.tenants.map((tenant) => has(tenant, table)))
  return having.filter(Boolean).length
}

const latest = async ({ schema }: Release) => (await fleetNow(db, schema)).latest!

const mark = (
  tenant: FleetTenant,
  columns: { canary?: boolean; state?: string; stateBefore?: string | null },
) => db.updateTable('tenants').set(columns).where('id', '=', tenant.tenantId).execute()

/** In the order they are migrated in, the canary aside. */
const inOrder = async () => {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM tenants WHERE NOT canary ORDER BY md5(id::text)',
  )
  return rows.map(({ id }) => fleet.tenants.find(({ tenantId }) => tenantId === id)!)
}

beforeEach(() => {
  onTestFinished(async () => {
    await db.updateTable('tenants').set({ canary: false, state: 'active', stateBefore: null }).execute()
  })
})

test('nobody is behind: there is nothing to migrate', async () => {
  await expect(ask({ ...fleet, folder: '' })).rejects.toMatchObject({
    refusal: { code: 'fleet_nothing_to_migrate' },
  })
})

test('all are migrated, in waves, and new practices are cloned from the new schema', async () => {
  const next = release('CREATE TABLE first (id integer);')
  await mark(fleet.tenants[2]!, { canary: true })
  await mark(fleet.tenants[3]!, { state: 'suspended' })
  await runner(next).run(await ask(next))

  expect(await latest(next)).toMatchObject({
    state: 'done',
    toVersion: next.schema.current,
    waves: [
      { wave: 'canary', total: 1, done: 1 },
      { wave: 'first', total: 1, done: 1 },
      { wave: 'second', total: 1, done: 1 },
      { wave: 'rest', total: 3, done: 3, failed: 0, skipped: 0 },
    ],
    failures: [],
  })
  expect(await thoseWith('first')).toBe(6)
  expect((await fleetNow(db, next.schema)).versions).toEqual([{ version: next.schema.current, tenants: 6 }])
  const { templateName } = await db.selectFrom('clusters').select('templateName').executeTakeFirstOrThrow()
  expect(templateName).toBe(next.templates.name)
})

test('a canary that fails keeps everybody else as they were', async () => {
  const next = release('CREATE TABLE second (id integer);')
  const canary = fleet.tenants[4]!
  await mark(canary, { canary: true })
  await fleet.inside(canary, 'CREATE TABLE second (by_hand text)')
  await runner(next).run(await ask(next))

  expect(await latest(next)).toMatchObject({
    state: 'stopped',
    stoppedBecause: 'too_many_failures',
    failures: [
      { tenantId: canary.tenantId, error: expect.stringContaining('relation "second" already exists') },
    ],
  })
  expect(await thoseWith('second')).toBe(1)

  await fleet.inside(canary, 'DROP TABLE second')
  await runner(next).run(await ask(next))
  expect(await latest(next)).toMatchObject({ state: 'done' })
  expect(await thoseWith('second')).toBe(6)
})

test('one that fails does not keep the others of its wave, and the next wave begins when so many may fail', async () => {
  const next = release('CREATE TABLE third (id integer);')
  const [, second, third] = await inOrder()
  await fleet.inside(second!, 'CREATE TABLE third (by_hand text)')
  await fleet.inside(third!, 'CREATE TABLE third (by_hand text)')
  await runner(next).run(await ask(next, 1))

  const { state, failures, waves } = await latest(next)
  expect(state).toBe('done')
  expect(failures).toHaveLength(2)
  expect(waves.map(({ done, failed }) => ({ done, failed }))).toEqual([
    { done: 0, failed: 0 },
    { done: 1, failed: 0 },
    { done: 0, failed: 1 },
    { done: 3, failed: 1 },
  ])
  for (const tenant of [second!, third!]) await fleet.inside(tenant, 'DROP TABLE third')
  await runner(next).run(await ask(next))
  expect((await latest(next)).failures).toEqual([])
})

test('two processes at once: one does it', async () => {
  const next = release('CREATE TABLE fourth (id integer);')
  const id = await ask(next)
  await expect(ask(next)).rejects.toMatchObject({ refusal: { code: 'fleet_migration_under_way' } })
  await Promise.all([runner(next).run(id), runner(next).run(id)])
  await runner(next).run(id)
  expect((await latest(next)).waves.map(({ done }) => done)).toEqual([0, 1, 1, 4])
})

test('one that is being moved is passed over, and caught up when it has arrived', async () => {
  const next = release('CREATE TABLE fifth (id integer);')
  const moving = fleet.tenants[1]!
  await mark(moving, { state: 'moving', stateBefore: 'active' })
  await runner(next).run(await ask(next))
  expect((await latest(next)).waves.map(({ skipped }) => skipped).reduce((sum, one) => sum + one)).toBe(1)
  expect(await has(moving, 'fifth')).toBe(false)
  await runner(next).goOn()
  expect(await has(moving, 'fifth')).toBe(false)

  await mark(moving, { state: 'active', stateBefore: null })
  await runner(next).goOn()
  expect(await has(moving, 'fifth')).toBe(true)
  expect((await latest(next)).waves.map(({ done }) => done)).toEqual([0, 1, 1, 4])
})

test('one whose database was replaced while it was migrated is taken up again', async () => {
  const next = release('CREATE TABLE replaced (id integer);')
  const id = await ask(next)
  const [first] = await inOrder()
  const { tenantId } = first!
  await db.transaction().execute((transaction: CentralDb) =>
    writeOutcomes(transaction, id, [
      {
        tenantId,
        databaseName: 't_0000000000000000',
        state: 'done',
        version: next.schema.current,
        fromVersion: null,
        attempts: 1,
        error: null,
      },
    ]),
  )
  await runner(next).run(id)
  expect((await latest(next)).waves.map(({ skipped }) => skipped)).toEqual([0, 1, 0, 0])
  expect(await has(first!, 'replaced')).toBe(false)
  await runner(next).goOn()
  expect(await has(first!, 'replaced')).toBe(true)
  expect((await latest(next)).waves.map(({ done }) => done)).toEqual([0, 1, 1, 4])
})

test('one that was stopped begins nobody more, and stays stopped', async () => {
  const next = release('CREATE TABLE sixth (id integer);')
  const id = await ask(next)
  await db
    .updateTable('fleetMigrations')
    .set({ state: 'stopped', endedAt: new Date() })
    .where('id', '=', id)
    .execute()
  await runner(next).run(id)
  await runner(next).goOn()
  expect(await thoseWith('sixth')).toBe(0)
  await runner(next).run(await ask(next))
  expect(await thoseWith('sixth')).toBe(6)
})

test('a cluster that does not answer fails its own tenants with the reason, and the others are migrated', async () => {
  const next = release('CREATE TABLE seventh (id integer);')
  const gone = new URL(fleet.database.provisionerUrl)
  gone.port = '1'
  const clusterId = await clusters.ensure('gone', gone.href)
  const away = await inOrder().then((tenants) => tenants.slice(2, 4))
  for (const { tenantId } of away)
    await db.updateTable('tenants').set({ clusterId }).where('id', '=', tenantId).execute()
  await runner(next).run(await ask(next, 100))
  const { failures } = await latest(next)
  expect(failures.map(({ tenantId }) => tenantId).sort()).toEqual(away.map(({ tenantId }) => tenantId).sort())
  expect(failures[0]?.error).toContain('The cluster gone does not answer')
  expect(await thoseWith('seventh')).toBe(4)

  for (const { tenantId } of away)
    await db
      .updateTable('tenants')
      .set({ clusterId: fleet.provisioner.cluster.id })
      .where('id', '=', tenantId)
      .execute()
  await runner(next).run(await ask(next))
  expect(await thoseWith('seventh')).toBe(6)
})

test('killed in the middle, it is gone on with where it was', async () => {
  const next = release('CREATE TABLE eighth (id integer); SELECT pg_sleep(0.15);')
  await mark(fleet.tenants[0]!, { canary: true })
  const id = await ask(next)
  const process = spawn(
    globalThis.process.execPath,
    [
      path.join(rootDir, 'tests/harness/migrate-fleet.ts'),
      id,
      fleet.database.appUrl,
      fleet.masterKey.toString('base64'),
      next.folder,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  onTestFinished(() => void process.kill('SIGKILL'))
  while ((await thoseWith('eighth')) < 2) await pause(5)
  process.kill('SIGKILL')
  await once(process, 'exit')
  expect(await latest(next)).toMatchObject({ state: 'running' })
  expect(await thoseWith('eighth')).toBeLessThan(6)

  await runner(next).goOn()
  expect(await latest(next)).toMatchObject({ state: 'done', failures: [] })
  expect((await latest(next)).waves.map(({ done }) => done)).toEqual([1, 1, 1, 3])
  expect(await thoseWith('eighth')).toBe(6)
})
