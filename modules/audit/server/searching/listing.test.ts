import { beforeAll, expect, test } from 'vitest'
import { countAuditEntries, getAuditEntry, listAuditEntries, type AuditFilterInput } from '#contract/audit'
import { changeStatuses, createClient, updateClient } from '#contract/clients'
import { getSession } from '#contract/identity'
import { dayOf } from '#platform/server/clock.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { colleague, madeRole } from '../../../../tests/harness/made-roles.ts'
import { numbered } from '../../../../tests/harness/sequencer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import type { NewEntry } from '../writing.ts'

const server = await testServer()
const auditor = await server.as('auditor')
const support = await server.as('support')

/** Newest first, by the verb. */
async function found(filter: AuditFilterInput): Promise<string[]> {
  const { rows } = await auditor.call(listAuditEntries, { query: { ...filter, limit: 200 } })
  const { total, totalIsExact } = await auditor.call(countAuditEntries, { query: filter })
  // What is counted is what is listed; null where the machine was too busy to count in time.
  expect([rows.length, null]).toContain(total)
  expect(totalIsExact).toBe(total !== null)
  return rows.map(({ verb }) => verb)
}

const write = (entry: Partial<NewEntry> & { verb: string }) =>
  server.audit.write(server.db, {
    actor: { type: 'system', id: 'test' },
    object: { type: 'ticket' },
    result: 'done',
    ...entry,
  })

const people = { roxane: '', loic: '', nobody: '0199a000-0000-7000-8000-000000000000' }
let supportId = ''
beforeAll(async () => {
  supportId = (await support.call(getSession)).staffId
  const roxane = await support.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'prospect',
      lastName: 'Lefèvre',
      firstName: 'Roxane',
      email: 'r@example.com',
      department: '57',
    },
  })
  const loic = await support.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'prospect',
      lastName: 'N’Diaye',
      firstName: 'Loïc',
      email: 'l@example.com',
      department: '54',
    },
  })
  await support.call(updateClient, {
    params: { id: roxane.id },
    body: { version: roxane.version, city: 'Metz' },
  })
  await support.call(changeStatuses, { body: { clients: { ids: [roxane.id, loic.id] }, status: 'active' } })
  Object.assign(people, { roxane: roxane.id, loic: loic.id })
})

test('a person’s log: what they did and what was done to them, alone or among others', async () => {
  await write({ verb: 'staff.greeted', object: { type: 'staff_member', id: supportId } })
  await write({ verb: 'staff.gathered', object: { type: 'staff_member' }, after: { ids: [supportId, 'x'] } })
  await write({ verb: 'client.greeted', object: { type: 'client', id: supportId } })
  const verbs = await found({ person: supportId })
  expect(verbs).toEqual(
    expect.arrayContaining(['staff.greeted', 'staff.gathered', 'client.status_changed', 'client.created']),
  )
  expect(verbs).not.toContain('client.greeted')
  expect(verbs).not.toContain('client.read')
  expect(await found({ actor: supportId })).not.toContain('staff.greeted')
  expect(await found({ person: people.nobody })).toEqual([])
})

test('an object’s timeline holds what was done to it, alone and among many', async () => {
  expect(await found({ object: people.roxane })).toEqual([
    'client.status_changed',
    'client.updated',
    'client.created',
  ])
  expect(await found({ object: people.loic })).toEqual(['client.status_changed', 'client.created'])
  expect(await found({ object: people.loic, objectType: 'invoice' })).toEqual([])
})

test('work without a person is found by what it calls itself, and so is who it was done for', async () => {
  await write({
    verb: 'note.read',
    actor: { type: 'staff', id: supportId },
    onBehalfOf: { type: 'member', id: 'member-1' },
  })
  expect(await found({ subject: 'member-1' })).toEqual(['note.read'])
  await write({ verb: 'clients.swept', actor: { type: 'system', id: 'mgp clients sweep' } })
  expect(await found({ actor: 'mgp clients sweep' })).toEqual(['clients.swept'])
})

