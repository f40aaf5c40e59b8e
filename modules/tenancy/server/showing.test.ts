import { expect, test } from 'vitest'
import {
  chooseCanary,
  getTenant,
  getTenantOfClient,
  listClusters,
  tenantStateWrong,
  updateCluster,
} from '#contract/tenancy'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tellStories } from '../../../tests/harness/billing-stories.ts'
import { tellCatalogue } from '../../../tests/harness/catalogue.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { readSchema } from './versions.ts'

const server = await testServer()
const told = tellCatalogue(server.pool)
const { client, run } = await tellStories(server.pool)
const support = await server.as('support')
const technician = await server.as('technical_administrator')

test('without a cluster nothing can be opened, and the client’s page says why', async () => {
  const roxane = await client('Roxane Arnaud')
  const ask = () => support.call(getTenantOfClient, { params: { id: roxane } })
  expect(await ask()).toEqual({ tenant: null, obstacle: 'unavailable' })
  await told.cluster('main')
  expect(await ask()).toEqual({ tenant: null, obstacle: null })
})

test('the client’s page says what stands in the way, and shows the tenant once there is one', async () => {
  const ask = async (id: string) => support.call(getTenantOfClient, { params: { id } })
  const excluded = await client('Paul Exclu', { status: 'excluded' })
  expect(await ask(excluded)).toEqual({ tenant: null, obstacle: 'excluded' })
  const trashed = await client('Anne Partie')
  await run('UPDATE clients SET trashed_at = now() WHERE id = $1', trashed)
  expect(await ask(trashed)).toEqual({ tenant: null, obstacle: 'trashed' })

  const claire = await client('Claire Moreau')
  const gone = await told.tenant('Cabinet de Claire Moreau', { client_id: claire, state: 'purged' })
  expect(await ask(claire)).toEqual({ tenant: null, obstacle: null })
  const id = await told.tenant('Cabinet de Claire Moreau', { client_id: claire, state: 'suspended' })
  expect(await ask(claire)).toMatchObject({
    tenant: { id, state: 'suspended', clientId: claire },
    obstacle: null,
  })
  expect(id).not.toBe(gone)
  expect((await support.refused(getTenantOfClient, { params: { id: crypto.randomUUID() } })).status).toBe(404)
})

test('its page tells what was done to it, what is kept beside it and how far it is from its template', async () => {
  const id = await told.tenant('Cabinet de Léa Roy', { slow_queries: 0, connections: 3, rows_estimated: 42 })
  const [administrator] = await run(`SELECT id FROM staff_members WHERE email = 'administrator@example.com'`)
  await told.work(id, {
    state: 'failed',
    ended_at: new Date(),
    error_code: 'disk_full',
    asked_by: administrator?.['id'],
  })
  const backup = crypto.randomUUID()
  await run(
    `INSERT INTO tenant_backups (id, tenant_id, made_at, schema_version, storage_key, bytes, sha256, rows_by_table)
     SELECT id, $2, made_at, 2, id::text, 1000, sha256('a'), '{"files": 3, "notes": 4}'
     FROM (VALUES ($1::uuid, now()), (gen_random_uuid(), now() - interval '40 days')) backup (id, made_at)`,
    backup,
    id,
  )
  await run(`UPDATE tenant_backups SET removed_at = now() WHERE id <> $1`, backup)
  await run(
    `INSERT INTO tenant_spares (database_name, tenant_id, cluster_id, login_role, origin, backup_id, rows_by_table, drop_after)
     SELECT 't_00000000000000aa', id, cluster_id, login_role, 'restored', $2, '{"notes": 4}', now() + interval '7 days'
     FROM tenants WHERE id = $1`,
    id,
    backup,
  )
  await run(
    `INSERT INTO tenant_drifts (tenant_id, checked_at, differences) VALUES ($1, now(), '[{"kind": "missing", "line": "index x"}]')`,
    id,
  )
  expect(await support.call(getTenant, { params: { id } })).toMatchObject({
    name: 'Cabinet de Léa Roy',
    currentVersion: readSchema().current,
    connections: 3,
    slowQueries: 0,
    rowsEstimated: 42,
    alerts: ['work_failed', 'drifts'],
    work: null,
    works: [
      { kind: 'backup', state: 'failed', errorCode: 'disk_full', askedBy: expect.stringContaining(' ') },
    ],
    backups: [{ id: backup, rows: 7, bytes: 1000 }],
    spares: [
      {
        databaseName: 't_00000000000000aa',
        origin: 'restored',
        backupAt: expect.any(String),
        rowsByTable: { notes: 4 },
      },
    ],
    drift: { differences: [{ kind: 'missing', line: 'index x' }] },
    certificate: null,
  })
  expect((await support.refused(getTenant, { params: { id: crypto.randomUUID() } })).status).toBe(404)
})

test('a purged tenant shows its certificate, and is no canary', async () => {
  const id = await told.tenant('Cabinet de Luc Adam', { state: 'purged' })
  await run(
    `INSERT INTO tenant_purges (tenant_id, purged_at, certificate, sha256) VALUES ($1, now(), '{}', sha256('{}'))`,
    id,
  )
  const { certificate, alerts } = await support.call(getTenant, { params: { id } })
  expect(certificate?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(alerts).toEqual([])
  const refused = await technician.refused(chooseCanary, { params: { id }, body: { canary: true } })
  expect(refused.code).toBe(tenantStateWrong.code)
})

test('a canary is chosen and let go, and the log tells of both', async () => {
  const id = await told.tenant('Cabinet de Nina Faure')
  for (const canary of [true, false])
    expect((await technician.call(chooseCanary, { params: { id }, body: { canary } })).canary).toBe(canary)
  const entries = await entriesOf(server, { verb: 'tenant.canary_chosen', object: id, result: 'done' })
  expect(entries.map(({ before, after }) => ({ before, after }))).toEqual([
    { before: { canary: false }, after: { canary: true } },
    { before: { canary: true }, after: { canary: false } },
  ])
})

test('a cluster shows its room without saying how one gets in, and can be closed', async () => {
  const id = await told.cluster('second', {
    address: 'postgres://db-2.example:5433?sslmode=verify-full',
    capacity: 40,
  })
  await told.tenant('Cabinet d’Ida Noël', { cluster_id: id, size_bytes: 300 })
  await told.tenant('Cabinet d’Ivo Noël', { cluster_id: id, size_bytes: 200, state: 'purged' })
  const second = async () => (await support.call(listClusters)).rows.find((cluster) => cluster.id === id)
  expect(await second()).toMatchObject({
    address: 'db-2.example:5433',
    capacity: 40,
    tenants: 1,
    sizeBytes: 300,
    state: 'open',
  })
  const closed = await technician.call(updateCluster, { params: { id }, body: { state: 'closed' } })
  expect(closed).toEqual({ ...(await second()), state: 'closed' })
  expect(closed.capacity).toBe(40)
  const [entry] = await entriesOf(server, { verb: 'cluster.updated', object: id })
  expect(entry).toMatchObject({
    before: { capacity: 40, state: 'open' },
    after: { capacity: 40, state: 'closed' },
  })
  expect(
    (await technician.refused(updateCluster, { params: { id: crypto.randomUUID() }, body: { capacity: 1 } }))
      .status,
  ).toBe(404)
})
