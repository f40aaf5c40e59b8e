import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  clientTimeline,
  createClient,
  getClient,
  listAccountManagers,
  listClients,
  updateClient,
} from '#contract/clients'
import { getSession } from '#contract/identity'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const sales = await server.as('sales')
const support = await server.as('support')
const { staffId: salesId, name: salesName } = await sales.call(getSession)
const { staffId: supportId } = await support.call(getSession)

const roxane = (over: object = {}) => ({
  kind: 'practitioner' as const,
  status: 'prospect' as const,
  lastName: 'Arnaud',
  firstName: 'Roxane',
  email: `roxane.${randomUUID()}@example.com`,
  ...over,
})

const given = (accountManagerId: string | null) =>
  sales.call(createClient, { body: roxane({ accountManagerId }) })

async function ofManager(accountManager: string) {
  const { rows } = await sales.call(listClients, { query: { accountManager } })
  return rows.map(({ id }) => id)
}

test('a client is nobody’s unless somebody is named', async () => {
  const client = await sales.call(createClient, { body: roxane() })
  expect(client).toMatchObject({ accountManagerId: null, accountManager: null })
  expect(await given(salesId)).toMatchObject({ accountManagerId: salesId, accountManager: salesName })
})

test('the list is filtered by who looks after the clients: oneself, nobody, somebody', async () => {
  const [mine, theirs, nobodys] = [await given(salesId), await given(supportId), await given(null)]
  const all = [mine, theirs, nobodys].map(({ id }) => id)
  const shown = async (wanted: string) =>
    (await ofManager(wanted)).filter((id) => all.includes(id)).toSorted()
  expect(await shown('me')).toEqual([mine.id])
  expect(await shown(supportId)).toEqual([theirs.id])
  expect(await shown('none')).toEqual([nobodys.id])
  expect(await shown('none,me')).toEqual([mine.id, nobodys.id].toSorted())
  expect(await shown(`${supportId},${salesId}`)).toEqual([mine.id, theirs.id].toSorted())
  expect(await sales.refused(listClients, { query: { accountManager: 'somebody' } })).toMatchObject({
    status: 400,
  })
})

test('handing a client over is told by names, and by ids to the audit log', async () => {
  const { id, version } = await given(salesId)
  await support.call(updateClient, { params: { id }, body: { version, accountManagerId: supportId } })
  const { rows } = await support.call(clientTimeline, { params: { id }, query: {} })
  const { name: supportName } = await support.call(getSession)
  expect(rows[0]).toMatchObject({
    verb: 'client.updated',
    changes: [{ field: 'accountManager', before: salesName, after: supportName }],
  })
  const [entry] = await entriesOf(server, { verb: 'client.updated', object: id })
  expect(entry?.after).toEqual({ accountManagerId: supportId, accountManager: supportName })
  expect(entry?.before).toEqual({ accountManagerId: salesId, accountManager: salesName })
})

test('a suspended person keeps their clients, and is given no others', async () => {
  const { staffId: leaver } = await (await server.as('compliance')).call(getSession)
  const kept = await given(leaver)
  await server.db
    .updateTable('staffMembers')
    .set({ suspendedAt: new Date() })
    .where('id', '=', leaver)
    .execute()
  const { rows } = await sales.call(listAccountManagers)
  expect(rows.find(({ id }) => id === leaver)).toMatchObject({ active: false })
  expect(rows.find(({ id }) => id === salesId)).toEqual({ id: salesId, name: salesName, active: true })
  for (const refusal of [
    await sales.refused(createClient, { body: roxane({ accountManagerId: leaver }) }),
    await sales.refused(createClient, { body: roxane({ accountManagerId: randomUUID() }) }),
  ])
    expect(refusal.fields).toMatchObject([{ path: 'accountManagerId', code: 'account_manager_unknown' }])
  // Correcting something else does not take the client away.
  await sales.call(updateClient, { params: { id: kept.id }, body: { version: kept.version, city: 'Metz' } })
  expect(await sales.call(getClient, { params: { id: kept.id } })).toMatchObject({ accountManagerId: leaver })
})
