import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getAuditEntry, listAuditEntries } from '#contract/audit'
import { createClient, trashClients, updateClient } from '#contract/clients'
import { testServer } from '../../../tests/harness/server.ts'
import { originOf } from './writing.ts'

const server = await testServer()
const auditor = await server.as('auditor')
const compliance = await server.as('compliance')

const created = (email: string) =>
  compliance.call(createClient, {
    body: { kind: 'practitioner', status: 'prospect', lastName: 'Arnaud', firstName: 'Roxane', email },
  })
const newest = async (verb: string) => {
  const { rows } = await auditor.call(listAuditEntries, { query: { verb, limit: 1 } })
  return rows[0]!
}

test('an entry tells what stood before and after, and where it came from', async () => {
  const { id, version } = await created('one@example.com')
  await compliance.call(updateClient, { params: { id }, body: { version, phone: '+33612345678' } })
  const line = await newest('client.updated')
  expect(await auditor.call(getAuditEntry, { params: { id: line.id } })).toMatchObject({
    ...line,
    before: { phone: null },
    after: { phone: '+33612345678' },
    ip: '127.0.0.1',
    userAgent: expect.any(String),
    requestId: expect.any(String),
    onBehalfOf: null,
  })
})

test('a line names its object even where its fields do not', async () => {
  const { id, version } = await created('two@example.com')
  await compliance.call(updateClient, { params: { id }, body: { version, phone: '+33612345679' } })
  expect(await newest('client.updated')).toMatchObject({ objectId: id, objectName: 'Roxane Arnaud' })
  const signedIn = await newest('staff.signed_in')
  expect(signedIn.objectName).toBe(signedIn.actor)
})

test('what the console did is called by where it did it', async () => {
  const at = { verb: 'sql.executed', label: 'Lucie', object: 'sql_request', id: randomUUID() }
  await server.audit.writeDownAs(server.db, at)
  expect((await newest('sql.executed')).objectName).toBe('central')
  await server.audit.writeDownAs(server.db, { ...at, tenant: randomUUID() })
  // A practice that is gone has no name; it is not the central database for that.
  expect((await newest('sql.executed')).objectName).toBeNull()
})

test('an action on many says how many', async () => {
  const ids = [(await created('three@example.com')).id, (await created('four@example.com')).id]
  await compliance.call(trashClients, { body: { clients: { ids } } })
  expect((await newest('client.trashed')).objectCount).toBe(2)
})

test('work that a request began tells where the request came from', async () => {
  const origin = originOf({ id: 'request-1', ip: '192.0.2.7', userAgent: 'A browser' })
  await server.audit.writeDownAs(server.db, {
    verb: 'clients.exported',
    label: 'Lucie',
    object: 'client_export',
    origin,
  })
  const { id } = await newest('clients.exported')
  expect(await auditor.call(getAuditEntry, { params: { id } })).toMatchObject({
    ip: '192.0.2.7',
    userAgent: 'A browser',
    requestId: 'request-1',
  })
})

test('an entry that does not exist is not found', async () => {
  const id = '0199a000-0000-7000-8000-000000000000'
  expect((await auditor.refused(getAuditEntry, { params: { id } })).status).toBe(404)
})
