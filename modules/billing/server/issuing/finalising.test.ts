import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  checkDraft,
  finaliseInvoice,
  getInvoicePdf,
  listInvoiceEvents,
  saveDraft,
  type InvoiceContent,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { centralDb, openPool, sql } from '#platform/server/db.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import {
  billableClient,
  draftFor,
  issuedFor,
  openBilling,
  privateClient,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { openPdfs } from '../pdf/opening.ts'
import { verifyBilling, type Break } from '../verifying/verifying.ts'

const server = await testServer()
let billing: Browserless
let mireille: string

beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  mireille = await billableClient(server.db)
})

/** Files as the server keeps them. */
const files = openPdfs({ dataDir: server.dataDir, vault: server.vault })
atTheEnd(() => files.close())

const contentOf = async (id: string): Promise<InvoiceContent> => {
  const { content } = await server.db
    .selectFrom('invoiceDocuments')
    .where('invoiceId', '=', id)
    .select('content')
    .executeTakeFirstOrThrow()
  return JSON.parse(content) as InvoiceContent
}
const verified = () => verifyBilling(server.db, files)

describe('finalising', () => {
  test('the reference invoice: 24,17 / 4,83 / 29,00 in what is frozen', async () => {
    const { id, number } = await issuedFor(billing, mireille)
    const content = await contentOf(id)
    expect(content).toMatchObject({
      number,
      totals: { exclCents: 2_417, vatCents: 483, inclCents: 2_900 },
      seller: { siren: '123456782' },
      buyer: { audience: 'business', name: 'Mireille Thouvenin', siren: '732829320' },
      frame: 'S1',
    })
    expect(content.mentions.map(({ code }) => code)).toEqual(['BAR', 'PMT', 'PMD', 'AAB', 'AAI'])
  })

  test('a private person reads nothing of penalties and of the 40 €', async () => {
    const { id } = await issuedFor(billing, await privateClient(server.db, billing))
    const { mentions, buyer } = await contentOf(id)
    expect(mentions.map(({ code }) => code)).toEqual(['BAR', 'AAI'])
    expect(buyer).toMatchObject({ audience: 'private', electronicAddress: null })
  })

  test('says beforehand which number is to come, and gives that', async () => {
    const { id, revision } = await draftFor(billing, mireille)
    const check = await billing.call(checkDraft, { params: { id } })
    expect(check).toMatchObject({ issuedOn: dayOf(new Date()), sums: { inclCents: 2_900 } })
    const { number } = await billing.call(finaliseInvoice, { params: { id }, body: { revision } })
    expect(number).toBe(check.nextNumber)
  })

  test('what breaks a rule is refused with what was found, and takes no number', async () => {
    const { id, revision } = await draftFor(billing, mireille, { lines: [] })
    const before = await billing.call(checkDraft, { params: { id } })
    const refused = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
    expect(refused).toMatchObject({ code: 'invoice_not_lawful', status: 422 })
    expect(refused.details).toMatchObject({ findings: before.findings })
    expect((await billing.call(checkDraft, { params: { id } })).nextNumber).toBe(before.nextNumber)
  })

  test('another state than the one that was seen is not finalised', async () => {
    const { id, revision } = await draftFor(billing, mireille)
    const lines = [{ ...subscriptionLine, unitPriceCents: 9_999 }]
    await billing.call(saveDraft, { params: { id }, body: { revision, lines } })
    const refused = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
    expect(refused.code).toBe('invoice_changed')
  })

  test('an issued document is not finalised again', async () => {
    const { id, revision } = await draftFor(billing, mireille)
    await billing.call(finaliseInvoice, { params: { id }, body: { revision } })
    const again = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
    expect(again.code).toBe('invoice_issued')
  })

  test('its life begins, and the log bears its link of the chain', async () => {
    const { id, sha256 } = await issuedFor(billing, mireille)
    const { rows } = await billing.call(listInvoiceEvents, { params: { id } })
    expect(rows[0]).toMatchObject({ kind: 'finalised', data: { sha256 } })
    const [line] = await server.audit.historyOf(server.db, 'invoice', id, 1)
    expect(line).toMatchObject({ verb: 'invoice.issued', after: { sha256 } })
  })

  test('names with quotes and from right to left are frozen as they were typed', async () => {
    const name = `${'É'.repeat(150)} "O’Neil" <&> שלום`
    const client = await billableClient(server.db, `Zoé ${name}`)
    const { id } = await issuedFor(billing, client, {
      lines: [{ ...subscriptionLine, description: `${name}\nséance\tdeux` }],
    })
    expect((await contentOf(id)).buyer.name).toBe(`Zoé ${name}`)
  })

  test('what no font can write is never numbered', async () => {
    const { id, revision } = await draftFor(billing, await billableClient(server.db, 'Zoé 🧠'))
    const refused = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
    expect(refused).toMatchObject({ code: 'document_unprintable', details: { characters: ['🧠'] } })
  })

  test('numbers follow the days: a day before the last of the series is refused', async () => {
    await issuedFor(billing, mireille)
    const { id, revision } = await draftFor(billing, mireille, { wantedOn: '2026-01-31' })
    const refused = await billing.refused(finaliseInvoice, { params: { id }, body: { revision } })
    expect(refused).toMatchObject({
      code: 'invoice_day_too_early',
      details: { lastIssuedOn: dayOf(new Date()) },
    })
  })

  test('two hundred at once make numbers without a gap, each once, in the order of the days', async () => {
    const drafts = []
    for (let count = 0; count < 200; count++) drafts.push(await draftFor(billing, mireille))
    await Promise.all(
      drafts.map(({ id, revision }) => billing.call(finaliseInvoice, { params: { id }, body: { revision } })),
    )
    const { breaks, heads } = await verified()
    expect(breaks).toEqual([])
    const last = heads.find(({ series }) => series === 'invoice')
    expect(last?.number).toMatch(new RegExp(`0*${last?.documents}$`))
  }, 60_000)
})

