import { createHash } from 'node:crypto'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  closeMonth,
  draftCreditNote,
  finaliseInvoice,
  getInvoicePdf,
  listAccountingMonths,
  recordPaymentByHand,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { centralDb, openPool, sql } from '#platform/server/db.ts'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { billableClient, draftFor, issuedFor, openBilling } from '../../../../tests/harness/billing.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { sealJournal } from '../journal/sealing.ts'
import { openPdfs } from '../pdf/opening.ts'
import { billingVerification } from './index.ts'
import { verifyBilling, type Break } from './verifying.ts'

const server = await testServer()
const files = openPdfs({ dataDir: server.dataDir, vault: server.vault })
atTheEnd(() => files.close())
const on = { kept: files.kept, vault: server.vault }
const verified = (now = new Date()) => verifyBilling(server.db, { ...on, now })
const today = dayOf(new Date())

let billing: Browserless
let mireille: string
let first: { id: string; number: string }
let note: { id: string }
let payment: string
let told: Stories

beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  mireille = await billableClient(server.db)
  told = await tellStories(server.pool)
  await told.invoice(mireille, { on: '2012-03-05' })
  first = await issuedFor(billing, mireille)
  await issuedFor(billing, mireille)
  const { id, revision } = await billing.call(draftCreditNote, { params: { id: first.id }, body: {} })
  note = await billing.call(finaliseInvoice, { params: { id }, body: { revision } })
  const third = await issuedFor(billing, mireille)
  payment = (
    await billing.call(recordPaymentByHand, {
      body: {
        clientId: mireille,
        amountCents: 5_000,
        receivedOn: today,
        method: 'transfer',
        reference: 'VIR 1',
        allocations: [{ invoiceId: third.id, amountCents: 2_900 }],
      },
    })
  ).id
  const months = await billing.call(listAccountingMonths)
  const month = months.rows.findLast(({ mayClose }) => mayClose)?.month ?? ''
  await billing.call(closeMonth, { params: { month } })
  await sealJournal(server.db, server.audit)
  // Made soon after by itself, else when it is asked for.
  for (const one of [first, third]) await billing.ask(getInvoicePdf, { params: { id: one.id }, query: {} })
})

/** What is found while a superuser's changes stand, triggers at rest; then they are taken back. */
async function afterMeddling(statements: readonly string[], now = new Date(), rest = true): Promise<Break[]> {
  const db = centralDb(openPool(server.database.adminUrl, { max: 1 }))
  try {
    const transaction = await db.startTransaction().execute()
    if (rest) await sql`set local session_replication_role = 'replica'`.execute(transaction)
    for (const statement of statements) await sql.raw(statement).execute(transaction)
    const { breaks } = await verifyBilling(transaction, { ...on, now })
    await transaction.rollback().execute()
    return breaks
  } finally {
    await db.destroy()
  }
}

test('what nobody touched agrees with itself, with the log and with the journal', async () => {
  const { breaks, documents, logged, takenOver, closings, journal } = await verified()
  expect(breaks).toEqual([])
  expect({ documents, logged, takenOver, closings }).toEqual({
    documents: 4,
    logged: 4,
    takenOver: 1,
    closings: 1,
  })
  expect(journal.entries).toBeGreaterThan(8)
})

