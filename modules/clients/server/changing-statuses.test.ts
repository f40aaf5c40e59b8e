import { beforeEach, expect, test } from 'vitest'
import {
  bulkLimit,
  changeStatuses,
  clientTotals,
  createClient,
  getClient,
  restoreStatuses,
  trashClient,
  updateClient,
  type ClientStatus,
} from '#contract/clients'
import { sql } from '#platform/server/db.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const compliance = await server.as('compliance')
let ids: string[] = []

/** Two prospects, a client and an excluded one. */
beforeEach(async () => {
  await sql`delete from clients`.execute(server.db)
  ids = []
  for (const [at, status] of (['prospect', 'prospect', 'active', 'excluded'] as const).entries()) {
    const body = {
      kind: 'practitioner',
      status,
      lastName: `Bulk ${at}`,
      email: `bulk${at}@example.com`,
    } as const
    ids.push((await support.call(createClient, { body })).id)
  }
})

const statuses = async () =>
  Promise.all(ids.map(async (id) => (await support.call(getClient, { params: { id } })).status))
const all = () => ({ clients: { ids } })

test('several clients get one status, and the answer is all it takes to undo it', async () => {
  const done = await support.call(changeStatuses, { body: { ...all(), status: 'active' } })
  expect(done).toEqual({
    status: 'active',
    changed: [
      { previous: 'prospect', ids: expect.arrayContaining([ids[0], ids[1]]) },
      { previous: 'excluded', ids: [ids[3]] },
    ],
    unchanged: 1,
  })
  expect(await statuses()).toEqual(['active', 'active', 'active', 'active'])

  const { status, changed } = done
  expect(await support.call(restoreStatuses, { body: { status, changed } })).toEqual({ restored: 3, left: 0 })
  expect(await statuses()).toEqual(['prospect', 'prospect', 'active', 'excluded'])
})

test('undoing leaves alone whom somebody gave another status since', async () => {
  const { status, changed } = await support.call(changeStatuses, { body: { ...all(), status: 'freemium' } })
  const { version } = await support.call(getClient, { params: { id: ids[0]! } })
  await compliance.call(updateClient, { params: { id: ids[0]! }, body: { version, status: 'excluded' } })
  expect(await support.call(restoreStatuses, { body: { status, changed } })).toEqual({ restored: 3, left: 1 })
  expect(await statuses()).toEqual(['excluded', 'prospect', 'active', 'excluded'])
})

test('a filter stands for the clients it shows', async () => {
  const done = await support.call(changeStatuses, {
    body: { clients: { filter: { status: 'prospect', q: 'bulk' } }, status: 'freemium' },
  })
  expect(done.changed).toHaveLength(1)
  expect(await statuses()).toEqual(['freemium', 'freemium', 'active', 'excluded'])
  expect(await support.call(clientTotals)).toMatchObject({ total: 4, freemium: 2, prospect: 0 })
})

test('clients in the trash and clients there are not stay out of it', async () => {
  await compliance.call(trashClient, { params: { id: ids[0]! } })
  const missing = '0198c5d2-0000-7000-8000-000000000000'
  const done = await support.call(changeStatuses, {
    body: { clients: { ids: [...ids, missing, ids[1]!] }, status: 'active' },
  })
  expect(done.unchanged).toBe(3)
  expect((await statuses())[0]).toBe('prospect')
})

test('an editor who had the client open before is told', async () => {
  const { version } = await support.call(getClient, { params: { id: ids[0]! } })
  await support.call(changeStatuses, { body: { ...all(), status: 'active' } })
  const refused = await compliance.refused(updateClient, {
    params: { id: ids[0]! },
    body: { version, city: 'Metz' },
  })
  expect(refused.code).toBe('client_changed')
})

test('two people changing the same clients in opposite order wait for each other', async () => {
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      support.send('POST', '/api/v1/clients/status-changes', {
        body: {
          clients: { ids: at % 2 ? ids : ids.toReversed() },
          status: (['active', 'prospect', 'freemium', 'excluded'] satisfies ClientStatus[])[at % 4],
        },
      }),
    ),
  )
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
  expect(new Set(await statuses()).size).toBe(1)
})

test('one action changes no more clients than a person can answer for', async () => {
  await sql`insert into clients (kind, status, last_name, email)
    select 'practitioner', 'prospect', 'Foule', 'foule' || n || '@example.com' from generate_series(1, ${bulkLimit}) n`.execute(
    server.db,
  )
  const refused = await support.refused(changeStatuses, {
    body: { clients: { filter: {} }, status: 'active' },
  })
  expect(refused).toMatchObject({ status: 422, code: 'too_many_clients' })
  expect(await statuses()).toEqual(['prospect', 'prospect', 'active', 'excluded'])
})

test.each([
  ['nobody', {}, 'clients'],
  ['both clients and a filter', { ids: ['0198c5d2-0000-7000-8000-000000000000'], filter: {} }, 'clients'],
  ['no client', { ids: [] }, 'clients.ids'],
  ['an id that is none', { ids: ['1'] }, 'clients.ids.0'],
  ['an unknown filter', { filter: { age: 3 } }, 'clients.filter.age'],
  ['an unknown status', { filter: { status: 'closed' } }, 'clients.filter.status'],
  ['a text', 'everybody', 'clients'],
])('%s is no selection', async (_, clients, path) => {
  const reply = await support.send('POST', '/api/v1/clients/status-changes', {
    body: { clients, status: 'active' },
  })
  expect(reply.status).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ path }] } })
})
