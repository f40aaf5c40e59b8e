import { Writable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import {
  createClient,
  listClients,
  startClientExport,
  trashClient,
  type ClientExportOutcome,
  type ClientSort,
} from '#contract/clients'
import { getSession } from '#contract/identity'
import { getJob } from '#platform/contract/jobs.ts'
import { sql } from '#platform/server/db.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { workbook, type Cell } from '#platform/server/xlsx.ts'

const server = await testServer()
const sales = await server.as('sales')

const hostile = ['=HYPERLINK("http://x")', '+33', '-1+1', '@SUM(A1)', '\tTab', 'Blin; "O"', 'a\r\nb']
beforeAll(async () => {
  for (const [at, text] of hostile.entries())
    await sql`insert into clients (kind, status, last_name, first_name, email, city, department, address, phone, next_payment_on, last_sign_in_at)
      values ('practitioner', ${at % 2 ? 'prospect' : 'active'}, ${text}, 'Zoé', ${`hostile${at}@example.com`}, 'Metz', '01', ${text},
        '+33639980102', '2026-12-14', '2026-02-27 08:33:00Z')`.execute(server.db)
  await sales.call(createClient, {
    body: { kind: 'secretary', status: 'freemium', lastName: 'Évrard', email: 'evrard@example.com' },
  })
})

type Order = Parameters<typeof sales.call<typeof startClientExport>>[1]['body']

async function exported(body: Order): Promise<{ text: string; bytes: Buffer; outcome: ClientExportOutcome }> {
  const { jobId } = await sales.call(startClientExport, { body })
  for (;;) {
    const job = await sales.call(getJob, { params: { id: jobId } })
    if (job.state === 'failed') throw new Error(`the export failed: ${job.errorCode}`)
    if (job.state === 'done') {
      const outcome = job.result as ClientExportOutcome
      expect([job.done, job.total]).toEqual([outcome.rows, outcome.rows])
      const bytes = await fileOf(outcome.fileId)
      return { text: bytes.toString('utf8'), bytes, outcome }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** As the disk has it: a test client that reads texts would spoil a zip. */
async function fileOf(id: string): Promise<Buffer> {
  const { storageKey } = await server.db
    .selectFrom('storedFiles')
    .where('id', '=', id)
    .select('storageKey')
    .executeTakeFirstOrThrow()
  const { readFile } = await import('node:fs/promises')
  return readFile(`${server.dataDir}/files/${storageKey}`)
}

const rowsOf = (text: string) =>
  parse(text, { delimiter: ';', bom: true, columns: true, record_delimiter: '\r\n' }) as Record<
    string,
    string
  >[]

test.each([
  [{}, 'name'],
  [{}, '-nextPayment'],
  [{}, 'lastSignIn'],
  [{ status: 'prospect' }, '-name'],
  [{ q: 'metz' }, 'relevance'],
  [{ status: ['active', 'freemium'], trash: 'any' }, '-created'],
] as [Order['filter'], ClientSort][])(
  'the file of %o by %s is the list, client for client',
  async (filter, sort) => {
    const { text, outcome } = await exported({ format: 'csv', filter, sort })
    const list = await sales.call(listClients, { query: { ...filter, sort } })
    expect(rowsOf(text).map((row) => row['E-mail'])).toEqual(list.rows.map((row) => row.email))
    expect(outcome.rows).toBe(list.total)
  },
)

test('the CSV opens in a French spreadsheet: byte order mark, semicolons, CRLF, French dates and words', async () => {
  const { text } = await exported({ format: 'csv', filter: { q: 'evrard' } })
  expect(text).toMatch(/^\uFEFFNom;Prénom;E-mail;/)
  expect(text.split('\r\n')).toHaveLength(3)
  expect(text).toContain('Évrard;;evrard@example.com;')
  const [first] = rowsOf((await exported({ format: 'csv', filter: { q: 'hostile5' } })).text)
  expect(first).toMatchObject({
    Téléphone: '06 39 98 01 02',
    Statut: 'Prospect',
    Type: 'Praticien',
    Département: '01',
    'Prochain paiement': '14/12/2026',
    'Dernière connexion': '27/02/2026 09:33',
    Abonnement: '',
  })
})

test('nothing in the CSV is a formula, and everything else is as it was', async () => {
  const { text } = await exported({ format: 'csv', filter: { q: 'hostile' }, sort: 'created' })
  const lastNames = rowsOf(text).map((row) => row['Nom'])
  expect(lastNames).toEqual(hostile.map((name, at) => (at < 5 ? `'${name}` : name)))
  for (const cell of parse(text, { delimiter: ';', bom: true }).flat() as string[])
    expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/)
})

test('in the workbook every text is typed as text, dates are dates, and the numbers keep their zeros', async () => {
  const { bytes } = await exported({ format: 'xlsx', filter: { q: 'hostile' }, sort: 'created' })
  const parts = unzipSync(bytes)
  expect(Object.keys(parts)).toContain('xl/workbook.xml')
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
  expect(sheet).not.toContain('<f>')
  expect(sheet).toContain('t="inlineStr"><is><t>=HYPERLINK(&quot;http://x&quot;)</t>')
  expect(sheet).toContain('<t>01</t>')
  // 14/12/2026 is the 46 370th day of Excel's calendar; 27/02/2026 09:33 in Paris the 46 080th and 0.397916…
  expect(sheet).toContain('<v>46370</v>')
  expect(sheet).toMatch(/<v>46080\.39791/)
  expect(sheet.match(/<row /g)).toHaveLength(hostile.length + 1)
})

test('the reader’s language words the headings', async () => {
  const { text } = await sales.send('POST', '/api/v1/clients/exports', {
    body: { format: 'csv', filter: { q: 'evrard' } },
    headers: { 'accept-language': 'en' },
  })
  const { jobId } = JSON.parse(text) as { jobId: string }
  await expect
    .poll(async () => (await sales.call(getJob, { params: { id: jobId } })).state, { timeout: 10_000 })
    .toBe('done')
  const { result } = await sales.call(getJob, { params: { id: jobId } })
  expect((await fileOf((result as ClientExportOutcome).fileId)).toString()).toMatch(
    /^\uFEFFLast name;First name/,
  )
})

test('the log tells who took which list and how long it was', async () => {
  const { outcome } = await exported({ format: 'csv', filter: { status: 'freemium' } })
  const { staffId } = await sales.call(getSession)
  const lines = await entriesOf(server, { verb: 'clients.exported' })
  expect(lines.filter(({ after }) => (after as { fileId: string }).fileId === outcome.fileId)).toMatchObject([
    {
      actorType: 'staff',
      actorId: staffId,
      after: {
        format: 'csv',
        filter: { status: ['freemium'] },
        sort: 'name',
        rows: 1,
        fileId: outcome.fileId,
      },
    },
  ])
})

test('the file is its maker’s alone, and no longer theirs without the right', async () => {
  const { outcome } = await exported({ format: 'csv', filter: {} })
  expect((await sales.send('GET', `/api/v1/files/${outcome.fileId}`)).status).toBe(200)
  const billing = await server.as('billing')
  expect((await billing.send('GET', `/api/v1/files/${outcome.fileId}`)).status).toBe(404)
})

test('whoever may not export starts nothing', async () => {
  const support = await server.as('support')
  expect((await support.refused(startClientExport, { body: { format: 'csv' } })).status).toBe(403)
})

test.each([
  [{ format: 'pdf' }, 'format'],
  [{ format: 'csv', filter: { status: 'x' } }, 'filter.status'],
  [{ format: 'csv', filter: { more: 1 } }, 'filter.more'],
  [{ format: 'csv', sort: 'age' }, 'sort'],
])('the order %o is refused', async (body, path) => {
  const reply = await sales.send('POST', '/api/v1/clients/exports', { body })
  expect(reply.status).toBe(400)
  expect(JSON.parse(reply.text)).toMatchObject({ error: { fields: [{ path }] } })
})

test('a client in the trash is exported only from the trash', async () => {
  const { id } = await sales.call(createClient, {
    body: { kind: 'practitioner', status: 'active', lastName: 'Jeté', email: 'jete@example.com' },
  })
  await (await server.as('compliance')).call(trashClient, { params: { id } })
  expect((await exported({ format: 'csv', filter: { q: 'jete' } })).outcome.rows).toBe(0)
  expect((await exported({ format: 'csv', filter: { q: 'jete', trash: 'in' } })).outcome.rows).toBe(1)
})

test('a workbook is written as its rows come: what was handed over is let go', async () => {
  const batch = (): Cell[][] =>
    Array.from({ length: 1_000 }, (_, at) => [{ text: `x${at}`.repeat(20) }, { day: '2026-02-27' }, null])
  async function* batches() {
    for (let at = 0; at < 30; at++) yield batch()
  }
  let bytes = 0
  let pieces = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      pieces++
      done()
    },
  })
  const columns = ['A', 'B', 'C'].map((heading) => ({ heading, width: 10 }))
  for await (const piece of workbook('Feuille <1>', columns, batches())) sink.write(piece)
  expect(pieces).toBeGreaterThan(30)
  expect(bytes).toBeGreaterThan(100_000)
})