test('several verbs are any of them, several filters are all of them', async () => {
  expect(await found({ verb: 'client.updated,client.created', actor: supportId })).toEqual([
    'client.updated',
    'client.created',
    'client.created',
  ])
  expect(await found({ verb: ['client.updated', 'nothing.happened'], object: people.roxane })).toEqual([
    'client.updated',
  ])
  expect(await found({ verb: 'client.updated', object: people.loic })).toEqual([])
  expect(
    await found({
      verb: 'client.updated,client.created',
      object: people.roxane,
      person: supportId,
      objectType: 'client',
      result: 'done',
      q: 'client',
      from: '2020-01-01',
    }),
  ).toEqual(['client.updated', 'client.created'])
})

test('results: done, seen and the rare ones', async () => {
  await write({ verb: 'tenant.migrated', object: { type: 'tenant' }, result: 'failed' })
  await write({ verb: 'tenant.migrated', object: { type: 'tenant' }, result: 'refused' })
  await write({ verb: 'tenant.looked_at', object: { type: 'tenant' }, result: 'seen' })
  expect(await found({ result: 'failed' })).toEqual(['tenant.migrated'])
  expect(await found({ result: 'failed,refused', objectType: 'tenant' })).toHaveLength(2)
  expect(await found({ result: 'refused,failed' })).toHaveLength(2)
  expect(await found({ result: 'seen', objectType: 'tenant' })).toEqual(['tenant.looked_at'])
  expect(await found({ result: 'done,failed', objectType: 'tenant' })).toEqual(['tenant.migrated'])
})

test('an address is found in any spelling, once and whole', async () => {
  const from = (verb: string, ip: string) => write({ verb, origin: { id: 'r', ip, userAgent: '' } })
  await from('visit.six', '2001:db8::7')
  await from('visit.four', '192.0.2.7')
  for (const ip of ['2001:db8::7', '2001:0DB8:0:0::0007', '2001:db8::7%eth0'])
    expect(await found({ ip })).toEqual(['visit.six'])
  for (const ip of ['192.0.2.7', '::ffff:192.0.2.7', '::ffff:c000:207'])
    expect(await found({ ip })).toEqual(['visit.four'])
  expect(await found({ ip: '192.0.2.70' })).toEqual([])
  expect(await found({ ip: '192.0.2.7', verb: 'visit.four', objectType: 'ticket' })).toEqual(['visit.four'])
  expect(await found({ ip: '192.0.2.7', verb: 'visit.six' })).toEqual([])
  expect(await found({ ip: '192.0.2.7', from: '2020-01-01', to: '2020-01-02' })).toEqual([])
})

test('the text of verbs, objects, names and reasons, in both languages, without accents or case', async () => {
  await write({ verb: 'role.deleted', object: { type: 'role', id: 'r1' } })
  await write({ verb: 'ticket.closed', reason: 'Erreur de facturation, zibeline', ticket: 'SUP-77_1' })
  expect(await found({ q: 'SUPPRIME le rôle' })).toEqual(['role.deleted'])
  expect(await found({ q: 'deleted the role' })).toEqual(['role.deleted'])
  expect(await found({ q: 'role.deleted' })).toEqual(['role.deleted'])
  expect(await found({ q: 'Zibeline' })).toEqual(['ticket.closed'])
  expect(await found({ q: 'facturation erreur' })).toEqual(['ticket.closed'])
  expect(await found({ q: 'sup-77' })).toEqual(['ticket.closed'])
  expect(await found({ q: 'lefevre' })).toEqual(['client.status_changed', 'client.updated', 'client.created'])
  expect(await found({ q: 'modifié Lefèvre' })).toEqual(['client.updated'])
  expect(await found({ q: 'modifié Diaye' })).toEqual([])
  expect(await found({ q: people.loic.toUpperCase() })).toEqual(['client.status_changed', 'client.created'])
  const [entry] = await entriesOf(server, { verb: 'role.deleted' })
  expect(await found({ q: entry!.id })).toEqual(['role.deleted'])
})

