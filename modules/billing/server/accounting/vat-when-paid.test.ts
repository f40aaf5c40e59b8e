/** CGI art. 269, 2-c: the VAT of services is due when they are paid, unless the invoice says « d'après les débits ». */
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  allocateCreditNote,
  allocatePayment,
  draftCreditNote,
  finaliseInvoice,
  getInvoice,
  recordPaymentByHand,
  refundClient,
  reversePayment,
  type Allocation,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import {
  billableClient,
  issuedFor,
  openBilling,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { checkFec } from './checking-fec.ts'
import { withCopy } from './copying.ts'
import { fecColumns, fecCopy } from './entries.ts'

const server = await testServer()
const today = dayOf(new Date())
const year = today.slice(0, 4)
let billing: Browserless
let companyId: string
let folder: string
let told: Stories

beforeAll(async () => {
  billing = await server.as('billing')
  companyId = await openBilling(server.db)
  told = await tellStories(server.pool)
  folder = await mkdtemp(join(tmpdir(), 'vat-when-paid-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Row = Record<string, string>
async function entries(of: string = year): Promise<Row[]> {
  const path = join(folder, `${crypto.randomUUID()}.txt`)
  const span = { companyId, from: `${of}-01-01`, until: `${of}-12-31` }
  await withCopy(server.pool, fecCopy(span), (text) => pipeline(text, createWriteStream(path)))
  expect((await checkFec(path)).faults).toEqual([])
  const lines = (await readFile(path, 'utf8')).split('\n').slice(1, -1)
  return lines.map((line) =>
    Object.fromEntries(line.split('\t').map((cell, index) => [fecColumns[index] ?? '', cell])),
  )
}
const cents = (amount = '') => Number(amount.replace(',', ''))

/** What waits and what is due of some documents, a rate each: credit less debit. */
async function vatOf(...numbers: (string | null)[]): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const { PieceRef, CompteNum = '', Debit, Credit } of await entries())
    if (CompteNum.startsWith('4457') && numbers.includes(PieceRef ?? ''))
      sums[CompteNum] = (sums[CompteNum] ?? 0) + cents(Credit) - cents(Debit)
  return sums
}

const twoRates = [
  { ...subscriptionLine, unitPriceCents: 10_000 },
  { ...subscriptionLine, description: 'Livre', unitPriceCents: 3_333, vatBasisPoints: 550 },
]
const pays = (clientId: string, amountCents: number, allocations: Allocation[]) =>
  billing.call(recordPaymentByHand, {
    body: { clientId, receivedOn: today, method: 'transfer', amountCents, allocations },
  })
async function credited(id: string, positions: number[] | null = null) {
  const draft = await billing.call(draftCreditNote, { params: { id }, body: { positions } })
  await billing.call(finaliseInvoice, { params: { id: draft.id }, body: { revision: draft.revision } })
  return billing.call(getInvoice, { params: { id: draft.id } })
}

test('waits when it is invoiced, and is due by what is paid, each rate to the cent', async () => {
  const client = await billableClient(server.db)
  const { id, number } = await issuedFor(billing, client, { lines: twoRates })
  expect(await vatOf(number)).toEqual({ 445_742_000: 2_000, 445_740_550: 183 })
  // 155,16 € including VAT: a third, then what is left.
  await pays(client, 5_172, [{ invoiceId: id, amountCents: 5_172 }])
  expect(await vatOf(number)).toEqual({
    445_742_000: 1_333,
    445_712_000: 667,
    445_740_550: 122,
    445_710_550: 61,
  })
  const rest = await pays(client, 10_344, [{ invoiceId: id, amountCents: 10_344 }])
  const paid = { 445_742_000: 0, 445_712_000: 2_000, 445_740_550: 0, 445_710_550: 183 }
  expect(await vatOf(number)).toEqual(paid)
  const moved = (await entries()).filter(
    ({ JournalCode, PieceRef }) => JournalCode === 'OD' && PieceRef === number,
  )
  expect(moved.slice(0, 4).map(({ CompteNum, Debit, Credit }) => [CompteNum, Debit, Credit])).toEqual([
    ['445740550', '0,61', '0,00'],
    ['445710550', '0,00', '0,61'],
    ['445742000', '6,67', '0,00'],
    ['445712000', '0,00', '6,67'],
  ])
  expect(new Set(moved.map(({ EcritureNum }) => EcritureNum)).size).toBe(2)
  // A payment that bounced was none.
  await billing.call(reversePayment, { params: { id: rest.id }, body: { reason: 'Rejeté' } })
  expect(await vatOf(number)).toEqual({
    445_742_000: 1_333,
    445_712_000: 667,
    445_740_550: 122,
    445_710_550: 61,
  })
})

test('a credit note takes back what waits, and of what was paid what is due', async () => {
  const client = await billableClient(server.db)
  const unpaid = await issuedFor(billing, client, { lines: twoRates })
  const note = await credited(unpaid.id)
  expect(await vatOf(unpaid.number, note.number)).toEqual({ 445_742_000: 0, 445_740_550: 0 })

  const paid = await issuedFor(billing, client, { lines: twoRates })
  await pays(client, 15_516, [{ invoiceId: paid.id, amountCents: 15_516 }])
  const part = await credited(paid.id, [1])
  const left = { 445_742_000: 0, 445_712_000: 0, 445_740_550: 0, 445_710_550: 183 }
  expect(await vatOf(paid.number, part.number)).toEqual(left)
  // The money it leaves pays another invoice: that one's VAT is due.
  const other = await issuedFor(billing, client, { lines: [{ ...subscriptionLine, unitPriceCents: 5_000 }] })
  await billing.call(allocateCreditNote, {
    params: { id: part.id },
    body: { allocations: [{ invoiceId: other.id, amountCents: 3_000 }] },
  })
  expect(await vatOf(other.number)).toEqual({ 445_742_000: 500, 445_712_000: 500 })
  await billing.call(refundClient, {
    body: { from: { creditNoteId: part.id }, amountCents: 9_000, sentOn: today, method: 'transfer' },
  })
  expect(await vatOf(paid.number, part.number)).toEqual(left)
})

test('money given to another invoice is due there, and no more where it was', async () => {
  const client = await billableClient(server.db)
  const first = await issuedFor(billing, client)
  const second = await issuedFor(billing, client, { lines: twoRates })
  const { id } = await pays(client, 2_900, [{ invoiceId: first.id, amountCents: 2_900 }])
  expect(await vatOf(first.number)).toEqual({ 445_742_000: 0, 445_712_000: 483 })
  await billing.call(allocatePayment, {
    params: { id },
    body: { allocations: [{ invoiceId: second.id, amountCents: 2_900 }] },
  })
  expect(await vatOf(first.number)).toEqual({ 445_742_000: 483, 445_712_000: 0 })
  expect(await vatOf(second.number)).toMatchObject({ 445_712_000: 374, 445_710_550: 34 })
})

test.each([
  ['of this system', 'hand', '11-20'],
  ['taken over from another', 'import', '11-20'],
  ['before the first month that was closed', 'hand', '10-20'],
])(
  'an entry of a closed month stays; what comes later is booked on its own day: %s',
  async (_, source, day) => {
    const last = Number(year) - 1
    const client = await told.client(`Ida Clos${source}${day}`)
    const invoice = await told.invoice(client, { on: `${last}-${day}`, excl: 10_000 })
    const [payment] = await told.run(
      `INSERT INTO payments (client_id, company_id, received_on, amount_cents, method, source)
     VALUES ($1, $2, $3, 6000, 'transfer', $4) RETURNING id`,
      client,
      companyId,
      `${last}-${day}`,
      source,
    )
    await told.run(
      `INSERT INTO accounting_closings (company_id, month, totals, previous_sha256, sha256)
     VALUES ($1, $2, '{}', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING`,
      companyId,
      `${last}-11-01`,
    )
    const before = await entries(String(last))
    await told.run(
      'INSERT INTO payment_allocations (payment_id, invoice_id, amount_cents) VALUES ($1, $2, 6000)',
      payment?.['id'],
      invoice,
    )
    expect(await entries(String(last))).toEqual(before)
    const [{ number } = {}] = await told.run('SELECT number FROM invoices WHERE id = $1', invoice)
    const booked = (await entries()).filter(
      ({ EcritureLib }) => EcritureLib === `TVA exigible ${String(number)}`,
    )
    expect(
      booked.map(({ EcritureDate, CompteNum, Debit, Credit }) => [EcritureDate, CompteNum, Debit, Credit]),
    ).toEqual([
      [today.replaceAll('-', ''), '445742000', '10,00', '0,00'],
      [today.replaceAll('-', ''), '445712000', '0,00', '10,00'],
    ])
  },
)

test('is due when it is invoiced where the invoice says so, whatever is chosen later', async () => {
  const client = await billableClient(server.db)
  const waiting = await issuedFor(billing, client)
  await server.pool.query(
    `insert into billing_settings (company_id, kind, in_force_from, content, state)
     values ($1, 'vat', current_date - 1, $2, 'approved')`,
    [companyId, JSON.stringify({ regime: 'normal', onDebits: true, defaultBasisPoints: 2_000 })],
  )
  const { id, number } = await issuedFor(billing, client)
  expect(await vatOf(number)).toEqual({ 445_712_000: 483 })
  await pays(client, 2_900, [{ invoiceId: id, amountCents: 2_900 }])
  expect(await vatOf(number)).toEqual({ 445_712_000: 483 })
  // Its credit note follows the invoice, not the day.
  const note = await credited(waiting.id)
  expect(await vatOf(waiting.number, note.number)).toEqual({ 445_742_000: 0 })
})
