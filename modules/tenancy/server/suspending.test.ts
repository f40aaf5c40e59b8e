import { expect, test } from 'vitest'
import { getPractice } from '#contract/cabinet'
import { resumeTenant, suspendTenant, tenantBusy, tenantStateWrong } from '#contract/tenancy'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { tellCatalogue } from '../../../tests/harness/catalogue.ts'
import { tenancyServer } from '../../../tests/harness/tenants.ts'

const server = await tenancyServer()
const told = tellCatalogue(server.pool)
const administrator = await server.as('administrator')
const { tenantId: id, holder } = await server.openPractice('Claire Moreau')
const other = await server.openPractice('Hugo Roche')

const suspend = (tenant = id, reason = 'Trois factures impayées') => ({
  params: { id: tenant },
  body: { reason },
})

test('suspended, nobody of the practice comes in any more; resumed, everybody does again', async () => {
  expect((await holder.call(getPractice)).name).toBe('Cabinet de Claire Moreau')
  const suspended = await administrator.call(suspendTenant, suspend())
  expect(suspended).toMatchObject({ state: 'suspended', stateReason: 'Trois factures impayées' })
  // The next request, whatever the process remembers of the session.
  await expect.poll(async () => (await holder.ask(getPractice)).status).toBeGreaterThanOrEqual(401)
  expect((await holder.ask(getPractice)).status).toBeLessThan(404)
  // Another process, which nobody told, knows it a second later.
  const reading = () => server.tenants.databases.reading(id, 'practitioner')
  await expect
    .poll(() => reading().catch((error: unknown) => error))
    .toMatchObject({ code: 'tenant_suspended' })
  // Nothing of the neighbour's is disturbed, and the house still does its errands.
  expect((await other.holder.call(getPractice)).name).toBe('Cabinet d’Hugo Roche')
  await server.tenants.databases.reading(id, 'keeper')

  const resumed = await administrator.call(resumeTenant, { params: { id } })
  expect(resumed).toMatchObject({ state: 'active', stateReason: null })
  await expect.poll(async () => (await holder.ask(getPractice)).status).toBe(200)
})

test('the log says who suspended it and why', async () => {
  const [entry] = await entriesOf(server, { verb: 'tenant.suspended', object: id, result: 'done' })
  expect(entry).toMatchObject({
    actorType: 'staff',
    reason: 'Trois factures impayées',
    before: { state: 'active' },
    after: { state: 'suspended' },
  })
})

test('a reason is asked for', async () => {
  const refused = await administrator.refused(suspendTenant, suspend(id, '  '))
  expect(refused).toMatchObject({ status: 400, fields: [{ path: 'reason' }] })
})

test('only what is active is suspended, and only what is suspended resumed', async () => {
  for (const state of ['provisioning', 'suspended', 'purging', 'purged']) {
    const tenant = await told.tenant(`Cabinet ${state}`, { state })
    expect((await administrator.refused(suspendTenant, suspend(tenant))).code).toBe(tenantStateWrong.code)
    if (state === 'suspended') continue
    expect((await administrator.refused(resumeTenant, { params: { id: tenant } })).code).toBe(
      tenantStateWrong.code,
    )
  }
  expect((await administrator.refused(suspendTenant, suspend(crypto.randomUUID()))).status).toBe(404)
})

test('what is being done to it is finished first', async () => {
  const tenant = await told.tenant('Cabinet de Rémi Blanc')
  await told.work(tenant, { state: 'running' })
  expect((await administrator.refused(suspendTenant, suspend(tenant))).code).toBe(tenantBusy.code)
})

test('who may not suspend is refused, and the practice works on', async () => {
  const sales = await server.as('sales')
  expect((await sales.refused(suspendTenant, suspend())).status).toBe(403)
  expect((await holder.ask(getPractice)).status).toBe(200)
})
