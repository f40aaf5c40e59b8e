import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  downloadErasureCertificate,
  getAuditEntry,
  listErasures,
  previewErasure,
  requestErasure,
} from '#contract/audit'
import { createClient } from '#contract/clients'
import { addressOf } from '#platform/contract/endpoint.ts'
import { centralDb, openPool, sql } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { tellPast } from '../past.ts'
import { logFolder, signingKeyFile } from '../sequencing/folders.ts'
import { sequenceOnce } from '../sequencing/sequencer.ts'
import { parseVkey } from '../tree/keys.ts'
import { openNote } from '../tree/notes.ts'
import { verifyLog } from '../verifying/verify-log.ts'

const server = await testServer()
const auditor = await server.as('auditor')
const top = await server.as('super_administrator')
const behind = openPool(server.database.adminUrl, { max: 2 })
afterAll(() => behind.end())

const day = 86_400_000
const now = Date.now()
const ago = (days: number) => new Date(now - days * day)
const ines = uuidv7()
const paul = uuidv7()
const roxane = uuidv7()

/** What was written down long ago: by Inès and by Paul, about Roxane and about others. */
async function past(days: number, over: { by?: string; verb?: string; about?: string; ids?: string[] } = {}) {
  const { by = ines, verb = 'client.updated', about = uuidv7(), ids } = over
  const at = ago(days)
  const id = uuidv7(at.getTime())
  await tellPast(centralDb(behind), server.vault, [
    {
      id,
      at,
      actor: { type: 'staff', id: by },
      verb,
      object: ids ? { type: 'client' } : { type: 'client', id: about },
      result: 'done',
      before: { phone: null },
      after: ids ? { ids } : { phone: '+33612345678' },
      origin: { ip: '192.0.2.7', userAgent: 'A browser', id: 'request-1' },
    },
  ])
  return id
}

const sequencing = {
  databaseUrl: server.database.sequencerUrl,
  folder: logFolder(server.dataDir),
  keyFile: signingKeyFile(server.dataDir),
  origin: 'log.example/audit/log',
  durable: false,
}
const sequence = () => sequenceOnce(sequencing)
const read = (id: string) => auditor.call(getAuditEntry, { params: { id } })
const isErased = async (id: string) => (await read(id)).erased
const certificate = (id: string) =>
  auditor.send('GET', addressOf(downloadErasureCertificate, { id })).then(({ text }) => text)

let old: string
let aboutRoxane: string
let aboutMany: string
let byPaul: string
beforeAll(async () => {
  old = await past(400)
  await past(380, { verb: 'client.created' })
  aboutRoxane = await past(20, { about: roxane })
  aboutMany = await past(19, { verb: 'client.trashed', ids: [roxane, uuidv7()] })
  byPaul = await past(30, { by: paul })
})

test('the preview says what goes and what stays, and asking is a line of the log that names the erasure', async () => {
  const query = { kind: 'age', before: ago(365).toISOString() } as const
  expect(await top.call(previewErasure, { query })).toEqual({
    payloads: 2,
    from: ago(400).toISOString(),
    to: ago(380).toISOString(),
    verbs: [
      { verb: 'client.created', payloads: 1 },
      { verb: 'client.updated', payloads: 1 },
    ],
    onSeveral: 0,
    stays: { recent: 0, ofErasures: 0, without: 0 },
  })
  const erasure = await top.call(requestErasure, { body: { ...query, reason: 'Registre, demande 12' } })
  expect(erasure).toMatchObject({ ...query, state: 'waiting', erased: null, objectId: null })
  expect(await read(erasure.entryId)).toMatchObject({
    verb: 'audit_payloads.erasure_requested',
    objectId: erasure.id,
    reason: 'Registre, demande 12',
    after: { kind: 'age', before: query.before },
  })
})

test('it waits until its line stands in the tree; then the payloads are gone, the entries stay, and a certificate says so', async () => {
  const [waiting] = (await auditor.call(listErasures, { query: { state: 'waiting' } })).rows
  expect(await auditor.refused(downloadErasureCertificate, { params: { id: waiting!.id } })).toMatchObject({
    code: 'audit_erasure_not_done',
  })
  expect(await isErased(old)).toBe(false)
  const tree = await sequence()

  const [done] = (await auditor.call(listErasures, { query: { state: 'done' } })).rows
  expect(done).toMatchObject({ id: waiting!.id, state: 'done', erased: 2, doneAt: expect.any(String) })
  expect(await read(old)).toMatchObject({ erased: true, ip: null, after: null, verb: 'client.updated' })
  expect(await isErased(aboutRoxane)).toBe(false)
  const { rows } = await behind.query('select from audit_payloads where entry_id = $1', [old])
  expect(rows).toEqual([])

  const vkey = parseVkey((await readFile(join(logFolder(server.dataDir), 'vkey'), 'utf8')).trim())
  const text = await certificate(waiting!.id)
  expect(openNote(text, [vkey]).text).toContain('payloads erased: 2\n')
  expect(text).toContain(`tree: ${tree.size} entries, root ${tree.root.toString('base64')}\n`)
})