test('what LIKE takes for wildcards is text, and signs alone find nothing', async () => {
  for (const q of [
    '%',
    '_',
    'sup-77%1',
    'SUP_77',
    String.raw`\%`,
    "'; drop table audit_entries; --",
    '!!!',
    '😀',
    '(((',
  ])
    expect(await found({ q })).toEqual([])
  expect(await found({ q: 'SUP-77_1' })).toEqual(['ticket.closed'])
})

test('a period holds what happened in it', async () => {
  const before = new Date(Date.now() - 1)
  await write({ verb: 'clock.struck' })
  const after = new Date(Date.now() + 1)
  const iso = (date: Date) => date.toISOString()
  expect(await found({ verb: 'clock.struck', from: iso(before), to: iso(after) })).toEqual(['clock.struck'])
  expect(await found({ verb: 'clock.struck', from: iso(after) })).toEqual([])
  expect(await found({ verb: 'clock.struck', to: iso(before) })).toEqual([])
  expect(await found({ verb: 'clock.struck', from: dayOf(before), to: dayOf(after) })).toEqual([
    'clock.struck',
  ])
})

test('clients’ names are looked through within the limits of who looks', async () => {
  const role = await madeRole(server.db, { level: 20, permissions: ['audit.read'] })
  const limited = await madeRole(server.db, { level: 20, permissions: ['clients.read'], departments: ['54'] })
  const partner = await colleague(server, role, limited)
  const look = async (q: string) => (await partner.call(listAuditEntries, { query: { q } })).rows
  expect(await look('Lefèvre')).toEqual([])
  expect((await look('Diaye')).map(({ verb }) => verb)).toEqual(['client.status_changed', 'client.created'])
  const { rows } = await partner.call(listAuditEntries, {
    query: { object: people.roxane, verb: 'client.updated' },
  })
  expect(rows).toMatchObject([{ objectName: null }])
})

test('pages follow one another without a gap or a double, whichever way leads', async () => {
  for (const filter of [
    {},
    { person: supportId },
    { q: 'client' },
    { verb: 'client.created,client.updated' },
    { result: 'refused,failed' },
    { ip: '127.0.0.1' },
  ]) {
    const whole = await auditor.call(listAuditEntries, { query: { ...filter, limit: 200 } })
    const pages: string[] = []
    let after: string | undefined
    do {
      const page = await auditor.call(listAuditEntries, {
        query: { ...filter, limit: 3, ...(after && { after }) },
      })
      pages.push(...page.rows.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after)
    expect(pages.filter((id) => whole.rows.some((row) => row.id === id))).toEqual(
      whole.rows.map(({ id }) => id),
    )
    expect(new Set(pages).size).toBe(pages.length)
  }
})

test('an entry is found by its number, however it is written, besides what else says it', async () => {
  const id = await write({ verb: 'ticket.opened', object: { type: 'ticket', id: 'by-number' } })
  await numbered(server)
  const { index } = await auditor.call(getAuditEntry, { params: { id } })
  const sought = async (q: string) =>
    (await auditor.call(listAuditEntries, { query: { q } })).rows.map((row) => row.index)
  for (const q of [`${index}`, `n° ${index}`, `N°\u00A0${index}`, `no. ${index}`, `#${index}`])
    expect(await sought(q), q).toContain(index)
  expect(await sought('999 999 999')).toEqual([])
  const reason = `ticket ${index}`
  const beside = await write({ verb: 'ticket.opened', reason })
  const { rows } = await auditor.call(listAuditEntries, { query: { q: `${index}` } })
  expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining([id, beside]))
})

test('what a filter asks for by id is named, also where nothing is found', async () => {
  const role = server.db.selectFrom('roles').select('id').where('key', '=', 'auditor')
  const { id: object } = await role.executeTakeFirstOrThrow()
  expect(await auditor.call(listAuditEntries, { query: { objectType: 'role', object } })).toMatchObject({
    rows: [],
    names: { [object]: 'auditor' },
  })
  const query = { person: supportId, objectType: 'client', object: people.nobody }
  const { names } = await auditor.call(listAuditEntries, { query })
  expect(Object.keys(names)).toEqual([supportId])
})

