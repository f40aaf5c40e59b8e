import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../tests/harness/database.ts'
import { dropPractices, temporaryFolder, tenancyProcess } from '../../../tests/harness/tenancy-process.ts'
import { dropDatabase, dropLogins } from './making-databases.ts'
import { finishHalfMade, unknownOn } from './reconciling.ts'

const database = await testDatabase()
const { dataDir, remove } = temporaryFolder()
let now = new Date()
const process = await tenancyProcess(
  { database, masterKey: randomBytes(32), dataDir },
  { clock: { now: () => now } },
)
const { db, tenants, works } = process
const reconcile = () =>
  finishHalfMade({ ...process, clusters: tenants.clusters, templates: tenants.templates, goOn: works.goOn })

afterAll(async () => {
  await dropPractices(process)
  await process.close()
  remove()
})

const stateOf = (id: string) =>
  db
    .selectFrom('tenants')
    .where('id', '=', id)
    .select(['state', 'stateReason', 'keySealed'])
    .executeTakeFirstOrThrow()

/** Three tries failed, this long ago. */
async function failed(workId: string, minutesAgo: number) {
  const endedAt = new Date(now.getTime() - minutesAgo * 60_000)
  await db
    .updateTable('tenantWorks')
    .set({ state: 'failed', endedAt, errorCode: 'internal', attempts: 3 })
    .where('id', '=', workId)
    .execute()
}

const renamed = (id: string, databaseName: string) =>
  db.updateTable('tenants').set({ databaseName }).where('id', '=', id).execute()

async function provisionerOf(tenantId: string) {
  const place = await tenants.catalogue.locate(tenantId)
  if (!place) throw new Error('the catalogue does not know what was just asked for')
  return { ...place, provisioner: await tenants.clusters.provisioner(place.clusterId) }
}

test('a tenant nobody finishes is finished, after a rest', async () => {
  const { tenantId, workId } = await process.ask()
  await failed(workId, 5)
  await reconcile()
  expect(await stateOf(tenantId)).toMatchObject({ state: 'provisioning' })
  await failed(workId, 11)
  await reconcile()
  expect(await stateOf(tenantId)).toMatchObject({ state: 'active' })
})

test('what could not be finished for a day is taken back, and the client can have another', async () => {
  const { tenantId, workId, clientId } = await process.ask()
  const { databaseName, provisioner } = await provisionerOf(tenantId)
  await works.run(workId)
  // As if it had never got as far as living.
  await db.updateTable('tenants').set({ state: 'provisioning' }).where('id', '=', tenantId).execute()
  await failed(workId, 11)
  now = new Date(now.getTime() + 25 * 3_600_000)
  await reconcile()
  expect(await stateOf(tenantId)).toEqual({ state: 'purged', stateReason: 'never_finished', keySealed: null })
  const { rowCount } = await provisioner.run((client) =>
    client.query(
      'SELECT FROM pg_database WHERE datname = $1 UNION ALL SELECT FROM pg_roles WHERE starts_with(rolname, $1)',
      [databaseName],
    ),
  )
  expect(rowCount).toBe(0)
  const again = await process.ask({ clientId })
  expect(await works.run(again.workId)).toBe('done')
})

test('a tenant that is being finished, or lives, is left alone however old it is', async () => {
  const [waiting, living] = [await process.ask(), await process.ask()]
  await works.run(living.workId)
  now = new Date(now.getTime() + 48 * 3_600_000)
  await reconcile()
  expect(await stateOf(waiting.tenantId)).toMatchObject({ state: 'provisioning' })
  expect(await stateOf(living.tenantId)).toMatchObject({ state: 'active' })
  await works.run(waiting.workId)
})

test('a database that says it is another tenant’s is not dropped with a half-made one', async () => {
  const [whole, half] = [await process.ask(), await process.ask()]
  await works.run(whole.workId)
  const { databaseName } = await provisionerOf(whole.tenantId)
  const own = await provisionerOf(half.tenantId)
  // Somebody mixed up the catalogue.
  await renamed(whole.tenantId, 't_0000000000000000')
  await renamed(half.tenantId, databaseName)
  await failed(half.workId, 11)
  now = new Date(now.getTime() + 25 * 3_600_000)
  await reconcile()
  expect(await stateOf(half.tenantId)).toMatchObject({ state: 'purged' })
  const { rowCount } = await own.provisioner.run((client) =>
    client.query('SELECT FROM pg_database WHERE datname = $1', [databaseName]),
  )
  expect(rowCount).toBe(1)
  await renamed(half.tenantId, own.databaseName)
  await renamed(whole.tenantId, databaseName)
})

test('what the catalogue does not know is told, and nothing of it is removed', async () => {
  const { tenantId, workId } = await process.ask()
  await works.run(workId)
  const { provisioner, databaseName, loginRole } = await provisionerOf(tenantId)
  expect(await unknownOn(db, provisioner)).not.toContain(databaseName)
  const stranger = 't_00000000000000ff'
  await provisioner.run((client) =>
    client.query(`CREATE DATABASE ${stranger} TEMPLATE ${tenants.templates.name}`),
  )
  await provisioner.run((client) => client.query(`CREATE ROLE ${stranger}_keeper`))
  try {
    const unknown = await unknownOn(db, provisioner)
    expect(unknown).toContain(stranger)
    expect(unknown).not.toContain(loginRole)
    expect(unknown.filter((name) => name === stranger)).toHaveLength(1)
  } finally {
    await dropDatabase(provisioner, stranger)
    await dropLogins(provisioner, stranger)
  }
})
