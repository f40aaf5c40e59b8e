/** Whatever is invoiced, credited, taken off and paid, the books balance and say what the reports say. */
import fc from 'fast-check'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createDraft,
  discardDraft,
  draftCorrection,
  draftCreditNote,
  draftFinalInvoice,
  finaliseInvoice,
  getInvoice,
  getRevenueReport,
  recordPaymentByHand,
  refundClient,
  reversePayment,
  saveDraft,
  type Draft,
  type DraftLine,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import {
  billableClient,
  openBilling,
  privateClient,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
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
let clients: string[]

beforeAll(async () => {
  billing = await server.as('billing')
  companyId = await openBilling(server.db)
  folder = await mkdtemp(join(tmpdir(), 'any-books-'))
  clients = [await billableClient(server.db), await privateClient(server.db, billing)]
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const vat = { vatCategory: 'S' as const, vatExemption: null }
const care = { vatCategory: 'E' as const, vatBasisPoints: 0, vatExemption: 'VATEX-FR-CGI261-4' }
const franchise = { ...care, vatExemption: 'VATEX-FR-FRANCHISE' }
const taxed = fc.constantFrom(
  ...[2_000, 1_000, 550, 210].map((vatBasisPoints) => ({ ...vat, vatBasisPoints })),
  care,
)
const linesWith = (rate: fc.Arbitrary<Partial<DraftLine>>) =>
  fc.array(
    fc
      .tuple(
        rate,
        fc.record({
          quantity: fc.integer({ min: 1, max: 9_999 }).map((thousandths) => (thousandths / 1_000).toFixed(3)),
          unitPriceCents: fc.integer({ min: 1, max: 99_999 }),
          discountBasisPoints: fc.constantFrom(0, 0, 333, 5_000),
        }),
      )
      .map(([of, amount]): DraftLine => ({ ...subscriptionLine, ...amount, ...of })),
    { minLength: 1, maxLength: 5 },
  )
const anyLines = linesWith(taxed)
const discount = fc.constantFrom(
  { basisPoints: 0, cents: 0, label: '' },
  { basisPoints: 1_234, cents: 0, label: 'Remise' },
  { basisPoints: 0, cents: 7, label: 'Geste' },
)
/** Which of those there are. */
const which = fc.nat({ max: 99 })
const act = fc.oneof(
  fc.record({ act: fc.constant('invoice'), client: fc.nat({ max: 1 }), lines: anyLines, discount }),
  fc.record({ act: fc.constant('deposit'), client: fc.nat({ max: 1 }), lines: anyLines, discount }),
  fc.record({ act: fc.constant('final'), which, lines: anyLines, share: fc.constantFrom(1, 1, 0.37) }),
  fc.record({
    act: fc.constant('credit'),
    which,
    positions: fc.option(fc.subarray([1, 2], { minLength: 1 })),
  }),
  fc.record({ act: fc.constant('correction'), which }),
  fc.record({ act: fc.constant('payment'), which, share: fc.constantFrom(1, 0.4, 1.5) }),
  fc.record({ act: fc.constant('reversal'), which }),
  fc.record({ act: fc.constant('refund'), which }),
) as fc.Arbitrary<Act> // each record says which it is
type Act =
  | { act: 'invoice'; client: number; lines: DraftLine[]; discount: Draft['discount'] }
  | { act: 'deposit'; client: number; lines: DraftLine[]; discount: Draft['discount'] }
  | { act: 'final'; which: number; lines: DraftLine[]; share: number }
  | { act: 'credit'; which: number; positions: number[] | null }
  | { act: 'correction'; which: number }
  | { act: 'payment'; which: number; share: number }
  | { act: 'reversal' | 'refund'; which: number }

const documents: string[] = []
const deposits: string[] = []
const payments: string[] = []
const one = (of: readonly string[], place: number) => of[place % Math.max(of.length, 1)]

/** What the law refuses is thrown away. */
async function issued({ id, revision }: Pick<Draft, 'id' | 'revision'>): Promise<string | undefined> {
  const { status } = await billing.ask(finaliseInvoice, { params: { id }, body: { revision } })
  if (status < 300) return id
  await billing.call(discardDraft, { params: { id } })
  return undefined
}
const keep = (of: string[], id: string | undefined) => id !== undefined && of.push(id)

async function happens(what: Act): Promise<void> {
  if (what.act === 'invoice' || what.act === 'deposit') {
    const { lines, discount: off } = what
    const typeCode = what.act === 'deposit' ? (386 as const) : (380 as const)
    const body = { clientId: clients[what.client] ?? '', typeCode, lines, discount: off }
    const id = await issued(await billing.call(createDraft, { body }))
    keep(documents, id)
    if (what.act === 'deposit') keep(deposits, id)
    return
  }
  const of =
    what.act === 'final' ? deposits : what.act === 'reversal' || what.act === 'refund' ? payments : documents
  const id = one(of, what.which)
  if (id === undefined) return
  const params = { id }
  if (what.act === 'final') {
    const { body: draft, status } = await asked(draftFinalInvoice, { params })
    if (status >= 300) return
    const off = draft.lines.map((line) => ({
      ...line,
      unitPriceCents: Math.ceil(line.unitPriceCents * what.share),
    }))
    const rates = off.map(({ vatCategory, vatBasisPoints, vatExemption, unitPriceCents }) => ({
      ...subscriptionLine,
      vatCategory,
      vatBasisPoints,
      vatExemption,
      unitPriceCents,
    }))
    const body = { revision: draft.revision, lines: [...what.lines, ...rates, ...off] }
    await billing.call(saveDraft, { params: { id: draft.id }, body })
    keep(documents, await issued({ id: draft.id, revision: draft.revision + 1 }))
  } else if (what.act === 'credit') {
    // Some lines, then the rest of it; or all that is left at once.
    for (const positions of what.positions ? [what.positions, null] : [null]) {
      const { body: draft, status } = await asked(draftCreditNote, { params, body: { positions } })
      if (status < 300) await issued(draft)
    }
  } else if (what.act === 'correction') {
    const { body: draft, status } = await asked(draftCorrection, { params })
    if (status < 300) keep(documents, await issued(draft))
  } else if (what.act === 'payment') {
    const { outstandingCents, client } = await billing.call(getInvoice, { params })
    const amountCents = Math.round(outstandingCents * what.share)
    if (amountCents < 1) return
    const allocations = [{ invoiceId: id, amountCents: Math.min(amountCents, outstandingCents) }]
    const body = {
      clientId: client.id,
      receivedOn: today,
      method: 'transfer' as const,
      amountCents,
      allocations,
    }
    payments.push((await billing.call(recordPaymentByHand, { body })).id)
  } else if (what.act === 'refund') {
    const body = { from: { paymentId: id }, amountCents: 1_234, sentOn: today, method: 'transfer' as const }
    await billing.ask(refundClient, { body })
  } else {
    await billing.ask(reversePayment, { params, body: { reason: 'Saisi deux fois' } })
  }
}

async function asked(...[endpoint, input]: Parameters<typeof billing.ask>) {
  const { status, bytes } = await billing.ask(endpoint, input)
  return { status, body: JSON.parse(Buffer.from(bytes).toString() || 'null') as Draft } // or a refusal, by its status
}

/** Credit less debit of the accounts that begin so. */
async function books() {
  const path = join(folder, `${crypto.randomUUID()}.txt`)
  const span = { companyId, from: `${year}-01-01`, until: `${year}-12-31` }
  await withCopy(server.pool, fecCopy(span), (text) => pipeline(text, createWriteStream(path)))
  const rows = (await readFile(path, 'utf8'))
    .split('\n')
    .slice(1, -1)
    .map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [fecColumns[index], cell])))
  const cents = (amount = '') => Number(amount.replace(',', ''))
  const balance = (account: string, pieces?: readonly (string | undefined)[]) =>
    rows
      .filter(
        ({ CompteNum = '', PieceRef }) =>
          CompteNum.startsWith(account) && (!pieces || pieces.includes(PieceRef)),
      )
      .reduce((sum, { Debit, Credit }) => sum + cents(Credit) - cents(Debit), 0)
  return { verdict: await checkFec(path), balance }
}
const sumOf = async (question: string) => Number((await server.pool.query(question)).rows[0].cents)

