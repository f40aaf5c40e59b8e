import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { getTenant, listClusters } from '#contract/tenancy'
import { openLog } from '#platform/server/log.ts'
import type { TenantDatabases, TenantRole } from '#platform/server/tenant-db.ts'
import { tellCatalogue } from '../../../tests/harness/catalogue.ts'
import { tenancyServer } from '../../../tests/harness/tenants.ts'
import { measureTenants, type Measuring } from './measuring.ts'
import { tenancyMeasures } from './measures.ts'
import { watchingClusters } from './watching-clusters.ts'

const server = await tenancyServer()
const { tenants } = server
const told = tellCatalogue(server.pool)
const support = await server.as('support')
const practice = await server.openPractice('Claire Moreau')
const suspended = await server.openPractice('Hugo Roche')
await server.pool.query(`UPDATE tenants SET state = 'suspended' WHERE id = $1`, [suspended.tenantId])

const log = openLog('silent')
const parts: Measuring = { ...tenants, clock: { now: () => new Date() }, log }
const measure = (over: Partial<Measuring> = {}, how = {}) =>
  measureTenants(server.db, { ...parts, ...over }, how)
const page = (id: string) => support.call(getTenant, { params: { id } })

/** One of the practice’s logins, connected until the test is over. */
async function connected(role: TenantRole = 'practitioner'): Promise<pg.Client> {
  const place = await tenants.catalogue.locate(practice.tenantId)
  if (!place) throw new Error('the practice is in no catalogue')
  const url = new URL(place.address)
  url.pathname = `/${place.databaseName}`
  url.username = `${place.loginRole}_${role}`
  url.password = place.passwordOf(role)
  const client = new pg.Client({ connectionString: url.href })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

test('what works and what is suspended are measured from within, as they are', async () => {
  await tenants.databases.forget(practice.tenantId)
  await connected()
  expect(await measure()).toMatchObject({ silent: 0 })
  for (const { tenantId } of [practice, suspended])
    expect(await page(tenantId)).toMatchObject({
      measuredAt: expect.any(String),
      sizeBytes: expect.any(Number),
      rowsEstimated: expect.any(Number),
      slowQueries: 0,
    })
  const { sizeBytes, connections } = await page(practice.tenantId)
  expect(sizeBytes).toBeGreaterThan(5_000_000)
  expect(connections).toBeGreaterThanOrEqual(1)
})

test('a statement that has run for long is slow, and so is a transaction left open; a backup is neither', async () => {
  const [asleep, idle, backingUp] = [await connected(), await connected(), await connected('owner')]
  const sleeping = [asleep, backingUp].map((client) => client.query('select pg_sleep(60)').catch(() => {}))
  await idle.query('begin; select')
  const slow = async () => {
    await measure({}, { slowAfterSeconds: 1 })
    return (await page(practice.tenantId)).slowQueries
  }
  await expect.poll(slow, { timeout: 30_000, interval: 300 }).toBe(2)
  expect((await page(practice.tenantId)).alerts).toContain('slow_queries')
  await idle.query('rollback')
  const admin = new pg.Client({ connectionString: server.database.adminUrl })
  await admin.connect()
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and state = 'active'`,
    [practice.databaseName],
  )
  await admin.end()
  await Promise.all(sleeping)
  await expect.poll(slow).toBe(0)
}, 60_000)

test('the longest unmeasured comes first, and a run ends with its budget', async () => {
  const first = (id: string) => server.pool.query(`UPDATE tenants SET measured_at = NULL WHERE id = $1`, [id])
  const measuredAt = async (id: string) => (await page(id)).measuredAt
  await first(suspended.tenantId)
  const before = await measuredAt(practice.tenantId)
  expect(await measure({}, { limit: 1 })).toEqual({ measured: 1, silent: 0 })
  expect(await measuredAt(suspended.tenantId)).not.toBeNull()
  expect(await measuredAt(practice.tenantId)).toBe(before)
  expect(await measure({}, { budget: 0 })).toEqual({ measured: 0, silent: 0 })
})

test('what does not answer shows nothing rather than what it was, and does not stand first in line for ever', async () => {
  const bare: TenantDatabases['bare'] = async (id, role, work) => {
    if (id === practice.tenantId) throw new Error('the database is gone')
    return tenants.databases.bare(id, role, work)
  }
  const before = (await page(practice.tenantId)).measuredAt
  expect(await measure({ databases: { bare } })).toMatchObject({ measured: 2, silent: 1 })
  expect(await page(practice.tenantId)).toMatchObject({ sizeBytes: null, rowsEstimated: null })
  // It was looked at, and has its turn again after the others.
  expect((await page(practice.tenantId)).measuredAt).not.toBe(before)
  await measure()
  expect((await page(practice.tenantId)).sizeBytes).toBeGreaterThan(0)
})

test('a cluster that does not answer is shown as such until it does; nobody is measured there meanwhile', async () => {
  const watch = watchingClusters({ ...tenants, log })
  const main = async () => (await support.call(listClusters)).rows.find(({ name }) => name === 'main')
  await watch.run(server.db)
  expect(await main()).toMatchObject({ unreachableSince: null, trouble: null })

  const nowhere = await tenants.clusters.ensure(
    'nowhere',
    'postgres://mgp_provisioner:x@127.0.0.1:1/postgres',
  )
  const there = await told.tenant('Cabinet de Rémi Blanc', { cluster_id: nowhere })
  await watch.run(server.db)
  const { rows } = await support.call(listClusters)
  expect(rows.find(({ id }) => id === nowhere)).toMatchObject({
    address: '127.0.0.1:1',
    unreachableSince: expect.any(String),
    trouble: expect.stringContaining('ECONNREFUSED'),
  })
  expect((await page(there)).alerts).toContain('cluster_unreachable')
  await measure()
  expect((await page(there)).measuredAt).toBeNull()
  // The neighbours are measured, and asked, as ever.
  expect(await main()).toMatchObject({ unreachableSince: null })
})

test('the figures of the process say how many tenants there are in each state and which connections are open', async () => {
  const measures = tenancyMeasures({ db: server.db, databases: tenants.databases })
  const figures = Object.fromEntries(
    await Promise.all(measures.map(async ({ name, read }) => [name, await read()] as const)),
  )
  expect(figures).toMatchObject({
    tenants: { active: 2, suspended: 1, purged: 0 },
    tenant_clusters_unreachable: 1,
    tenant_connections_open: expect.any(Number),
  })
  const metrics = await server.anybody.send('GET', '/metrics')
  expect(metrics.text).toContain('tenants{state="suspended"} 1')
})
