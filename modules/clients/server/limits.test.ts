// What the wall of limits (tests/walls/limits.test.ts) cannot see by calling endpoints one by one.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  changeStatuses,
  ClientExportOutcome,
  clientOutsideLimits,
  createClient,
  limitable,
  listClients,
  startClientExport,
  updateClient,
} from '#contract/clients'
import { downloadFile, getJob } from '#platform/contract/jobs.ts'
import { openFiles } from '#platform/server/files.ts'
import { sentencesOf } from '#platform/server/sentences.ts'
import { readMessages } from '../../../apps/server/messages.ts'
import type { Browserless } from '../../../tests/harness/browserless.ts'
import { asOwner, limitRole, partnerSignedIn } from '../../../tests/harness/partner.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { exportWork, type ExportOrder } from './exporting/export-job.ts'

const server = await testServer()
const support = await server.as('support')

const partnerOf = (...limits: { kind: string; values: string[] }[]) =>
  partnerSignedIn(server, { permissions: limitable, limits })

const aClient = (over: object = {}) => ({
  kind: 'practitioner' as const,
  status: 'prospect' as const,
  lastName: 'Arnaud',
  firstName: 'Roxane',
  email: `roxane.${randomUUID()}@example.com`,
  department: '57',
  ...over,
})

test('a new client must stand within one’s departments, and the answer names the field', async () => {
  const { browser: partner } = await partnerOf({ kind: 'department', values: ['57', '67'] })
  expect((await partner.call(createClient, { body: aClient() })).department).toBe('57')
  for (const department of ['75', null])
    expect((await partner.refused(createClient, { body: aClient({ department }) })).fields).toMatchObject([
      { in: 'body', path: 'department', code: 'department_outside_limits' },
    ])
})

test('who is limited to their own clients adds clients of their own, and cannot give them away', async () => {
  const { browser: partner, staffId } = await partnerOf({ kind: 'own', values: [''] })
  const { id, version, accountManagerId } = await partner.call(createClient, { body: aClient() })
  expect(accountManagerId).toBe(staffId)
  const away = { params: { id }, body: { version, accountManagerId: null } }
  expect((await partner.refused(updateClient, away)).fields).toMatchObject([
    { path: 'accountManagerId', code: 'account_manager_outside_limits' },
  ])
  expect(
    (await partner.call(updateClient, { params: { id }, body: { version, department: '75' } })).version,
  ).toBe(version + 1)
})

test('any of several limits suffices', async () => {
  const { id: named } = await support.call(createClient, { body: aClient({ department: '33' }) })
  const { browser: partner } = await partnerOf(
    { kind: 'department', values: ['2A'] },
    { kind: 'client', values: [named] },
    { kind: 'own', values: [''] },
  )
  const { id: own } = await partner.call(createClient, { body: aClient({ department: '44' }) })
  const { id: corsican } = await support.call(createClient, { body: aClient({ department: '2A' }) })
  const { rows, total } = await partner.call(listClients, { query: {} })
  expect([rows.map(({ id }) => id).toSorted(), total]).toEqual([[named, own, corsican].toSorted(), 3])
})

test('who is limited to certain clients adds none', async () => {
  const { browser: partner } = await partnerOf({ kind: 'client', values: [randomUUID()] })
  expect((await partner.refused(createClient, { body: aClient() })).code).toBe(clientOutsideLimits.code)
})

test('of a taken address outside nothing is said but that it is taken', async () => {
  const { email, id } = await support.call(createClient, { body: aClient({ department: '75' }) })
  const { browser: partner } = await partnerOf({ kind: 'department', values: ['57'] })
  const refusal = await partner.refused(createClient, { body: aClient({ email }) })
  expect(refusal).toMatchObject({
    code: 'client_email_taken',
    message: expect.stringContaining('ne vous laisse pas voir'),
  })
  expect(JSON.stringify(refusal)).not.toContain(id)
  expect(refusal.details).toBeUndefined()
})

test('whether a name exists outside does not show in how a search forgives', async () => {
  const { browser: partner } = await partnerOf({ kind: 'department', values: ['971'] })
  await partner.call(createClient, { body: aClient({ department: '971', lastName: 'Quintaine' }) })
  const search = async () => (await partner.call(listClients, { query: { q: 'quimtai' } })).total
  expect(await search()).toBe(1)
  // Somebody outside is called just so: for those who see them, nothing had to be forgiven.
  await support.call(createClient, { body: aClient({ department: '75', lastName: 'Quimtai' }) })
  expect(await search()).toBe(1)
  expect((await support.call(listClients, { query: { q: 'quimtai' } })).total).toBe(1)
})