/** Of an invoice with its credit notes all VAT waits while nothing was paid, and none once nothing is left to pay or to give back. */
async function waitsUntilPaid(balance: Awaited<ReturnType<typeof books>>['balance']): Promise<void> {
  const { rows } = await server.pool.query<{ numbers: string[]; vat: string; left: string; money: string }>(`
    select array_agg(number) as numbers, sum(total_vat_cents) as vat, sum(abs(total_incl_cents - paid_cents)) as left,
      sum((select coalesce(sum(abs(amount_cents)), 0) from payment_allocations where invoice_id = invoices.id)
        + (select coalesce(sum(amount_cents), 0) from credit_allocations join invoices note on note.id = credit_note_id
           where invoice_id = invoices.id and note.original_id <> invoices.id)) as money
    from invoices where state = 'issued' and total_incl_cents <> 0
    group by coalesce(case kind when 'credit_note' then original_id end, id)`)
  for (const { numbers, vat, left, money } of rows) {
    if (Number(left) === 0) expect(balance('44574', numbers), `${numbers} is settled`).toBe(0)
    else if (Number(money) === 0 && Number(vat) > 0)
      expect(balance('44571', numbers), `${numbers} is not paid`).toBe(0)
    expect(balance('4457', numbers), `${numbers}`).toBe(Number(vat))
  }
}