type Found = Partial<Break>
const meddling: [story: string, found: Found, statement: () => string][] = [
  [
    'a payment is made larger',
    { table: 'payments', where: 'amount_cents', expected: '5000', found: '6000' },
    () => `UPDATE payments SET amount_cents = 6000 WHERE id = '${payment}'`,
  ],
  [
    'a payment arrives earlier',
    { table: 'payments', where: 'received_on', expected: today, found: '2026-01-01' },
    () => `UPDATE payments SET received_on = '2026-01-01' WHERE id = '${payment}'`,
  ],
  [
    'a payment the log names is another',
    { what: 'log', table: 'payments', where: 'amountCents', expected: '5000', found: '6000' },
    () => `UPDATE payments SET amount_cents = 6000 WHERE id = '${payment}'`,
  ],
  [
    'a payment is gone',
    { table: 'payments', what: 'journal', where: 'row', found: 'none' },
    () => `DELETE FROM payments WHERE id = '${payment}'`,
  ],
  [
    'a payment comes out of nowhere',
    { table: 'payments', what: 'journal', where: 'row', expected: 'none' },
    () =>
      `INSERT INTO payments (client_id, received_on, amount_cents, method) VALUES ('${mireille}', '${today}', 100, 'card')`,
  ],
  [
    'an allocation is less',
    { table: 'payment_allocations', where: 'amount_cents', expected: '2900', found: '1' },
    () => `UPDATE payment_allocations SET amount_cents = 1 WHERE payment_id = '${payment}'`,
  ],
  [
    'an allocation is gone',
    { table: 'payment_allocations', where: 'row', found: 'none' },
    () => `DELETE FROM payment_allocations WHERE payment_id = '${payment}'`,
  ],
  [
    'a credit note pays less',
    { table: 'credit_allocations', where: 'amount_cents', found: '1' },
    () => `UPDATE credit_allocations SET amount_cents = 1`,
  ],
  [
    'an invoice owes nothing any more',
    { what: 'row', table: 'invoices', where: 'paid_cents', expected: '0', found: '2900' },
    () =>
      `UPDATE invoices SET paid_cents = total_incl_cents WHERE paid_cents = 0 AND kind = 'invoice' AND origin <> 'import' AND state = 'issued'`,
  ],
  [
    'what paid an invoice is owed again',
    { what: 'row', table: 'invoices', where: 'paid_cents', expected: '2900', found: '0' },
    () =>
      `UPDATE invoices SET paid_cents = 0 WHERE id = (SELECT invoice_id FROM payment_allocations WHERE payment_id = '${payment}')`,
  ],
  [
    'a credit note gives again what it gave',
    { what: 'row', table: 'invoices', where: 'paid_cents', expected: '-2900', found: '0' },
    () => `UPDATE invoices SET paid_cents = 0 WHERE kind = 'credit_note'`,
  ],
  [
    'what was taken over owes less than its payments say',
    {
      what: 'row',
      table: 'invoices',
      number: 'F-2012-00001',
      where: 'paid_cents',
      expected: '0',
      found: '1',
    },
    () => `UPDATE invoices SET paid_cents = 1 WHERE origin = 'import'`,
  ],
  [
    'an event was earlier',
    { table: 'invoice_events', where: 'at' },
    () => `UPDATE invoice_events SET at = at - interval '1 year' WHERE invoice_id = '${first.id}'`,
  ],
  [
    'where money goes was rewritten',
    { table: 'billing_settings', where: 'content' },
    () =>
      `UPDATE billing_settings SET content = content || '{"iban": "FR7630006000011234567890189"}' WHERE kind = 'bank'`,
  ],
  [
    'a document was issued earlier, event and all',
    { what: 'log', where: 'finalised_at' },
    () =>
      `WITH d AS (UPDATE invoice_documents SET finalised_at = finalised_at - interval '1 month' WHERE invoice_id = '${first.id}')
       UPDATE invoice_events SET at = at - interval '1 month' WHERE kind = 'finalised' AND invoice_id = '${first.id}'`,
  ],
  [
    'a document is of a past that was told in bulk',
    { what: 'log', where: 'wanted', found: 'on_demand' },
    () => `UPDATE invoice_documents SET wanted = 'on_demand' WHERE invoice_id = '${first.id}'`,
  ],
  [
    'somebody else issued it',
    { what: 'event', where: 'by' },
    () =>
      `UPDATE invoice_documents SET finalised_by = (SELECT id FROM staff_members WHERE id <> finalised_by LIMIT 1) WHERE invoice_id = '${first.id}'`,
  ],
  [
    'a credit note cites another invoice',
    { what: 'row', where: 'original' },
    () =>
      `UPDATE invoices SET original_id = (SELECT id FROM invoices WHERE kind = 'invoice' AND id <> '${first.id}' AND state = 'issued' LIMIT 1) WHERE id = '${note.id}'`,
  ],
  [
    'an invoice is a credit note',
    { what: 'row', where: 'kind', expected: 'invoice', found: 'credit_note' },
    () => `UPDATE invoices SET kind = 'credit_note', type_code = 381 WHERE id = '${first.id}'`,
  ],
  [
    'the hash of a file is another',
    { what: 'pdf', where: 'sha256' },
    () => `UPDATE invoice_pdfs SET sha256 = sha256('other') WHERE invoice_id = '${first.id}'`,
  ],
  [
    'nothing is said of a file any more',
    { what: 'pdf', where: 'sha256', found: 'none' },
    () => `DELETE FROM invoice_pdfs WHERE invoice_id = '${first.id}'`,
  ],
  [
    'a draft holds a number back',
    { what: 'unfrozen' },
    () => `UPDATE invoice_documents SET invoice_id = uuidv7() WHERE invoice_id = '${first.id}'`,
  ],
  [
    'a closed month took in more',
    { what: 'closing', where: 'sha256' },
    () => `UPDATE accounting_closings SET totals = jsonb_set(totals, '{totals,exclCents}', '1')`,
  ],
  [
    'a closed month is another, hash and all',
    { what: 'log', table: 'audit_log', where: 'sha256' },
    () => `UPDATE accounting_closings SET sha256 = sha256('other')`,
  ],
  [
    'a document was slipped into a closed month',
    { what: 'closing', where: 'totals.exclCents' },
    () =>
      `INSERT INTO invoices (client_id, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
       VALUES ('${mireille}', 'issued', 'import', 'F-2012-00099', '2012-03-06', '2012-03-06', 100, 20)`,
  ],
  [
    'what was taken over is more than it was',
    { what: 'taken_over', table: 'invoices', row: '2013-03' },
    () =>
      `INSERT INTO invoices (client_id, state, origin, number, issued_on, due_on, total_excl_cents, total_vat_cents)
       VALUES ('${mireille}', 'issued', 'import', 'F-2013-00099', '2013-03-06', '2013-03-06', 100, 20)`,
  ],
  [
    'what was taken over is another',
    { what: 'taken_over', table: 'invoices', row: '2012-03' },
    () =>
      `UPDATE invoice_lines SET description = 'Autre' WHERE invoice_id = (SELECT id FROM invoices WHERE origin = 'import')`,
  ],
  [
    'a payment and what the journal says of it are another',
    { what: 'journal', where: 'sha256' },
    () =>
      `WITH p AS (UPDATE payments SET amount_cents = 6000 WHERE id = '${payment}')
       UPDATE billing_journal SET said = replace(said, '"amount_cents": 5000', '"amount_cents": 6000') WHERE source = 'payments'`,
  ],
  ['the journal ends sooner', { what: 'journal', where: 'position' }, () => `DELETE FROM billing_journal`],
]

