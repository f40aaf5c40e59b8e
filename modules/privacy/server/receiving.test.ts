import { beforeAll, expect, test } from 'vitest'
import { listAuditEntries } from '#contract/audit'
import { createClient } from '#contract/clients'
import {
  checkIdentity,
  correctPrivacyRequest,
  getPrivacyRequest,
  listPrivacyRequests,
  receivePrivacyRequest,
} from '#contract/privacy'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import { entriesOf } from '../../../tests/harness/audit.ts'
import { testServer } from '../../../tests/harness/server.ts'

// A Monday morning in Paris.
let now = Date.parse('2026-07-06T08:00:00Z')
// It moves on whenever it is asked: of two lines of one millisecond nobody knows which came first.
const clock: Clock = { now: () => new Date(now++) }
const today = dayOf(clock.now())
const server = await testServer({ clock })
const nadege = await server.as('compliance')

const yvonne = {
  kind: 'erasure',
  clientId: null,
  name: 'Yvonne Delaunay',
  email: 'Yvonne.Delaunay@example.com',
  receivedOn: '2026-06-14',
  channel: 'letter',
  wording: 'Effacez tout ce que vous avez sur moi.',
} as const

let roxane: { id: string }
beforeAll(async () => {
  roxane = await nadege.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'active',
      lastName: 'Arnaud',
      firstName: 'Roxane',
      email: 'roxane.arnaud@example.com',
    },
  })
})

test('a request is due a month later, or on the next working day', async () => {
  const request = await nadege.call(receivePrivacyRequest, { body: yvonne })
  // 14 July is the national day.
  expect(request).toMatchObject({
    kind: 'erasure',
    state: 'open',
    dueOn: '2026-07-15',
    firstDueOn: '2026-07-15',
    daysLeft: 9,
    person: { name: 'Yvonne Delaunay', email: 'yvonne.delaunay@example.com', client: null },
    isIdentityChecked: false,
    isExtended: false,
    answeredOn: null,
    createdBy: 'Nadège Rousseau',
    steps: [{ kind: 'received', on: '2026-06-14' }],
    proofs: [],
  })
  expect(await nadege.call(getPrivacyRequest, { params: { id: request.id } })).toEqual(request)
})

test('a client is named by their file, whatever was typed beside', async () => {
  const { person } = await nadege.call(receivePrivacyRequest, {
    body: { ...yvonne, clientId: roxane.id, name: '', email: null },
  })
  expect(person).toEqual({
    name: 'Roxane Arnaud',
    email: 'roxane.arnaud@example.com',
    client: { id: roxane.id, name: 'Roxane Arnaud', inTrash: false },
  })
})

test.each([
  [{ receivedOn: '2026-07-07' }, 'receivedOn', 'day_in_future'],
  [{ receivedOn: '2018-05-24' }, 'receivedOn', 'day_before_gdpr'],
  [{ receivedOn: '0001-01-01' }, 'receivedOn', 'date_out_of_range'],
  [{ name: '' }, 'name', 'person_missing'],
  [{ name: 'Yvonne\nDelaunay' }, 'name', 'control_characters'],
  [{ email: 'nobody' }, 'email', 'email_invalid'],
  [{ clientId: '0199a000-0000-7000-8000-000000000000' }, 'clientId', 'person_client_unknown'],
  [{ wording: '  \n' }, 'wording', 'wording_missing'],
  [{ wording: 'a\u0000' }, 'wording', 'control_characters'],
])('%o is a wrong field', async (wrong, path, code) => {
  const body = { ...yvonne, ...wrong } as typeof yvonne
  expect(await nadege.refused(receivePrivacyRequest, { body })).toMatchObject({
    status: 400,
    fields: [{ path, code }],
  })
})

test('another day of receipt moves the deadline, and what stood there stays in the steps', async () => {
  const { id } = await nadege.call(receivePrivacyRequest, { body: yvonne })
  const corrected = await nadege.call(correctPrivacyRequest, {
    params: { id },
    body: { receivedOn: '2026-06-02', channel: 'letter' },
  })
  expect(corrected).toMatchObject({
    receivedOn: '2026-06-02',
    dueOn: '2026-07-02',
    state: 'late',
    daysLeft: -4,
  })
  expect(corrected.steps.at(-1)).toMatchObject({
    kind: 'corrected',
    changes: [
      { field: 'receivedOn', before: '2026-06-14', after: '2026-06-02' },
      { field: 'firstDueOn', before: '2026-07-15', after: '2026-07-02' },
      { field: 'dueOn', before: '2026-07-15', after: '2026-07-02' },
    ],
  })
})