test('by object, entries on several objects that name it are taken too; what tells of erasures, and the last day, stay', async () => {
  const query = { kind: 'object', objectType: 'client', objectId: roxane } as const
  const yesterday = await past(0.5, { about: roxane })
  const preview = await top.call(previewErasure, { query })
  expect(preview).toMatchObject({ payloads: 2, onSeveral: 1, stays: { recent: 1, without: 0 } })
  await top.call(requestErasure, { body: { ...query, reason: 'Effacement demandé' } })
  await sequence()
  expect(await isErased(aboutRoxane)).toBe(true)
  expect(await isErased(aboutMany)).toBe(true)
  expect(await isErased(yesterday)).toBe(false)
  expect(await top.call(previewErasure, { query })).toMatchObject({
    payloads: 0,
    stays: { recent: 1, without: 2 },
  })
})

test('by person, what they did is taken, and what others did stays', async () => {
  const query = { kind: 'person', actorId: paul } as const
  const others = await past(30)
  await top.call(requestErasure, { body: { ...query, reason: 'Départ' } })
  await sequence()
  expect(await isErased(byPaul)).toBe(true)
  expect(await isErased(others)).toBe(false)
})

test('what tells of erasures outlives every erasure', async () => {
  const earlier = await past(500, { verb: 'audit_payloads.erasure_requested' })
  const query = { kind: 'age', before: ago(365).toISOString() } as const
  expect(await top.call(previewErasure, { query })).toMatchObject({ payloads: 0, stays: { ofErasures: 1 } })
  await past(499)
  await top.call(requestErasure, { body: { ...query, reason: 'Encore' } })
  await sequence()
  expect(await isErased(earlier)).toBe(false)
})

test('nothing to erase, what is too young, and the same twice are refused', async () => {
  const ask = (body: { kind: 'age' | 'object' | 'person' } & Record<string, string>) =>
    top.refused(requestErasure, { body: { reason: 'Essai', ...body } })
  expect(await ask({ kind: 'person', actorId: uuidv7() })).toMatchObject({ code: 'audit_nothing_to_erase' })
  expect(await ask({ kind: 'age', before: ago(170).toISOString() })).toMatchObject({
    code: 'audit_payloads_too_young',
    details: { before: expect.any(String) },
  })
  const about = uuidv7()
  await past(3, { about })
  const { id } = await top.call(requestErasure, {
    body: { kind: 'object', objectType: 'client', objectId: about, reason: 'Une fois' },
  })
  expect(await ask({ kind: 'object', objectType: 'client', objectId: about })).toMatchObject({
    code: 'audit_erasure_under_way',
    details: { id },
  })
  expect(await ask({ kind: 'person', objectId: about })).toMatchObject({
    code: 'input_invalid',
    fields: [{ path: 'kind', code: 'erasure_scope_unclear' }],
  })
})

test('what somebody did today cannot be wiped away, not even by who took the server over', async () => {
  const client = await top.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'prospect',
      lastName: 'Arnaud',
      firstName: 'Roxane',
      email: 'r@example.com',
    },
  })
  const query = { kind: 'object', objectType: 'client', objectId: client.id } as const
  expect(await top.refused(requestErasure, { body: { ...query, reason: 'Vite' } })).toMatchObject({
    code: 'audit_nothing_to_erase',
  })
  const insert = (entryId: string, before: string) =>
    sql`insert into audit_erasures (kind, object_type, object_id, before, reason, entry_id)
      values ('object', 'client', ${roxane}, ${before}, 'Vite', ${entryId})`.execute(server.db)
  await expect(insert(uuidv7(), new Date().toISOString())).rejects.toMatchObject({ code: '23514' })
  // An entry about something else asks for nothing.
  const about = await past(3, { about: roxane })
  await insert(about, ago(2).toISOString())
  await sequence()
  expect(await isErased(about)).toBe(false)
})

test('the verifier finds every payload that is gone covered by a certificate, and one that is gone without', async () => {
  const folder = logFolder(server.dataDir)
  const verify = () => verifyLog(server.pool, { folder, vault: server.vault, lagMs: 600_000 })
  const missing = ({ findings }: Awaited<ReturnType<typeof verify>>) =>
    findings.filter(({ kind }) => ['payload_missing', 'erasure_wrong'].includes(kind))
  const before = await verify()
  expect(missing(before)).toEqual([])
  expect(before.payloadsErased).toBe(7)

  const victim = await past(30)
  await sequence()
  await behind.query('delete from audit_payloads where entry_id = $1', [victim])
  expect(missing(await verify())).toMatchObject([{ kind: 'payload_missing', entryId: victim }])
})