test.each(meddling)('a superuser who lets triggers rest is found out: %s', async (_, found, statement) => {
  expect(await afterMeddling([statement()])).toContainEqual(expect.objectContaining(found))
})

test('money that moves without a line of the log is found, though every trigger saw it', async () => {
  const inserted = `INSERT INTO payments (client_id, received_on, amount_cents, method) VALUES ('${mireille}', '${today}', 100, 'card')`
  expect(await afterMeddling([inserted], new Date(), false)).toContainEqual(
    expect.objectContaining({ what: 'log', table: 'payments', where: 'transaction' }),
  )
})

test('what claims another hour than the database’s clock is found, though every trigger saw it', async () => {
  const claimed = `INSERT INTO invoice_events (invoice_id, kind, at) VALUES ('${first.id}', 'sent', now() - interval '2 days')`
  expect(await afterMeddling([claimed], new Date(), false)).toContainEqual(
    expect.objectContaining({ what: 'journal', table: 'invoice_events', where: 'at', number: first.number }),
  )
})

test('a file that was kept and told of as the document’s, and is another, is found by making it again', async () => {
  const bytes = await files.kept(first.id)
  if (!bytes) throw new Error('its file is not kept')
  const forged = Buffer.concat([bytes, Buffer.from('%')])
  const hash = createHash('sha256').update(forged).digest('hex')
  const db = centralDb(openPool(server.database.adminUrl, { max: 1 }))
  atTheEnd(() => db.destroy())
  const transaction = await db.startTransaction().execute()
  await sql`set local session_replication_role = 'replica'`.execute(transaction)
  await sql`update invoice_pdfs set sha256 = decode(${hash}, 'hex'), bytes = ${forged.length} where invoice_id = ${first.id}`.execute(
    transaction,
  )
  await sql`update invoice_events set data = ${JSON.stringify({ pdfSha256: hash })}::jsonb where invoice_id = ${first.id} and kind = 'rendered'`.execute(
    transaction,
  )
  await files.keep(first.id, forged)
  const found = (
    await billingVerification(transaction, { dataDir: server.dataDir, vault: server.vault, remake: true })
  ).breaks
  await files.keep(first.id, bytes)
  await transaction.rollback().execute()
  expect(found).toContainEqual(expect.objectContaining({ what: 'pdf', where: 'made again', row: first.id }))
  expect(
    (await billingVerification(server.db, { dataDir: server.dataDir, vault: server.vault, remake: true }))
      .breaks,
  ).toEqual([])
})

