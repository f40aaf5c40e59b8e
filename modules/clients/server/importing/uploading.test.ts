import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import {
  previewClientImport,
  startClientImport,
  type ImportMapping,
  type ImportOutcome,
  type ImportPreview,
} from '#contract/clients'
import { getJob } from '#platform/contract/jobs.ts'
import type { ErrorBody } from '#platform/contract/refusal.ts'
import { rootDir } from '#platform/server/config.ts'
import { sql } from '#platform/server/db.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const nadia = await server.as('sales')

const legacy = readFileSync(join(rootDir, 'tests/data/clients-legacy.csv'))
const expected: unknown = JSON.parse(
  readFileSync(join(rootDir, 'tests/data/clients-legacy.expected.json'), 'utf8'),
)

async function send(payload: Buffer | string, name = 'clients.csv', type = 'text/csv') {
  const query = new URLSearchParams({ name })
  return nadia.send('POST', `/api/v1/clients/imports?${query}`, {
    headers: { 'content-type': type },
    payload,
  })
}

async function uploaded(payload: Buffer | string, name?: string): Promise<ImportPreview> {
  const reply = await send(payload, name)
  expect(reply.status, reply.text).toBe(201)
  return JSON.parse(reply.text) as ImportPreview
}

async function refusedUpload(payload: Buffer | string) {
  const reply = await send(payload)
  return { status: reply.status, ...(JSON.parse(reply.text) as ErrorBody).error }
}

async function outcomeOf(id: string, mapping: ImportMapping, dryRun: boolean): Promise<ImportOutcome> {
  const { jobId } = await nadia.call(startClientImport, { params: { id }, body: { mapping, dryRun } })
  for (;;) {
    const job = await nadia.call(getJob, { params: { id: jobId } })
    if (job.state === 'done') return job.result as ImportOutcome
    if (job.state === 'failed') throw new Error(`the job failed: ${job.errorCode}`)
    await sleep(50)
  }
}

const download = async (id: string) => (await nadia.send('GET', `/api/v1/files/${id}`)).text

const clientCount = async () =>
  (await sql<{ count: number }>`select count(*)::int as count from clients`.execute(server.db)).rows[0]?.count

test('the old system’s file is understood by itself, and its first rows shown as they would be read', async () => {
  const preview = await uploaded(legacy, 'clients-legacy.csv')
  expect(preview).toMatchObject({
    name: 'clients-legacy.csv',
    bytes: 52_923,
    rows: 300,
    encoding: 'windows-1252',
    separator: ';',
    missing: [],
    mapping: { lastName: 'Nom', email: 'Email', lastSignInAt: 'Dernière connexion' },
  })
  expect(preview.sample).toHaveLength(20)
  expect(preview.sample[0]?.values).toMatchObject({ lastName: "N'Diaye", phone: '+33639984674' })
  expect(preview.sample[9]).toMatchObject({ row: 10, code: 'date_invalid' })
})

test('a choice of columns changes what is shown, and says which required field has none', async () => {
  const { id, missing } = await uploaded('Patronyme,Email,Statut\nMartin,martin@example.com,Client\n')
  expect(missing).toEqual(['lastName'])
  const chosen = await nadia.call(previewClientImport, {
    params: { id },
    query: { lastName: 'Patronyme', email: 'Email', status: '' },
  })
  expect(chosen).toMatchObject({
    missing: ['status'],
    mapping: { lastName: 'Patronyme', status: null },
    sample: [{ values: { lastName: 'Martin' }, code: 'status_unknown' }],
  })
})

test('dry run and import say what is expected, name the rejected rows, and a second import adds nothing', async () => {
  const { id, mapping } = await uploaded(legacy, 'clients-legacy.csv')
  const dry = await outcomeOf(id, mapping, true)
  expect(dry).toMatchObject({ dryRun: true, rows: 300, accepted: 251, rejected: 49, warned: 18 })
  expect(JSON.parse(await download(dry.reportFile))).toEqual(expected)
  expect(await clientCount()).toBe(0)

  const real = await outcomeOf(id, mapping, false)
  expect(real).toMatchObject({ dryRun: false, accepted: 251, rejectedByCode: { siret_invalid: 4 } })
  expect(JSON.parse(await download(real.reportFile))).toEqual(expected)
  expect(await clientCount()).toBe(251)

  const again = await outcomeOf(id, mapping, false)
  expect(again).toMatchObject({ accepted: 0, rejectedByCode: { email_already_exists: 251 } })
  expect(await clientCount()).toBe(251)

  expect(await entriesOf(server, { verb: 'client.imported' })).toHaveLength(2)
})

test('the rejected rows come back as they stood, with their reason, and harmless to a spreadsheet', async () => {
  const text =
    'Nom;Email;Statut\r\n=1+1;"a""b";Client\r\n"Le\nGoff";legoff@example.com;Client\r\n+33;-;@x\r\nMartin;m@example.com\r\n'
  const { id, mapping } = await uploaded(text)
  const { rejectedFile, rejected } = await outcomeOf(id, mapping, true)
  expect(rejected).toBe(3)
  expect((await download(rejectedFile ?? '')).split('\r\n')).toEqual([
    '\uFEFFNom;Email;Statut;Ligne;Code;Motif',
    `'=1+1;"a""b";Client;1;email_invalid;L’adresse e-mail manque ou n’est pas valable.`,
    `'+33;'-;'@x;3;email_invalid;L’adresse e-mail manque ou n’est pas valable.`,
    'Martin;m@example.com;;4;status_unknown;Le statut n’est pas connu\u00a0: Client, Prospect, Freemium ou Exclu est attendu.',
    '',
  ])
})

