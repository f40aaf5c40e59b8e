import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { onDatabase } from '../../../tests/harness/another-cluster.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { systemClock } from '#platform/server/clock.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { openLog } from '#platform/server/log.ts'
import { vaultOf } from '#platform/server/vault.ts'
import { openClusters } from './clusters.ts'
import { ClusterUnreachable } from './works.ts'

const database = await testDatabase()
const pool = openPool(database.appUrl)
const db = centralDb(pool)
const parts = { db, vault: vaultOf(randomBytes(32)), clock: systemClock, log: openLog('silent') }
const clusters = openClusters(parts)

afterAll(async () => {
  await clusters.close()
  await pool.end()
})

const rowOf = (id: string) =>
  db.selectFrom('clusters').where('id', '=', id).selectAll().executeTakeFirstOrThrow()

test('a cluster is put into the catalogue once, by whichever of two processes comes first, its login sealed', async () => {
  const other = openClusters(parts)
  const [one, same] = await Promise.all([
    clusters.ensure('main', database.provisionerUrl),
    other.ensure('main', database.provisionerUrl),
  ])
  expect(same).toBe(one)
  const row = await rowOf(one)
  const { host, password } = new URL(database.provisionerUrl)
  expect(row.address).toBe(`postgres://${host}`)
  expect(row.provisionerUrlSealed.includes(password)).toBe(false)
  expect((await clusters.provisioner(one)).url).toBe(database.provisionerUrl)
  await other.close()
})

test('one that moved is followed, with the options it is reached with, and its tenants stay where they are', async () => {
  const id = await clusters.ensure('elsewhere', 'postgres://mgp_provisioner:a@127.0.0.1:1/postgres')
  const moved = 'postgres://mgp_provisioner:b@db.example.com:5432/postgres?sslmode=verify-full'
  expect(await clusters.ensure('elsewhere', moved)).toBe(id)
  expect(await rowOf(id)).toMatchObject({ address: 'postgres://db.example.com:5432?sslmode=verify-full' })
})

test('one that does not answer is known as such until it does', async () => {
  const id = await clusters.ensure('down', 'postgres://mgp_provisioner:a@127.0.0.1:1/postgres')
  const asking = async () => (await clusters.provisioner(id)).run((client) => client.query('SELECT 1'))
  await expect(asking()).rejects.toThrow(ClusterUnreachable)
  const since = (await rowOf(id)).unreachableSince
  expect(await rowOf(id)).toMatchObject({ trouble: expect.stringContaining('ECONNREFUSED') })
  await expect(asking()).rejects.toThrow(ClusterUnreachable)
  expect((await rowOf(id)).unreachableSince).toEqual(since)
  await clusters.ensure('down', database.provisionerUrl)
  await asking()
  expect(await rowOf(id)).toMatchObject({ unreachableSince: null, trouble: null })
})

test('an error of the statement itself is none of the cluster’s', async () => {
  const id = await clusters.ensure('main', database.provisionerUrl)
  const provisioner = await clusters.provisioner(id)
  await expect(provisioner.run((client) => client.query('SELECT nothing'))).rejects.toMatchObject({
    code: '42703',
  })
  expect(await rowOf(id)).toMatchObject({ unreachableSince: null })
})

test('with another master key nobody opens the provisioner’s address', async () => {
  const id = await clusters.ensure('main', database.provisionerUrl)
  const stranger = openClusters({ ...parts, vault: vaultOf(randomBytes(32)) })
  await expect(stranger.provisioner(id)).rejects.toThrow()
  // Nor does it overwrite what the right one sealed.
  await expect(stranger.ensure('main', onDatabase(database.provisionerUrl, 'postgres'))).rejects.toThrow()
  expect((await clusters.provisioner(id)).url).toBe(database.provisionerUrl)
})