test('another person must be identified anew', async () => {
  const { id } = await nadege.call(receivePrivacyRequest, { body: yvonne })
  const params = { id }
  const checked = await nadege.call(checkIdentity, {
    params,
    body: { method: 'call_back', checkedOn: today },
  })
  expect(checked.isIdentityChecked).toBe(true)
  const reworded = await nadege.call(correctPrivacyRequest, {
    params,
    body: { wording: 'Effacez mon compte.' },
  })
  expect(reworded.isIdentityChecked).toBe(true)
  const linked = await nadege.call(correctPrivacyRequest, { params, body: { clientId: roxane.id } })
  expect(linked).toMatchObject({ isIdentityChecked: false, person: { client: { id: roxane.id } } })
})

test('who reads a request is written down, and the log calls it by its number', async () => {
  const { id, number } = await nadege.call(receivePrivacyRequest, { body: yvonne })
  const reader = await server.as('auditor')
  await reader.call(getPrivacyRequest, { params: { id } })
  const { rows } = await reader.call(listAuditEntries, {
    query: { objectType: 'privacy_request', object: id },
  })
  expect(rows.map(({ verb, result, objectName }) => ({ verb, result, objectName }))).toEqual([
    { verb: 'privacy_request.read', result: 'seen', objectName: String(number) },
    { verb: 'privacy_request.received', result: 'done', objectName: String(number) },
  ])
})

test('the log tells which fields changed, and not the words of the person', async () => {
  const { id } = await nadege.call(receivePrivacyRequest, { body: yvonne })
  await nadege.call(correctPrivacyRequest, {
    params: { id },
    body: { name: 'Yvonne Delaunay-Prat', kind: 'access' },
  })
  const [line] = await entriesOf(server, { verb: 'privacy_request.corrected', object: id })
  expect(line).toMatchObject({
    before: { kind: 'erasure' },
    after: { kind: 'access', fields: ['kind', 'personName'] },
  })
  expect(line?.leaf).not.toContain('Delaunay')
  expect(JSON.stringify(line?.after)).not.toContain('Delaunay')
})

test('the list has what is most urgent first, the answered ones last, and every one once', async () => {
  const wanted = { client: roxane.id }
  const received = ['2026-06-20', '2026-05-20', '2026-06-10', '2026-06-10']
  for (const receivedOn of received)
    await nadege.call(receivePrivacyRequest, { body: { ...yvonne, clientId: roxane.id, receivedOn } })
  const all = await nadege.call(listPrivacyRequests, { query: wanted })
  const due = all.rows.map(({ dueOn }) => dueOn)
  expect(due).toEqual(due.toSorted())
  expect(all.total).toBe(Object.values(all.counts).reduce((sum, one) => sum + one, 0))
  const paged: string[] = []
  let after: string | null = null
  do {
    const page: typeof all = await nadege.call(listPrivacyRequests, {
      query: { ...wanted, limit: 2, ...(after && { after }) },
    })
    paged.push(...page.rows.map(({ id }) => id))
    after = page.next
  } while (after)
  expect(paged).toEqual(all.rows.map(({ id }) => id))
})

test('a person is found by any part of name or e-mail, a request by its number', async () => {
  const { id, number } = await nadege.call(receivePrivacyRequest, {
    body: { ...yvonne, name: 'Zéphyrine Öztürk', email: 'zo_ze@example.com' },
  })
  const ids = async (q: string) =>
    (await nadege.call(listPrivacyRequests, { query: { q } })).rows.map((row) => row.id)
  expect(await ids('zephyrine ozt')).toEqual([id])
  expect(await ids('zo_ze')).toEqual([id])
  expect(await ids(String(number))).toEqual([id])
  expect(await ids(`n° ${number}`)).toEqual([id])
  // What LIKE takes for a pattern stands for itself.
  expect(await ids('%')).toEqual([])
  expect(await ids('z__ze')).toEqual([])
})

test('whoever reads the register without handling it can do nothing about it', async () => {
  const { id } = await nadege.call(receivePrivacyRequest, { body: yvonne })
  for (const role of ['auditor', 'direction', 'administrator']) {
    const reader = await server.as(role)
    expect((await reader.call(getPrivacyRequest, { params: { id } })).id).toBe(id)
    expect((await reader.refused(receivePrivacyRequest, { body: yvonne })).status).toBe(403)
  }
  expect((await (await server.as('support')).refused(getPrivacyRequest, { params: { id } })).status).toBe(403)
})
