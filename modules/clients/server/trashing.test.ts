import { expect, test } from 'vitest'
import {
  createClient,
  getClient,
  listClients,
  restoreClient,
  restoreClients,
  trashClient,
  trashClients,
} from '#contract/clients'
import { sql } from '#platform/server/db.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const compliance = await server.as('compliance')
let made = 0
const client = (over: { status?: 'prospect' | 'active'; city?: string } = {}) =>
  support.call(createClient, {
    body: {
      kind: 'secretary',
      status: 'prospect',
      lastName: 'Blin',
      firstName: 'Odile',
      email: `odile${made++}@example.com`,
      phone: '0639980102',
      address: '1, place Stanislas',
      postalCode: '54000',
      city: 'Nancy',
      department: '54',
      siret: '73282932000074',
      adeli: '549301234',
      origin: 'Salon',
      internalNote: 'Rappeler\nen janvier',
      nextPaymentOn: '2027-01-15',
      ...over,
    },
  })

test('out of the trash comes what went in, field by field', async () => {
  const before = await client()
  await sql`update clients set last_sign_in_at = '2026-02-27 09:33:12.345678+01' where id = ${before.id}`.execute(
    server.db,
  )
  const row = () =>
    sql`select * from clients where id = ${before.id}`.execute(server.db).then(({ rows }) => rows[0])
  const whole = await row()

  const trashed = await compliance.call(trashClient, { params: { id: before.id } })
  expect(trashed).toMatchObject({ trashedAt: expect.any(String), trashedBy: expect.any(String) })
  expect(await support.call(getClient, { params: { id: before.id } })).toEqual(trashed)

  const restored = await compliance.call(restoreClient, { params: { id: before.id } })
  expect(restored).toMatchObject({ trashedAt: null, trashedBy: null, version: before.version })
  expect(await row()).toEqual(whole)
})

test('what is in the trash is not put there again, and what is not there does not come out', async () => {
  const { id } = await client()
  expect(await compliance.refused(restoreClient, { params: { id } })).toMatchObject({
    status: 409,
    code: 'client_not_in_trash',
  })
  await compliance.call(trashClient, { params: { id } })
  expect(await compliance.refused(trashClient, { params: { id } })).toMatchObject({
    status: 409,
    code: 'client_in_trash',
  })
})

test('two people at once put a client in the trash once', async () => {
  const { id } = await client()
  const replies = await Promise.all(
    Array.from({ length: 6 }, () => compliance.send('POST', `/api/v1/clients/${id}/trashing`)),
  )
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409])
})

test('several go and come back together, and the answer names whom', async () => {
  const [one, other, there] = [await client(), await client(), await client()]
  await compliance.call(trashClient, { params: { id: there.id } })
  const ids = [one.id, other.id, there.id]
  const trashed = await compliance.call(trashClients, { body: { clients: { ids } } })
  expect(trashed.ids.toSorted()).toEqual([one.id, other.id].toSorted())
  const restored = await compliance.call(restoreClients, { body: { clients: { ids } } })
  expect(restored.ids.toSorted()).toEqual(ids.toSorted())
})

test('a filter empties its part of the list into the trash, and takes it out again', async () => {
  const { id } = await client({ city: 'Longwy' })
  const filter = { q: 'longwy' }
  expect(await compliance.call(trashClients, { body: { clients: { filter } } })).toEqual({ ids: [id] })
  expect((await support.call(listClients, { query: filter })).total).toBe(0)
  expect(await compliance.call(restoreClients, { body: { clients: { filter } } })).toEqual({ ids: [id] })
  expect((await support.call(listClients, { query: filter })).total).toBe(1)
})

test('more than one action may touch stay where they are', async () => {
  await sql`insert into clients (kind, status, last_name, email, city)
    select 'practitioner', 'prospect', 'Foule', 'foule' || n || '@example.com', 'Fouleville' from generate_series(1, 10001) n`.execute(
    server.db,
  )
  const clients = { filter: { q: 'fouleville' } }
  expect((await compliance.refused(trashClients, { body: { clients } })).code).toBe('too_many_clients')
  await sql`update clients set trashed_at = now() where city = 'Fouleville'`.execute(server.db)
  expect((await compliance.refused(restoreClients, { body: { clients } })).code).toBe('too_many_clients')
})

test('support may write to clients and not put them in the trash', async () => {
  const { id } = await client()
  expect((await support.refused(trashClient, { params: { id } })).status).toBe(403)
  expect((await support.refused(trashClients, { body: { clients: { ids: [id] } } })).status).toBe(403)
})