test('a tail gets what was numbered since, also what was written earlier and committed later', async () => {
  await numbered(server)
  const before = await auditor.call(listAuditEntries, { query: { objectType: 'ticket' } })
  expect(before.since).toBeNull()
  const late = await write({ verb: 'ticket.late' })
  const unnumbered = await auditor.call(listAuditEntries, {
    query: { objectType: 'ticket', since: before.size },
  })
  expect(unnumbered).toMatchObject({ rows: [], since: before.size, size: before.size })
  await numbered(server)
  const tail = await auditor.call(listAuditEntries, { query: { objectType: 'ticket', since: before.size } })
  expect(tail.rows.map(({ id }) => id)).toEqual([late])
  expect(tail.since).toBe(before.size)
  expect(tail.rows[0]?.index).toBeGreaterThanOrEqual(before.size)
  expect((await auditor.call(listAuditEntries, { query: { since: tail.size } })).rows).toEqual([])
})

test('a tail from a number that is none is the list from its top', async () => {
  const { size } = await numbered(server)
  const answer = await auditor.call(listAuditEntries, { query: { since: size + 1, limit: 2 } })
  expect(answer).toMatchObject({ since: null, size })
  expect(answer.rows).toHaveLength(2)
})

test('searching is itself an entry, with what was searched for', async () => {
  await auditor.call(listAuditEntries, { query: { q: 'quelque chose de rare' } })
  const entries = await entriesOf(server, { verb: 'audit.searched' })
  expect(entries.at(-1)).toMatchObject({ result: 'seen', after: { q: 'quelque chose de rare' } })
})

test('a large payload is not opened for a line', async () => {
  const large = await write({
    verb: 'view.saved',
    object: { type: 'saved_view', id: 'v1' },
    after: { name: 'Vue', text: 'x'.repeat(9_000) },
  })
  const small = await write({
    verb: 'view.saved',
    object: { type: 'saved_view', id: 'v2' },
    after: { name: 'Vue' },
  })
  const { rows } = await auditor.call(listAuditEntries, { query: { verb: 'view.saved' } })
  expect(rows.map(({ id, objectName }) => [id, objectName])).toEqual([
    [small, 'Vue'],
    [large, null],
  ])
})

test.each([
  ['a question of 300 characters', { q: 'x'.repeat(300) }, 'q'],
  ['a NUL', { q: 'a\u0000' }, 'q'],
  ['a verb that is no code', { verb: 'client updated' }, 'verb'],
  ['an empty verb among others', { verb: 'client.updated,' }, 'verb'],
  [
    'more verbs than a choice',
    { verb: Array.from({ length: 41 }, (_, at) => `verb.${'a'.repeat(at + 1)}`).join(',') },
    'verb',
  ],
  ['a result there is not', { result: 'lost' }, 'result'],
  ['a person that is no id', { person: 'Roxane' }, 'person'],
  ['an address that is none', { ip: '192.0.2' }, 'ip'],
  ['an address with a port', { ip: '192.0.2.7:443' }, 'ip'],
  ['a network', { ip: '192.0.2.0/24' }, 'ip'],
  ['a day there is not', { from: '2026-02-30' }, 'from'],
  ['a year beyond all calendars', { to: '9999-01-01T00:00:00Z' }, 'to'],
  ['a period that ends before it begins', { from: '2026-02-02', to: '2026-02-01' }, 'to'],
  ['a tail from nowhere', { since: '-1' }, 'since'],
  ['a filter there is not', { colour: 'blue' }, 'colour'],
])('%s is refused', async (_, query, path) => {
  const reply = await auditor.send(
    'GET',
    `/api/v1/audit/entries?${new URLSearchParams(query as Record<string, string>)}`,
  )
  expect(reply.status).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ in: 'query', path }] } })
})