test('a bulk action passes over clients outside like clients that do not exist', async () => {
  const { browser: partner } = await partnerOf({ kind: 'department', values: ['972'] })
  const inside = await partner.call(createClient, { body: aClient({ department: '972' }) })
  const outside = await support.call(createClient, { body: aClient({ department: '75' }) })
  const answer = await partner.call(changeStatuses, {
    body: { clients: { ids: [inside.id, outside.id, randomUUID()] }, status: 'active' },
  })
  expect(answer).toEqual({
    status: 'active',
    changed: [{ previous: 'prospect', ids: [inside.id] }],
    unchanged: 2,
  })
})

async function exportedBy(person: Browserless): Promise<string> {
  const { jobId } = await person.call(startClientExport, { body: { format: 'csv' } })
  const state = async () => (await person.call(getJob, { params: { id: jobId } })).state
  await expect.poll(state).toBe('done')
  return ClientExportOutcome.parse((await person.call(getJob, { params: { id: jobId } })).result).fileId
}

test('an export takes out what its person may by the time it runs', async () => {
  const {
    browser: partner,
    staffId,
    roleId,
  } = await partnerOf({ kind: 'department', values: ['973', '974'] })
  for (const department of ['973', '974']) await partner.call(createClient, { body: aClient({ department }) })
  const work = exportWork({
    files: openFiles(server.dataDir),
    sentences: sentencesOf(readMessages()),
    audit: server.audit,
  })
  const order: ExportOrder = {
    format: 'csv',
    filter: {},
    sort: 'name',
    today: '2026-11-21',
    actorName: 'Lucie Aubert',
    language: 'fr',
  }
  const run = () => work.run({ id: randomUUID(), staffId, input: order, db: server.db, progress() {} })
  expect(await run()).toMatchObject({ rows: 2 })
  await asOwner(server, (sql) => limitRole(sql, roleId, [{ kind: 'department', values: ['973'] }]))
  expect(await run()).toMatchObject({ rows: 1 })
  const suspend = (at: Date | null) =>
    server.db.updateTable('staffMembers').set({ suspendedAt: at }).where('id', '=', staffId).execute()
  await suspend(new Date())
  await expect(run()).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
  await suspend(null)
  await asOwner(server, (sql) => sql(`DELETE FROM role_permissions WHERE role_id = $1`, roleId))
  await expect(run()).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
})

test('a file made within wider limits is not handed to who is limited closer since', async () => {
  const { browser: partner, roleId } = await partnerOf({ kind: 'department', values: ['57', '67'] })
  const fileId = await exportedBy(partner)
  const status = async () => (await partner.ask(downloadFile, { params: { id: fileId } })).status
  expect(await status()).toBe(200)
  await asOwner(server, (run) => limitRole(run, roleId, [{ kind: 'department', values: ['57'] }]))
  await expect.poll(status).toBe(404)
  await asOwner(server, (run) => limitRole(run, roleId, [{ kind: 'department', values: ['57', '67', '75'] }]))
  await expect.poll(status).toBe(200)
})

test('news name the client to who sees all of them, and to nobody who is limited', async () => {
  const { browser: partner } = await partnerOf({ kind: 'department', values: ['57'] })
  const [wide, narrow] = [await listening(support), await listening(partner)]
  const { id } = await support.call(createClient, { body: aClient({ department: '75' }) })
  await expect.poll(wide.heard).toContain(JSON.stringify({ topic: 'clients', id }))
  await expect.poll(narrow.heard).toContain(JSON.stringify({ topic: 'clients' }))
  expect(narrow.heard()).not.toContain(id)
  wide.close()
  narrow.close()
})

/** What one person hears from now on, as it comes over the line. */
async function listening(person: Browserless) {
  const response = await server.app.inject({
    url: '/api/v1/events',
    headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin', cookie: person.cookie() },
    payloadAsStream: true,
  })
  let heard = ''
  const stream = response.stream().on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')))
  await expect.poll(() => heard).toContain('hello')
  return { heard: () => heard, close: () => stream.destroy() }
}
