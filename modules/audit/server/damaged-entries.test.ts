import { afterAll, describe, expect, test } from 'vitest'
import { getAuditEntry, listAuditEntries } from '#contract/audit'
import { createClient } from '#contract/clients'
import { openPool } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { leafOf, type Leaf } from './leaf.ts'

const server = await testServer()
const auditor = await server.as('auditor')
const compliance = await server.as('compliance')
const app = openPool(server.database.appUrl, { max: 1 })
afterAll(() => app.end())

const leaf = (over: Record<string, unknown> = {}): Leaf => ({
  v: 1,
  id: uuidv7(),
  time: new Date().toISOString(),
  actor: { type: 'staff', id: uuidv7() },
  verb: 'client.created',
  object: { type: 'client', id: 'no-client' },
  result: 'done',
  ...over,
})
const insert = (text: string) => app.query('insert into audit_entries (leaf) values ($1)', [text])

describe('what the server’s role wrote and nobody can open', () => {
  test.each([
    ['sealed by nobody', Buffer.from('0102030405', 'hex')],
    ['plain, and no JSON', Buffer.from('00', 'hex')],
    ['plain, and of another shape', Buffer.concat([Buffer.alloc(33), Buffer.from('{"ip":{"a":1}}')])],
    [
      'plain, and not what the entry commits to',
      Buffer.concat([Buffer.alloc(33), Buffer.from('{"after":{"name":"X"}}')]),
    ],
  ])('%s: the entry says so, and hides no other', async (_, sealed) => {
    const { id: clientId } = await compliance.call(createClient, {
      body: {
        kind: 'practitioner',
        status: 'prospect',
        lastName: 'Arnaud',
        firstName: 'Roxane',
        email: `${uuidv7()}@example.com`,
      },
    })
    const entry = leaf({ object: { type: 'client', id: clientId } })
    await insert(leafOf(entry))
    await app.query('insert into audit_payloads (entry_id, at, sealed) values ($1, now(), $2)', [
      entry.id,
      sealed,
    ])

    const { rows } = await auditor.call(listAuditEntries, { query: { limit: 10 } })
    expect(rows.map(({ id }) => id)).toContain(entry.id)
    expect(await auditor.call(getAuditEntry, { params: { id: entry.id } })).toMatchObject({
      damaged: true,
      erased: false,
      before: null,
      after: null,
      ip: null,
      leaf: leafOf(entry),
    })
    const timeline = await server.audit.historyOf(server.db, 'client', clientId, 10)
    expect(timeline.map(({ id }) => id)).toContain(entry.id)
  })

  test('what can be opened is not damaged', async () => {
    const { rows } = await auditor.call(listAuditEntries, { query: { verb: 'staff.signed_in', limit: 1 } })
    expect(await auditor.call(getAuditEntry, { params: { id: rows[0]?.id ?? '' } })).toMatchObject({
      damaged: false,
    })
  })
})

describe('a leaf that is none of ours is not let in', () => {
  const time = '2026-11-22T08:30:00.000Z'
  test.each<[string, (text: string) => string]>([
    ['a member more', (text) => text.replace('"v":1', '"v":1,"w":1')],
    ['a member called __proto__', (text) => text.replace('"v":1', '"v":1,"__proto__":{}')],
    ['an actor of no type of ours', (text) => text.replace('"type":"staff"', '"type":"martian"')],
    ['an actor with a name', (text) => text.replace('"type":"staff"', '"name":"Lucie","type":"staff"')],
    ['an actor who is a number', (text) => text.replace(/"actor":\{"id":"[^"]+"/, '"actor":{"id":7')],
    [
      'somebody behind the actor of no shape',
      (text) => text.replace('"object"', '"onBehalfOf":{"id":"x"},"object"'),
    ],
    ['no object', (text) => text.replace(/"object":\{.*?\},/, '')],
    ['an object with a member more', (text) => text.replace('"type":"client"', '"type":"client","x":null')],
    ['a verb that is an object', (text) => text.replace('"client.created"', '{"a":1}')],
    ['a reason that is a number', (text) => text.replace('"result"', '"reason":7,"result"')],
    ['a session that is null', (text) => text.replace('"result"', '"session":null,"result"')],
    ['another version', (text) => text.replace('"v":1', '"v":2')],
    ['a day of 24 hours and nothing', (text) => text.replace(time, '2026-11-22T24:00:00.000Z')],
    ['the year 9999', (text) => text.replace(time, '9999-11-22T08:30:00.000Z')],
    ['the year 1999', (text) => text.replace(time, '1999-11-22T08:30:00.000Z')],
    ['no instant', (text) => text.replace(time, 'now')],
    [
      'an id in capitals',
      (text) =>
        text.replace(/"id":"0[^"]+","object"/, (id) =>
          id.toUpperCase().replace('ID', 'id').replace('OBJECT', 'object'),
        ),
    ],
    ['a commitment of two bytes', (text) => text.replace('"v":1', '"commitment":"abab","v":1')],
  ])('%s', async (_, change) => {
    const text = leafOf(leaf({ id: uuidv7().replace(/.$/, 'a'), time }))
    const changed = change(text)
    expect(changed).not.toBe(text)
    await expect(insert(changed)).rejects.toThrow()
  })

  test('one with everything a leaf may hold is', async () => {
    const session = uuidv7()
    const commitment = 'ab'.repeat(32)
    const onBehalfOf = { id: uuidv7(), type: 'member' }
    const all = {
      session,
      commitment,
      onBehalfOf,
      operation: uuidv7(),
      tenant: uuidv7(),
      impersonation: uuidv7(),
      reason: 'é\n"',
      ticket: 'T-1',
      object: { type: 'client', count: 3 },
    }
    await insert(leafOf(leaf(all)))
    await insert(leafOf(leaf({ time: '2000-01-01T00:00:00.000Z' })))
    await insert(leafOf(leaf({ time: '2199-12-31T23:59:59.999Z' })))
  })

  test('the page after an entry of the furthest year can be asked for', async () => {
    const time = '2199-12-31T23:59:59.999Z'
    await insert(leafOf(leaf({ time })))
    const first = await auditor.call(listAuditEntries, { query: { limit: 1 } })
    expect(first.rows[0]?.at).toBe(time)
    await auditor.call(listAuditEntries, { query: { limit: 1, after: first.next ?? '' } })
  })
})
