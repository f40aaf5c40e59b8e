import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import {
  acceptQuote,
  createQuote,
  declineQuote,
  depositOfQuote,
  finaliseInvoice,
  getDraft,
  getInvoice,
  getQuote,
  getQuoteLetter,
  getQuotePdf,
  invoiceQuote,
  issueQuote,
  listQuotes,
  saveQuote,
  sendQuote,
  sumsOf,
} from '#contract/billing'
import { billableClient, openBilling, subscriptionLine } from '../../../../tests/harness/billing.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
let billing: Browserless
let client: string

beforeAll(async () => {
  billing = await server.as('billing')
  await openBilling(server.db)
  client = await billableClient(server.db, 'Odile Fabre')
})

const year = Temporal.Now.plainDateISO('Europe/Paris').year
const setup = { ...subscriptionLine, description: 'Mise en service', unitPriceCents: 100_000 }
const book = { ...subscriptionLine, description: 'Guide', unitPriceCents: 2_000, vatBasisPoints: 550 }

async function offered(lines = [setup, book], discount = { basisPoints: 0, cents: 0, label: '' }) {
  const { id, revision } = await billing.call(createQuote, { body: { clientId: client, lines, discount } })
  return billing.call(issueQuote, { params: { id }, body: { revision } })
}
async function accepted(...what: Parameters<typeof offered>) {
  const { id } = await offered(...what)
  return billing.call(acceptQuote, { params: { id } })
}

test('quotes are numbered one after the other, and one that bears a number stands as it is', async () => {
  const first = await offered()
  const second = await offered()
  const count = (number: string | null) => Number(number?.split('-')[2])
  expect(first.number).toMatch(new RegExp(`^DE-${year}-\\d{6}$`))
  expect(count(second.number)).toBe(count(first.number) + 1)
  expect(second).toMatchObject({ state: 'sent', exclCents: 102_000, vatCents: 20_110, inclCents: 122_110 })
  const again = { params: { id: second.id }, body: { revision: second.revision } }
  expect((await billing.refused(saveQuote, again)).code).toBe('quote_issued')
})

test('whoever saves second sees what stands', async () => {
  const { id, revision } = await billing.call(createQuote, { body: { clientId: client } })
  await billing.call(saveQuote, { params: { id }, body: { revision, note: 'la première' } })
  const late = await billing.refused(saveQuote, { params: { id }, body: { revision, note: 'la seconde' } })
  expect(late).toMatchObject({ code: 'quote_changed', details: { current: { note: 'la première' } } })
})

test('what is not decided upon by its last day is over, and can still be accepted', async () => {
  const { id } = await offered()
  const changed = `update quotes set valid_until = '2026-01-31' where id = '${id}'`
  await expect(server.pool.query(changed)).rejects.toMatchObject({ code: '42501' })
  // As if it had been made long ago.
  const admin = new pg.Client({ connectionString: server.database.adminUrl })
  await admin.connect()
  await admin.query(`begin; set local session_replication_role = 'replica'; ${changed}; commit`)
  await admin.end()
  expect((await billing.call(getQuote, { params: { id } })).state).toBe('expired')
  const ids = async (state: 'sent' | 'expired') =>
    (await billing.call(listQuotes, { query: { state } })).rows.map((row) => row.id)
  expect(await ids('expired')).toContain(id)
  expect(await ids('sent')).not.toContain(id)
  expect((await billing.call(acceptQuote, { params: { id } })).state).toBe('accepted')
  expect((await billing.refused(declineQuote, { params: { id } })).code).toBe('quote_not_open')
})

test('an accepted quote becomes an invoice with its lines, once', async () => {
  const { id } = await accepted()
  const { invoiceId } = await billing.call(invoiceQuote, { params: { id } })
  const draft = await billing.call(getDraft, { params: { id: invoiceId } })
  expect(draft.lines.map(({ description }) => description)).toEqual(['Mise en service', 'Guide'])
  expect(draft.origin).toBe('quote')
  expect(await billing.refused(invoiceQuote, { params: { id } })).toMatchObject({
    code: 'quote_invoiced',
    details: { invoiceId },
  })
})

test('a deposit is asked for rate by rate, and the final invoice takes it off to the cent, discount and all', async () => {
  const { id, inclCents, number } = await accepted([setup, book], {
    basisPoints: 1_000,
    cents: 0,
    label: 'Fidélité',
  })
  const { invoiceId } = await billing.call(depositOfQuote, { params: { id }, body: { basisPoints: 3_000 } })
  const deposit = await billing.call(getDraft, { params: { id: invoiceId } })
  expect(deposit.typeCode).toBe(386)
  // 30 % of 900,00 at 20 % and of 18,00 at 5,5 %.
  expect(deposit.lines.map(({ unitPriceCents, vatBasisPoints }) => [unitPriceCents, vatBasisPoints])).toEqual(
    [
      [27_000, 2_000],
      [540, 550],
    ],
  )
  expect(deposit.lines[0]?.description).toContain(number)
  const issued = await billing.call(finaliseInvoice, {
    params: { id: invoiceId },
    body: { revision: deposit.revision },
  })
  const final = await billing.call(invoiceQuote, { params: { id } })
  const draft = await billing.call(getDraft, { params: { id: final.invoiceId } })
  expect(draft.original?.number).toBe(issued.number)
  const rest = sumsOf(draft.lines, draft.discount)
  const asked = await billing.call(getInvoice, { params: { id: invoiceId } })
  expect(rest.inclCents + asked.inclCents).toBe(inclCents)
  expect(rest.exclCents).toBe(91_800 - 27_540)
})

test('a quote goes by mail with its paper, in words whoever sends it may change', async () => {
  const { id, number } = await offered()
  const letter = await billing.call(getQuoteLetter, { params: { id } })
  expect(letter.file).toBe(`${number}.pdf`)
  expect(letter.subject).toContain(number)
  expect(letter.body).toContain('Odile Fabre')
  const { mailId } = await billing.call(sendQuote, {
    params: { id },
    body: { to: 'Cabinet@Example.com', subject: letter.subject, body: 'Bonjour, le voici.' },
  })
  const { rows } = await server.pool.query('select to_email, subject from outgoing_mails where id = $1', [
    mailId,
  ])
  expect(rows).toEqual([{ to_email: 'cabinet@example.com', subject: letter.subject }])
  const wrong = await billing.refused(sendQuote, {
    params: { id },
    body: { to: 'nulle part', subject: 'x', body: 'y' },
  })
  expect(wrong.fields?.map(({ path }) => path)).toEqual(['to'])
})

test('its paper is a PDF, a draft’s too', async () => {
  const { id } = await billing.call(createQuote, { body: { clientId: client, lines: [setup] } })
  const answer = await billing.ask(getQuotePdf, { params: { id }, query: {} })
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(Buffer.from(answer.bytes).subarray(0, 5).toString()).toBe('%PDF-')
})