async function holds(): Promise<void> {
  const { verdict, balance } = await books()
  expect(verdict.faults).toEqual([])
  expect(verdict.debitCents).toBe(verdict.creditCents)
  const report = await billing.call(getRevenueReport, { query: { year: Number(year) } })
  const net = report.months.reduce((sum, { netExclCents }) => sum + netExclCents, 0)
  expect(verdict.revenueCents).toBe(net)
  expect(report.proof.differenceCents).toBe(0)
  expect(0 - balance('411')).toBe(report.proof.dueCents)
  for (const { vatBasisPoints, vatCents } of report.rates) {
    const [due, waiting] = ['44571', '44574'].map((account) =>
      balance(`${account}${String(vatBasisPoints).padStart(4, '0')}`),
    )
    expect((due ?? 0) + (waiting ?? 0), `${vatBasisPoints}`).toBe(vatCents)
  }
  await waitsUntilPaid(balance)
  expect(0 - balance('512')).toBe(await sumOf('select coalesce(sum(amount_cents), 0) as cents from payments'))
  // Put aside is what was asked in advance, not credited, and taken off by no final invoice.
  const leftOfDeposits = `select coalesce(sum(asked_cents - credited_cents - taken_cents), 0) as cents
    from invoices, rates_left(invoices.id) where type_code = 386 and state = 'issued'`
  expect(balance('4191')).toBe(await sumOf(leftOfDeposits))
  const beyond = `select count(*) as cents from invoices, rates_left(invoices.id) left_of where kind = 'invoice' and state = 'issued'
    and (abs(credited_cents) > abs(asked_cents) or abs(credited_vat_cents) > abs(asked_vat_cents)
      or credited_cents = asked_cents and credited_vat_cents <> asked_vat_cents)`
  expect(await sumOf(beyond)).toBe(0)
}

test(
  'with several rates, deposits, credit notes of parts, corrections and payments',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 25, maxLength: 40, size: 'max' }), async (acts) => {
        for (const what of acts) await happens(what)
        await holds()
      }),
      { numRuns: 4, endOnFailure: true },
    )
    // It was not all refused.
    const happened = await server.pool.query(`select
    (select count(*) from invoices where state = 'issued' and type_code = 380) as invoices,
    (select count(*) from deposits_taken where excl_cents > 0) as taken,
    (select count(*) from (select original_id from invoices where type_code = 381 and state = 'issued' group by 1 having count(*) > 1) twice) as parts,
    (select count(*) from payments where amount_cents < 0) as back`)
    for (const [what, count] of Object.entries(happened.rows[0]))
      expect(Number(count), what).toBeGreaterThan(0)
  },
)

test('in the franchise too, on the same books', { timeout: 120_000 }, async () => {
  await server.pool.query(
    `insert into billing_settings (company_id, kind, in_force_from, content, state)
     values ($1, 'vat', current_date - 1, $2, 'approved')`,
    [companyId, JSON.stringify({ regime: 'franchise', onDebits: false, defaultBasisPoints: 0 })],
  )
  const exempt = linesWith(fc.constant(franchise))
  await fc.assert(
    fc.asyncProperty(exempt, exempt, async (advance, lines) => {
      const none = { basisPoints: 0, cents: 0, label: '' }
      await happens({ act: 'deposit', client: 0, lines: advance, discount: none })
      await happens({ act: 'final', which: deposits.length - 1, lines, share: 1 })
      await happens({ act: 'credit', which: documents.length - 1, positions: null })
      await happens({ act: 'credit', which: documents.length - 2, positions: null })
      await holds()
    }),
    { numRuns: 3, endOnFailure: true },
  )
})