describe('an issued document', () => {
  let id: string
  beforeAll(async () => {
    id = (await issuedFor(billing, mireille)).id
  })
  const connected = async (url: string, role?: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    atTheEnd(() => client.end())
    if (role) await client.query(`SET ROLE ${role}`)
    return client
  }
  const attempts = [
    'UPDATE invoices SET due_on = due_on + 1 WHERE id = $1',
    'UPDATE invoices SET paid_cents = 0 + 1 WHERE id = $1',
    "UPDATE invoices SET state = 'draft' WHERE id = $1",
    'DELETE FROM invoices WHERE id = $1',
    'UPDATE invoice_lines SET unit_price_cents = 1 WHERE invoice_id = $1',
    'DELETE FROM invoice_lines WHERE invoice_id = $1',
    `INSERT INTO invoice_lines (invoice_id, position, description, quantity, unit_price_cents, vat_basis_points)
     VALUES ($1, 99, 'De plus', 1, 1, 2000)`,
    "UPDATE invoice_documents SET content = '{}' WHERE invoice_id = $1",
    'DELETE FROM invoice_documents WHERE invoice_id = $1',
    "UPDATE invoice_events SET kind = 'nothing' WHERE invoice_id = $1",
    'DELETE FROM invoice_events WHERE invoice_id = $1',
  ]

  test.each(attempts)('resists the server: %s', async (attempt) => {
    const app = await connected(server.database.appUrl)
    await expect(app.query(attempt, [id])).rejects.toMatchObject({ code: '42501' })
  })

  test.each(attempts)('resists the owner: %s', async (attempt) => {
    const owner = await connected(server.database.adminUrl, 'mgp_owner')
    await expect(owner.query(attempt, [id])).rejects.toMatchObject({ code: '42501' })
  })

  test('resists TRUNCATE', async () => {
    const owner = await connected(server.database.adminUrl, 'mgp_owner')
    await expect(owner.query('TRUNCATE invoices CASCADE')).rejects.toMatchObject({ code: '42501' })
  })

  const meddling: [what: string, where: string, statement: string][] = [
    ['row', 'dueOn', 'UPDATE invoices SET due_on = due_on + 1 WHERE id = $1'],
    ['row', 'totalExclCents', 'UPDATE invoices SET total_excl_cents = total_excl_cents + 1 WHERE id = $1'],
    ['line', '1.unitPriceCents', 'UPDATE invoice_lines SET unit_price_cents = 1 WHERE invoice_id = $1'],
    ['line', 'count', 'DELETE FROM invoice_lines WHERE invoice_id = $1'],
    [
      'content',
      'content_sha256',
      "UPDATE invoice_documents SET content = replace(content, '2417', '2418') WHERE invoice_id = $1",
    ],
    ['xml', 'xml_sha256', "UPDATE invoice_documents SET xml = xml || ' ' WHERE invoice_id = $1"],
    [
      'chain',
      'sha256',
      `UPDATE invoice_documents SET content = replace(content, '2417', '2418'),
         content_sha256 = sha256(convert_to(replace(content, '2417', '2418'), 'UTF8')) WHERE invoice_id = $1`,
    ],
    ['event', 'finalised', 'DELETE FROM invoice_events WHERE invoice_id = $1'],
    ['gap', 'position', 'DELETE FROM invoice_documents WHERE invoice_id = $1'],
    ['unfrozen', 'invoice_documents', 'DELETE FROM invoice_documents WHERE invoice_id = $1'],
    ['log', 'invoice_documents', 'DELETE FROM invoice_documents WHERE invoice_id = $1'],
    ['day', 'issued_on', 'UPDATE invoice_documents SET issued_on = issued_on + 400 WHERE invoice_id = $1'],
  ]

  test.each(meddling)(
    'a superuser who lets triggers rest is found out: %s %s',
    async (what, where, statement) => {
      // Somebody comes after it, so that it is not the end of the chain.
      await issuedFor(billing, mireille)
      const breaks = await afterMeddling(statement.replace('$1', `'${id}'`))
      expect(breaks).toContainEqual(expect.objectContaining({ what, where }))
      expect((await verified()).breaks).toEqual([])
    },
  )

  test('a kept file that was exchanged is found out', async () => {
    await billing.ask(getInvoicePdf, { params: { id } })
    const bytes = await files.kept(id)
    if (!bytes) throw new Error('its file is not kept')
    await files.keep(id, Buffer.concat([bytes, Buffer.from('%')]))
    const { breaks } = await verifyBilling(server.db, files)
    await files.keep(id, bytes)
    expect(breaks).toMatchObject([{ what: 'pdf', where: 'file', row: id }])
  })

  test('taking the last documents away is found out too', async () => {
    const last = await issuedFor(billing, mireille)
    const tables = ['invoice_lines', 'invoice_events', 'invoice_documents']
    const breaks = await afterMeddling(
      ...tables.map((table) => `DELETE FROM ${table} WHERE invoice_id = '${last.id}'`),
      `DELETE FROM invoices WHERE id = '${last.id}'`,
    )
    expect(breaks.map(({ what }) => what)).toEqual(expect.arrayContaining(['series', 'log']))
  })
})

/** What is found while a superuser's changes stand, triggers at rest; then they are taken back. */
async function afterMeddling(...statements: string[]): Promise<Break[]> {
  const db = centralDb(openPool(server.database.adminUrl, { max: 1 }))
  try {
    const transaction = await db.startTransaction().execute()
    await sql`set local session_replication_role = 'replica'`.execute(transaction)
    for (const statement of statements) await sql.raw(statement).execute(transaction)
    const { breaks } = await verifyBilling(transaction, files)
    await transaction.rollback().execute()
    return breaks
  } finally {
    await db.destroy()
  }
}