test('the page lists the first rejected rows by whose they are, and their files bear the name of the source', async () => {
  const rows = Array.from({ length: 250 }, (_, at) => `Martin${at};Ada;ada${at}@;Client\r\n`).join('')
  const { id, mapping } = await uploaded(`Nom;Prénom;Email;Statut\r\n${rows}`, 'ancien.fichier.csv')
  const { rejected, rejectedList, rejectedFile, reportFile } = await outcomeOf(id, mapping, true)
  const list = JSON.parse(await download(rejectedList ?? '')) as unknown[]
  expect(rejected).toBe(250)
  expect(list).toHaveLength(200)
  expect(list[0]).toEqual({ row: 1, name: 'Ada Martin0', email: 'ada0@', code: 'email_invalid' })
  const nameOf = async (file: string | null) =>
    (await nadia.send('GET', `/api/v1/files/${file}`)).headers['content-disposition']
  expect(await nameOf(rejectedFile)).toContain('ancien.fichier.rejets.csv')
  expect(await nameOf(reportFile)).toContain('ancien.fichier.rapport.json')
})

test('the file of rejected rows can be mended and sent again: it is understood like the first one', async () => {
  const { id, mapping } = await uploaded(legacy)
  const { rejectedFile, rejected } = await outcomeOf(id, mapping, true)
  const rejectedRows = await uploaded(await download(rejectedFile ?? ''))
  expect(rejectedRows).toMatchObject({ rows: rejected, encoding: 'utf-8', missing: [] })
})

const nom = 'Nom;Email;Statut'
test.each([
  ['', 422, 'import_file_empty', 'Le fichier est vide.'],
  ['Nom\0;Email', 415, 'import_file_binary', 'ligne 1'],
  [Buffer.from(`${nom}\n\u0081`, 'latin1'), 415, 'import_file_encoding', 'ligne 2'],
  ['Martin;martin@example.com\n', 422, 'import_file_header_missing', 'première ligne'],
  ['Nom;Email;nom\n', 422, 'import_file_heading_duplicate', '«\u00a0nom\u00a0»'],
  [`${nom}\n"Martin`, 422, 'import_file_quote_unclosed', 'ligne 2'],
  [`${nom}\n"Martin"x;;\n`, 422, 'import_file_quote_misplaced', 'ligne 2'],
  [`${nom}\n${'x'.repeat(40_000)};;\n`, 422, 'import_file_cell_too_long', 'ligne 2'],
  [`${nom}\nMartin;m@example.com;Client;Nancy\n`, 422, 'import_file_row_too_wide', 'ligne 2'],
  [`${nom}\nMartin;m@exam`, 422, 'import_file_truncated', 'ligne 2'],
])('a file that cannot be read is refused with its place: %#', async (payload, status, code, words) => {
  expect(await refusedUpload(payload)).toMatchObject({
    status,
    code,
    message: expect.stringContaining(words),
  })
})

test('another kind of file, or one without a name, is refused', async () => {
  expect((await send('{}', 'a.json', 'application/json')).status).toBe(415)
  const unnamed = await nadia.send('POST', '/api/v1/clients/imports', {
    headers: { 'content-type': 'text/csv' },
    payload: nom,
  })
  expect([unnamed.status, JSON.parse(unnamed.text)]).toEqual([
    400,
    { error: expect.objectContaining({ fields: [expect.objectContaining({ in: 'query', path: 'name' })] }) },
  ])
})

test('a choice of columns that cannot be followed is refused, and nothing starts', async () => {
  const { id } = await uploaded('Nom;Email;Courriel;Statut\nMartin;a@example.com;b@example.com;Client\n')
  const refusal = async (mapping: ImportMapping) => {
    const { status, code } = await nadia.refused(startClientImport, {
      params: { id },
      body: { mapping, dryRun: true },
    })
    return [status, code]
  }
  expect(await refusal({ lastName: null })).toEqual([422, 'import_column_ambiguous'])
  expect(await refusal({ email: 'Courriel', status: null })).toEqual([422, 'import_column_missing'])
  expect(await refusal({ email: 'Mail' })).toEqual([422, 'import_mapping_heading_unknown'])
  expect(await refusal({ email: 'Courriel', city: 'Courriel' })).toEqual([
    422,
    'import_mapping_heading_twice',
  ])
  for (const query of [{ email: 'Mail' }, { email: 'Courriel', city: 'Courriel' }])
    expect((await nadia.refused(previewClientImport, { params: { id }, query })).status).toBe(422)
})

test('a file belongs to who sent it: to a colleague it does not exist', async () => {
  const { id, mapping } = await uploaded(`${nom}\nMartin;martin@example.com;Client\n`)
  const colleague = await server.as('administrator')
  expect((await colleague.refused(previewClientImport, { params: { id }, query: {} })).status).toBe(404)
  const start = await colleague.refused(startClientImport, {
    params: { id },
    body: { mapping, dryRun: false },
  })
  expect(start.status).toBe(404)
})

test('a file left alone for a day is gone', async () => {
  const { id, mapping } = await uploaded(`${nom}\nMartin;martin@example.com;Client\n`)
  await sql`update stored_files set expires_at = now() - interval '1 second' where id = ${id}`.execute(
    server.db,
  )
  const gone = { status: 410, code: 'file_gone' }
  expect(await nadia.refused(previewClientImport, { params: { id }, query: {} })).toMatchObject(gone)
  expect(
    await nadia.refused(startClientImport, { params: { id }, body: { mapping, dryRun: false } }),
  ).toMatchObject(gone)
})