test('a document without its file is told after some minutes, and not before', async () => {
  const gone = [
    `DELETE FROM invoice_pdfs WHERE invoice_id = '${first.id}'`,
    `DELETE FROM invoice_events WHERE kind = 'rendered' AND invoice_id = '${first.id}'`,
  ]
  const missing = expect.objectContaining({ what: 'pdf', where: 'file', row: first.id })
  expect(await afterMeddling(gone)).not.toContainEqual(missing)
  expect(await afterMeddling(gone, new Date(Date.now() + 3_600_000))).toContainEqual(missing)
})

describe('the database refuses', () => {
  const connected = async (url: string, role?: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    atTheEnd(() => client.end())
    if (role) await client.query(`SET ROLE ${role}`)
    return client
  }
  const row = (
    origin: string,
  ) => `INSERT INTO invoices (client_id, company_id, state, origin, number, issued_on, due_on)
    VALUES ($1, (SELECT id FROM billing_companies LIMIT 1), 'issued', '${origin}', 'FA-2026-000900', '2026-01-01', '2026-01-01')`

  test.each(['hand', 'renewal', 'import'])(
    'a row of the server that is issued already (%s)',
    async (origin) => {
      const app = await connected(server.database.appUrl)
      await expect(app.query(row(origin), [mireille])).rejects.toMatchObject({
        code: expect.stringMatching(/^23000|42501$/) as string,
      })
    },
  )

  test('the same of the owner, but for what is taken over', async () => {
    const owner = await connected(server.database.adminUrl, 'mgp_owner')
    await expect(owner.query(row('hand'), [mireille])).rejects.toMatchObject({ code: '23000' })
    await owner.query('BEGIN')
    await owner.query(row('import'), [mireille])
    await owner.query('ROLLBACK')
  })

  test('to number a draft that is not frozen with it, and to hold a number back', async () => {
    const app = await connected(server.database.appUrl)
    const { id } = await draftFor(billing, mireille)
    const numbered = `UPDATE invoices SET state = 'issued', number = 'FA-2026-000900', issued_on = '2026-01-01', due_on = '2026-01-01' WHERE id = $1`
    await expect(app.query(numbered, [id])).rejects.toMatchObject({ code: '23000' })
    const held = `UPDATE invoices SET number = 'FA-2026-000900' WHERE id = $1`
    await expect(app.query(held, [id])).rejects.toMatchObject({ code: '23514' })
  })

  const documentOf = (over: Record<string, string>) => {
    const says = {
      position: 'last.position + 1',
      number: `regexp_replace(last.number, '\\d+$', lpad((substring(last.number from '\\d+$')::int + 1)::text, 6, '0'))`,
      issued_on: 'last.issued_on',
      content: `'{}'`,
      content_sha256: `sha256('{}')`,
      previous_sha256: 'last.sha256',
      sha256: `sha256(last.sha256 || sha256('{}') || sha256(''))`,
      ...over,
    }
    return `WITH last AS (SELECT * FROM invoice_documents WHERE series = 'invoice' ORDER BY position DESC LIMIT 1)
      INSERT INTO invoice_documents (invoice_id, company_id, series, xml, xml_sha256, layout, finalised_at, ${Object.keys(says).join(', ')})
      SELECT $1, company_id, series, '', sha256(''), layout, now(), ${Object.values(says).join(', ')} FROM last`
  }
  test.each<Record<string, string>>([
    { position: 'last.position + 2' },
    { number: `'FA-2026-000900'` },
    { number: `'FA-2020-000001'` },
    { issued_on: 'last.issued_on - 1' },
    { previous_sha256: `sha256('other')` },
    { content_sha256: `sha256('other')` },
    { sha256: `sha256('other')` },
    { wanted: `'on_demand'` },
    // In its place, and of a row that is not issued.
    {},
  ])('a document that does not follow: %j', async (over) => {
    const app = await connected(server.database.appUrl)
    const { id } = await draftFor(billing, mireille)
    await expect(app.query(documentOf(over), [id])).rejects.toMatchObject({ code: '23000' })
  })

  test.each([
    `INSERT INTO billing_journal (source, gone, said) VALUES ('payments', false, '{}')`,
    `UPDATE billing_journal SET position = NULL, sha256 = NULL`,
    'DELETE FROM billing_journal',
  ])('to touch the journal: %s', async (statement) => {
    for (const [url, role] of [
      [server.database.appUrl, undefined],
      [server.database.adminUrl, 'mgp_owner'],
    ] as const) {
      const client = await connected(url, role)
      // What the owner adds, the next link of the log does not know of: its transaction told nothing.
      if (role && statement.startsWith('INSERT')) continue
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
    }
  })
})

