import { expect, test } from 'vitest'
import {
  createClient,
  getClient,
  trashClient,
  updateClient,
  type Client,
  type ClientChangedDetails,
} from '#contract/clients'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { testServer } from '../../../tests/harness/server.ts'

const server = await testServer()
const support = await server.as('support')
const billing = await server.as('billing')
let made = 0
const roxane = () =>
  support.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'prospect',
      lastName: 'Arnaud',
      firstName: 'Roxane',
      email: `roxane${made++}@example.com`,
    },
  })

test('a change keeps what it does not name, and counts one version on', async () => {
  const before = await roxane()
  const after = await support.call(updateClient, {
    params: { id: before.id },
    body: { version: before.version, city: 'Metz', department: '57' },
  })
  expect(after).toEqual({
    ...before,
    city: 'Metz',
    department: '57',
    version: 2,
    updatedAt: after.updatedAt,
  })
  const emptied = await support.call(updateClient, {
    params: { id: before.id },
    body: { version: 2, city: '', department: null },
  })
  expect(emptied).toMatchObject({ city: null, department: null, version: 3 })
})

test('two people edit: the second is told, shown both versions, and nothing of theirs is saved', async () => {
  const { id, version } = await roxane()
  const first = await support.call(updateClient, { params: { id }, body: { version, city: 'Metz' } })
  const refused = await billing.refused(updateClient, {
    params: { id },
    body: { version, phone: '0639980102' },
  })
  expect(refused).toMatchObject({ status: 409, code: 'client_changed' })
  expect((refused.details as ClientChangedDetails).current).toEqual(first)
  expect((await billing.call(getClient, { params: { id } })).phone).toBeNull()

  const decided = await billing.call(updateClient, {
    params: { id },
    body: { version: first.version, phone: '0639980102' },
  })
  expect(decided).toMatchObject({ city: 'Metz', phone: '+33639980102' })
})

test('of ten changes on one version at the same instant, one is saved', async () => {
  const { id, version } = await roxane()
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      support.send('PATCH', `/api/v1/clients/${id}`, { body: { version, city: `Ville ${at}` } }),
    ),
  )
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(9)
  expect((await support.call(getClient, { params: { id } })).version).toBe(2)
})

test('saving what is there already changes nothing, its version neither', async () => {
  const before = await roxane()
  const { id, version, lastName } = before
  expect(await support.call(updateClient, { params: { id }, body: { version, lastName } })).toEqual(before)
})

test('an address that another client has is refused, and the change with it', async () => {
  const [one, other] = [await roxane(), await roxane()]
  const refused = await support.refused(updateClient, {
    params: { id: one.id },
    body: { version: one.version, email: other.email, city: 'Metz' },
  })
  expect(refused).toMatchObject({ code: 'client_email_taken', details: { id: other.id } })
  expect(await support.call(getClient, { params: { id: one.id } })).toEqual(one)
})

test('an address differing in capitals only is the client’s own', async () => {
  const { id, version, email } = await roxane()
  const saved = await support.call(updateClient, {
    params: { id },
    body: { version, email: email.toUpperCase() },
  })
  expect(saved.email).toBe(email)
})

test('a client in the trash cannot be edited', async () => {
  const { id, version } = await roxane()
  await (await server.as('compliance')).call(trashClient, { params: { id } })
  expect(
    await support.refused(updateClient, { params: { id }, body: { version, city: 'Metz' } }),
  ).toMatchObject({
    status: 409,
    code: 'client_in_trash',
  })
})

test.each([
  ['no version', { city: 'Metz' }, 'version'],
  ['a version that is no number', { version: '1' }, 'version'],
  ['a version beyond all', { version: 2 ** 40 }, 'version'],
  ['a field that is none', { version: 1, trashedAt: null }, 'trashedAt'],
  ['no last name', { version: 1, lastName: '' }, 'lastName'],
])('%s is refused', async (_, body, path) => {
  const { id } = await roxane()
  const reply = await support.send('PATCH', `/api/v1/clients/${id}`, { body })
  expect(reply.status).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ in: 'body', path }] } })
})

test('a client who does not exist is not found, whatever the id looks like', async () => {
  for (const id of [
    '0198c5d2-0000-7000-8000-000000000000',
    '1',
    '%00',
    'x'.repeat(190),
    '9'.repeat(60),
    "'--",
  ]) {
    const reply = await support.send('GET', `/api/v1/clients/${encodeURIComponent(id)}`)
    expect(reply.status).toBe(404)
  }
})

test('the audit log holds what stood there before and after, and nothing else', async () => {
  const client: Client = await roxane()
  const { id, version } = client
  await support.call(updateClient, {
    params: { id },
    body: { version, status: 'active', lastName: 'Arnaud' },
  })
  const [entry] = await entriesOf(server, { verb: 'client.updated', object: id })
  expect(entry?.before).toEqual({ status: 'prospect' })
  expect(entry?.after).toEqual({ status: 'active' })
})
