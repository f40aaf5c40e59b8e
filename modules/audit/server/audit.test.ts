/** What the log takes down of requests: once each, under whose name, and what of it stays for ever. */
import { describe, expect, test } from 'vitest'
import { createClient, getClient, listClients, trashClient } from '#contract/clients'
import { getSession, suspendStaff } from '#contract/identity'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { lucieSignedIn } from '../../../tests/harness/newcomer.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { readLeaf } from './leaf.ts'

let now = new Date('2026-11-22T08:30:00Z')
const later = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const server = await testServer({ clock: { now: () => now } })
const sales = await server.as('sales')

async function roxane(): Promise<string> {
  const email = `roxane.${crypto.randomUUID()}@example.com`
  const body = {
    kind: 'practitioner',
    status: 'prospect',
    lastName: 'Arnaud',
    firstName: 'Roxane',
    email,
  } as const
  return (await sales.call(createClient, { body })).id
}

describe('a look', () => {
  const looks = (object: string) => entriesOf(server, { verb: 'client.read', object, result: 'seen' })

  test('is one for a quarter of an hour, however often the page asks again', async () => {
    const id = await roxane()
    const look = () => sales.call(getClient, { params: { id } })
    await Promise.all(Array.from({ length: 8 }, look))
    expect(await looks(id)).toHaveLength(1)
    later(14)
    await look()
    expect(await looks(id)).toHaveLength(1)
    later(1)
    await look()
    expect(await looks(id)).toHaveLength(2)
  })

  test('at another object, or by another session of the same person, is another', async () => {
    const [id, other] = [await roxane(), await roxane()]
    await sales.call(getClient, { params: { id } })
    await sales.call(getClient, { params: { id: other } })
    later(2)
    const elsewhere = await openBrowserless(server.app).signIn('sales')
    await elsewhere.call(getClient, { params: { id } })
    expect(await looks(other)).toHaveLength(1)
    const [one, two] = await looks(id)
    expect(one?.actorId).toBe(two?.actorId)
    expect(one?.sessionId).not.toBe(two?.sessionId)
  })

  test('that finds nothing leaves nothing', async () => {
    const id = crypto.randomUUID()
    expect((await sales.refused(getClient, { params: { id } })).status).toBe(404)
    expect(await looks(id)).toEqual([])
  })
})

describe('a missing permission', () => {
  test('is an entry that says which, once a minute for the same thing', async () => {
    const id = await roxane()
    const billing = await server.as('billing')
    const refusals = () => entriesOf(server, { verb: 'client.trashed', object: id, result: 'refused' })
    const tryIt = () => billing.refused(trashClient, { params: { id } })
    await tryIt()
    await tryIt()
    expect(await refusals()).toMatchObject([
      {
        actorType: 'staff',
        objectType: 'client',
        after: { refusal: 'forbidden', permission: 'clients.trash' },
      },
    ])
    later(1)
    await tryIt()
    expect(await refusals()).toHaveLength(2)
  })

  test('of very many things is told without an entry for each, and anything else that was tried still is', async () => {
    const { browser } = await lucieSignedIn(server, 'billing', now)
    const { staffId } = await browser.call(getSession)
    const mine = async (verb: string) =>
      (await entriesOf(server, { verb, result: 'refused' })).filter(({ actorId }) => actorId === staffId)
    const flood = async (times: number) => {
      for (let count = 0; count < times; count++)
        await browser.refused(trashClient, { params: { id: crypto.randomUUID() } })
    }
    await flood(80)
    await browser.send('GET', '/api/v1/roles')
    expect(await mine('client.trashed')).toHaveLength(30)
    expect(await mine('endpoint.refused')).toHaveLength(1)
    expect(await mine('refusals.many')).toMatchObject([
      { objectType: 'session', after: { aMinute: 30, untoldBefore: 0 } },
    ])
    later(1)
    await flood(40)
    expect(await mine('client.trashed')).toHaveLength(60)
    expect((await mine('refusals.many')).map(({ after }) => after)).toContainEqual({
      aMinute: 30,
      untoldBefore: 50,
    })
  })

  test('for a read that names no verb tells which endpoint it was', async () => {
    const { browser } = await lucieSignedIn(server, 'billing', now)
    const { staffId, permissions } = await browser.call(getSession)
    expect(permissions).not.toContain('roles.read')
    await browser.send('GET', '/api/v1/roles')
    const told = await entriesOf(server, { verb: 'endpoint.refused' })
    expect(told.filter(({ actorId }) => actorId === staffId)).toMatchObject([
      {
        objectType: 'endpoint',
        objectId: 'GET /roles',
        after: { refusal: 'forbidden', permission: 'roles.read' },
      },
    ])
  })

  test.each(['%00', '%ED%A0%80', 'x'.repeat(150), '..%2f..'])(
    'about what names nothing (%s) is still answered by a refusal, and names nothing',
    async (id) => {
      later(2)
      const billing = await server.as('billing')
      const reply = await billing.send('PUT', `/api/v1/clients/${id}/trashing`, { body: {} })
      expect([400, 403, 404]).toContain(reply.status)
      const told = (await entriesOf(server, { result: 'refused' })).at(-1)
      expect(told?.objectId ?? null).not.toBe(id)
    },
  )
})

describe('a leaf', () => {
  test('names nobody and says nothing of what changed: the payload does', async () => {
    const id = await roxane()
    const [entry] = await entriesOf(server, { verb: 'client.created', object: id })
    expect(entry?.after).toMatchObject({ lastName: 'Arnaud', firstName: 'Roxane' })
    expect(entry?.leaf).not.toMatch(/Arnaud|Roxane|example\.com|127\.0\.0\.1|lightMyRequest/)
    expect(readLeaf(entry?.leaf ?? '')).toMatchObject({
      actor: { type: 'staff' },
      verb: 'client.created',
      object: { type: 'client', id },
      result: 'done',
    })
  })

  test('keeps the reason of who acted, in their words', async () => {
    const { browser } = await lucieSignedIn(server, 'support', now)
    const { staffId: id } = await browser.call(getSession)
    const reason = 'Départ « définitif » 👋'
    const claire = await server.as('administrator')
    await claire.call(suspendStaff, { params: { id }, body: { reason } })
    const [entry] = await entriesOf(server, { verb: 'staff.suspended', object: id })
    expect(entry).toMatchObject({ reason, after: null })
    expect(readLeaf(entry?.leaf ?? '').reason).toBe(reason)
  })

  test('holds what no database text can hold as the mark of what cannot be read', async () => {
    await server.audit.writeDownAs(server.db, {
      verb: 'client.exported',
      label: 'a test',
      object: 'client',
      id: 'half \ud800 and NUL \0',
      after: { note: '\0\udc00' },
    })
    const [entry] = await entriesOf(server, { verb: 'client.exported' })
    expect(entry).toMatchObject({ objectId: 'half \ufffd and NUL \ufffd', after: { note: '\ufffd\ufffd' } })
  })
})

test('a read that is nothing to write down leaves nothing', async () => {
  const before = (await entriesOf(server)).length
  await sales.call(listClients, { query: {} })
  await sales.call(getSession)
  expect(await entriesOf(server)).toHaveLength(before)
})