/** Every link from a document on, events and the series' end with them, as somebody would who knows how it is made. */
const rewritten = (number: string) => `
  DO $$
  DECLARE one record; before bytea; link bytea;
  BEGIN
    FOR one IN SELECT * FROM invoice_documents WHERE series = 'invoice'
      AND position >= (SELECT position FROM invoice_documents WHERE number = '${number}') ORDER BY position LOOP
      IF one.number = '${number}' THEN
        one.content := replace(one.content, 'Mireille', 'Martine');
        one.content_sha256 := sha256(convert_to(one.content, 'UTF8'));
        before := one.previous_sha256;
      END IF;
      link := sha256(before || one.content_sha256 || one.xml_sha256);
      UPDATE invoice_documents SET content = one.content, content_sha256 = one.content_sha256, previous_sha256 = before, sha256 = link
        WHERE invoice_id = one.invoice_id;
      UPDATE invoice_events SET data = data || jsonb_build_object('sha256', encode(link, 'hex')) WHERE invoice_id = one.invoice_id AND kind = 'finalised';
      UPDATE billing_journal SET said = (said::jsonb || jsonb_build_object('data', said::jsonb -> 'data' || jsonb_build_object('sha256', encode(link, 'hex'))))::text
        WHERE source = 'invoice_events' AND said::jsonb ->> 'invoice_id' = one.invoice_id::text AND said::jsonb ->> 'kind' = 'finalised';
      before := link;
    END LOOP;
    UPDATE invoice_series SET last_sha256 = before WHERE kind = 'invoice';
    -- The journal too.
    before := decode(repeat('00', 32), 'hex');
    FOR one IN SELECT * FROM billing_journal WHERE position IS NOT NULL ORDER BY position LOOP
      before := sha256(before || sha256(convert_to(concat_ws(E'\\n', one.id, one.source, one.gone, one.xid,
        to_char(one.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), one.said), 'UTF8')));
      UPDATE billing_journal SET sha256 = before WHERE id = one.id;
    END LOOP;
  END $$`

test('a chain that was rewritten whole, journal and all, contradicts the log, though others were issued since', async () => {
  const admin = new pg.Client({ connectionString: server.database.adminUrl })
  await admin.connect()
  atTheEnd(() => admin.end())
  await admin.query(
    `BEGIN; SET LOCAL session_replication_role = 'replica'; ${rewritten(first.number)}; COMMIT`,
  )
  await issuedFor(billing, mireille)
  await issuedFor(billing, mireille)
  await sealJournal(server.db, server.audit)
  const { breaks } = await verified()
  const log = breaks.filter(({ what }) => what === 'log')
  // Of the two that came after it too: it changed the links of three.
  expect(log.filter(({ where }) => where === 'sha256')).toHaveLength(3)
  expect(log).toContainEqual(expect.objectContaining({ number: first.number, where: 'sha256' }))
  expect(log).toContainEqual(expect.objectContaining({ where: 'billing_journal.sha256' }))
  // Nothing else knows.
  expect(breaks.filter(({ what }) => what !== 'log')).toEqual([])
})
