import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { getMemberSession } from '#contract/identity'
import { getTenant, listClusters, openTenant } from '#contract/tenancy'
import { tenancyServer } from '../../../tests/harness/tenants.ts'
import { practiceName } from './opening.ts'

const server = await tenancyServer()
const { db } = server

async function client(over: { kind?: string; status?: string; email?: string; trashedAt?: Date } = {}) {
  const { id } = await db
    .insertInto('clients')
    .values({
      kind: 'practitioner',
      status: 'active',
      email: `client-${Math.random().toString(36).slice(2)}@example.com`,
      firstName: 'Amélie',
      lastName: 'Petit',
      ...over,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** As long as the process that runs jobs takes. */
async function opened(id: string) {
  const sales = await server.as('sales')
  for (;;) {
    const tenant = await sales.call(getTenant, { params: { id } })
    if (tenant.state !== 'provisioning' && tenant.work === null) return tenant
    await sleep(50)
  }
}

test('a practice is named after whose it is', () => {
  const of = (firstName: string, kind: 'practitioner' | 'secretary' = 'practitioner') =>
    practiceName({ kind, firstName, lastName: 'Petit' })
  expect(of('Claire')).toBe('Cabinet de Claire Petit')
  expect(of('Élodie')).toBe('Cabinet d’Élodie Petit')
  expect(of('Hélène', 'secretary')).toBe('Secrétariat d’Hélène Petit')
  expect(of('Yves')).toBe('Cabinet d’Yves Petit')
  expect(of('Yasmine')).toBe('Cabinet de Yasmine Petit')
})

describe('opening the practice of a client', () => {
  test('makes its database in the background and invites its holder', async () => {
    const sales = await server.as('sales')
    const clientId = await client()
    const asked = await sales.call(openTenant, { body: { clientId } })
    expect(asked).toMatchObject({ state: 'provisioning', name: 'Cabinet d’Amélie Petit', clientId })
    const tenant = await opened(asked.id)
    expect(tenant).toMatchObject({ state: 'active', schemaVersion: asked.currentVersion })
    expect(tenant.works).toMatchObject([{ kind: 'provision', state: 'done', errorCode: null }])
    const mails = await db
      .selectFrom('outgoingMails')
      .innerJoin('clients', 'clients.email', 'outgoingMails.toEmail')
      .where('clients.id', '=', clientId)
      .selectAll('outgoingMails')
      .execute()
    expect(mails).toHaveLength(1)
  })

  test('gives a practice in which its holder is at home', async () => {
    const practice = await server.openPractice('Claire Moreau')
    expect(await practice.holder.call(getMemberSession)).toMatchObject({
      name: 'Claire Moreau',
      practice: 'Cabinet de Claire Moreau',
      profile: 'practitioner',
    })
  })

  test.each([
    ['in the trash', { trashedAt: new Date() }],
    ['excluded', { status: 'excluded' }],
  ])('is refused for one who is %s', async (_why, over) => {
    const sales = await server.as('sales')
    const refusal = await sales.refused(openTenant, { body: { clientId: await client(over) } })
    expect(refusal).toMatchObject({ status: 422, code: 'client_unfit_for_tenant' })
  })

  test('is refused for one who has a practice, and of two at once one is', async () => {
    const sales = await server.as('sales')
    const body = { clientId: await client() }
    const both = await Promise.all([sales.ask(openTenant, { body }), sales.ask(openTenant, { body })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([202, 409])
    expect(await sales.refused(openTenant, { body })).toMatchObject({ code: 'client_has_tenant' })
    const { rows } = await db
      .selectFrom('tenants')
      .where('clientId', '=', body.clientId)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
    expect(rows).toBe(1)
    const first = both.find(({ status }) => status === 202)
    await opened((JSON.parse(first?.text ?? '{}') as { id: string }).id)
  })

  test('is refused where a cluster is closed, full or does not answer, and the one asked for is the one taken', async () => {
    const sales = await server.as('sales')
    const { rows } = await sales.call(listClusters)
    const [main] = rows
    if (!main) throw new Error('there is no cluster')
    const clientId = await client()
    const refusal = (cluster?: string) => sales.refused(openTenant, { body: { clientId, cluster } })
    const change = (values: object) =>
      db.updateTable('clusters').set(values).where('id', '=', main.id).execute()
    await change({ state: 'closed' })
    expect(await refusal()).toMatchObject({ status: 422, code: 'no_room_for_tenant' })
    await change({ state: 'open', unreachableSince: new Date(), trouble: 'connect ECONNREFUSED' })
    expect(await refusal()).toMatchObject({ code: 'no_room_for_tenant' })
    await change({ unreachableSince: null, trouble: null, capacity: main.tenants })
    expect(await refusal(main.id)).toMatchObject({ code: 'no_room_for_tenant' })
    await change({ capacity: main.tenants + 1 })
    expect(await refusal('01890000-0000-7000-8000-000000000000')).toMatchObject({
      code: 'no_room_for_tenant',
    })
    const tenant = await sales.call(openTenant, { body: { clientId, cluster: main.id } })
    expect(tenant.clusterId).toBe(main.id)
    await change({ capacity: main.capacity })
    await opened(tenant.id)
  })
})
