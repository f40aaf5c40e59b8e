import { readFile } from 'node:fs/promises'
import { hash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import {
  listAuditEntries,
  startAuditExport,
  type AuditExportOutcome,
  type AuditFilterInput,
} from '#contract/audit'
import { createClient, updateClient } from '#contract/clients'
import { getJob } from '#platform/contract/jobs.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { numbered } from '../../../../tests/harness/sequencer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { generateKey, parseVkey } from '../tree/keys.ts'
import { isExport, verifyExport } from './verifying-export.ts'

const server = await testServer()
const compliance = await server.as('compliance')
const support = await server.as('support')

beforeAll(async () => {
  const roxane = await support.call(createClient, {
    body: {
      kind: 'practitioner',
      status: 'active',
      lastName: 'Arnaud',
      firstName: 'Roxane',
      email: 'roxane@example.com',
    },
  })
  await support.call(updateClient, {
    params: { id: roxane.id },
    body: { version: roxane.version, city: 'Metz' },
  })
  await server.audit.writeDownAs(server.db, {
    verb: 'client.updated',
    label: '=HYPERLINK("http://x")',
    object: 'client',
    reason: '@SUM(A1)',
    after: { city: 'Nancy' },
  })
})

async function exported(format: 'csv' | 'json', filter: AuditFilterInput) {
  const { jobId } = await compliance.call(startAuditExport, { body: { format, filter } })
  for (;;) {
    const job = await compliance.call(getJob, { params: { id: jobId } })
    if (job.state === 'failed') throw new Error(`the export failed: ${job.errorCode}`)
    if (job.state === 'done') {
      const outcome = job.result as AuditExportOutcome
      expect([job.done, job.total]).toEqual([outcome.rows, outcome.rows])
      const { storageKey } = await server.db
        .selectFrom('storedFiles')
        .where('id', '=', outcome.fileId)
        .select('storageKey')
        .executeTakeFirstOrThrow()
      return { text: await readFile(`${server.dataDir}/files/${storageKey}`, 'utf8'), outcome, jobId }
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

const ofClients = { objectType: 'client', result: 'done' }
const vkeyIn = (text: string) => parseVkey((JSON.parse(text) as { vkey: string }).vkey)

test('the CSV is the filtered log, entry for entry, in words and codes, and computes nothing', async () => {
  const { text } = await exported('csv', ofClients)
  expect(text).toMatch(/^\uFEFFDate et heure \(Paris\);Instant \(UTC\);Qui;/)
  const rows: Record<string, string>[] = parse(text, { delimiter: ';', bom: true, columns: true })
  const list = await compliance.call(listAuditEntries, { query: ofClients })
  expect(rows.map((row) => row['Entrée (identifiant)'])).toEqual(list.rows.map(({ id }) => id))
  const [strange, changed] = rows
  expect(changed).toMatchObject({
    Action: 'a modifié le client',
    'Action (code)': 'client.updated',
    Objet: 'Client',
    'Nom de l’objet': 'Roxane Arnaud',
    Résultat: 'Fait',
    'Adresse IP': '127.0.0.1',
  })
  expect(strange).toMatchObject({ Qui: `'=HYPERLINK("http://x")`, Motif: "'@SUM(A1)" })
})

test('the JSON proves each entry and each payload, by the key of the log alone', async () => {
  await numbered(server)
  const { text, outcome } = await exported('json', ofClients)
  expect(isExport(text)).toBe(true)
  expect(verifyExport(text, [vkeyIn(text)])).toMatchObject({
    holds: true,
    entries: outcome.rows,
    payloads: outcome.rows,
    erased: 0,
    notNumbered: 0,
  })
  // Before anybody looks at it, what was taken out of the house stands in the log.
  expect(outcome.sha256).toBe(hash('sha256', text))
})

test('what is not numbered yet is told apart, and nothing is said to be proved of it', async () => {
  await numbered(server)
  await server.audit.writeDownAs(server.db, { verb: 'client.updated', label: 'late', object: 'client' })
  const { text, outcome } = await exported('json', { actor: 'late' })
  expect(outcome).toMatchObject({ rows: 1, notNumbered: 1 })
  expect(verifyExport(text, [vkeyIn(text)])).toMatchObject({ holds: true, entries: 0, notNumbered: 1 })
  await numbered(server)
  expect((await exported('json', { actor: 'late' })).outcome).toMatchObject({ rows: 1, notNumbered: 0 })
})

test('an export is an entry that tells the filter, how much it was, and the hash of the file', async () => {
  const { jobId, outcome } = await exported('csv', { objectType: 'client' })
  const [asked, made] = await entriesOf(server, { object: jobId })
  expect(asked).toMatchObject({ verb: 'audit.export_requested', after: { format: 'csv' } })
  expect(made).toMatchObject({
    verb: 'audit.exported',
    actorId: asked?.actorId,
    ip: '127.0.0.1',
    after: {
      filter: { objectType: 'client' },
      rows: outcome.rows,
      sha256: outcome.sha256,
      fileId: outcome.fileId,
    },
  })
})

const changes: [string, (text: string) => string, RegExp][] = [
  [
    'a word of an entry',
    (text) => text.replace(String.raw`\"client.created`, String.raw`\"client.deleted`),
    /does not stand there/,
  ],
  [
    'an index',
    (text) => text.replace(/"index":(\d+)/, (_, at) => `"index":${Number(at) + 1}`),
    /does not stand there|twice/,
  ],
  ['a value of a payload', (text) => text.replace('Metz', 'Lyon'), /is not what the entry committed to/],
  [
    'the salt of a payload',
    (text) => text.replace(/"salt":"./, (salt) => `${salt.slice(0, -1)}${salt.endsWith('A') ? 'B' : 'A'}`),
    /is not what the entry committed to/,
  ],
  [
    'a hash of a proof',
    (text) =>
      text.replace(/"proof":\["./, (proof) => `${proof.slice(0, -1)}${proof.endsWith('A') ? 'B' : 'A'}`),
    /does not stand there/,
  ],
  ['the root', (text) => text.replace(/(\\n\d+\\n)./, '$1_'), /Base64|signature/],
  ['an entry twice', (text) => text.replace(/\n(\{.*\})/, '\n$1,\n$1'), /twice/],
  ['the end of the file', (text) => text.slice(0, -20), /no whole JSON/],
  ['the form', (text) => text.replace('"notNumbered"', '"others"'), /no export of an audit log/],
]

test.each(changes)('a document of which somebody changed %s does not hold', async (_, change, why) => {
  await numbered(server)
  const { text } = await exported('json', { verb: 'client.created,client.updated', objectType: 'client' })
  const vkey = vkeyIn(text)
  expect(verifyExport(text, [vkey]).holds).toBe(true)
  const changed = change(text)
  expect(changed).not.toBe(text)
  const check = verifyExport(changed, [vkey])
  expect(check).toMatchObject({ holds: false })
  expect(check.holds ? '' : check.why).toMatch(why)
})

test('another log’s key does not make it hold, whatever key the document names', async () => {
  await numbered(server)
  const { text } = await exported('json', ofClients)
  expect(verifyExport(text, [generateKey('localhost:3000/audit/log').signer.vkey])).toMatchObject({
    holds: false,
  })
})

test('who may not export takes nothing out', async () => {
  const sales = await server.as('sales')
  const body = { format: 'csv' as const, filter: {} }
  expect(await sales.refused(startAuditExport, { body })).toMatchObject({
    status: 403,
    code: 'forbidden',
  })
})

test.each([
  ['an address that is none', { ip: '999.1.1.1' }, 'filter.ip'],
  ['a period that ends before it begins', { from: '2026-02-02', to: '2026-02-01' }, 'filter.to'],
  ['a filter there is not', { colour: 'blue' }, 'filter.colour'],
])('%s is refused at once, not by the job', async (_, filter, path) => {
  const reply = await compliance.send('POST', '/api/v1/audit/exports', { body: { format: 'csv', filter } })
  expect(reply.status).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ in: 'body', path }] } })
})
