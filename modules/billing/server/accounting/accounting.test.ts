import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  closeMonth,
  draftCreditNote,
  finaliseInvoice,
  getInvoice,
  getRevenueReport,
  listAccountingMonths,
  listInvoices,
  recordPaymentByHand,
} from '#contract/billing'
import { getDashboard } from '#contract/dashboard'
import { dayOf } from '#platform/server/clock.ts'
import {
  billableClient,
  draftFor,
  issuedFor,
  openBilling,
  privateClient,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { renewDue } from '../renewal/renewing.ts'
import { checkFec } from './checking-fec.ts'
import { closingHash } from './closing.ts'
import { withCopy } from './copying.ts'
import { fecColumns, fecCopy } from './entries.ts'

const server = await testServer()
const today = dayOf(new Date())
const year = today.slice(0, 4)
let billing: Browserless
let companyId: string
let folder: string

beforeAll(async () => {
  billing = await server.as('billing')
  companyId = await openBilling(server.db)
  folder = await mkdtemp(join(tmpdir(), 'fec-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function fec(from = `${year}-01-01`, until = `${year}-12-31`) {
  const path = join(folder, `${crypto.randomUUID()}.txt`)
  await withCopy(server.pool, fecCopy({ companyId, from, until }), (text) =>
    pipeline(text, createWriteStream(path)),
  )
  const written = await readFile(path, 'utf8')
  const rows = written
    .split('\n')
    .slice(1, -1)
    .map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [fecColumns[index], cell])))
  return { path, written, rows, verdict: await checkFec(path) }
}

describe('the entries of a year', () => {
  test('say what was issued, credited and paid, balanced, and as much revenue as the report', async () => {
    const odile = await billableClient(server.db, 'Odile "Tab\tulée" | Ferrand')
    const told = await tellStories(server.pool)
    const lines = [
      subscriptionLine,
      { ...subscriptionLine, description: 'Formation', unitPriceCents: 10_001, vatBasisPoints: 550 },
    ]
    const invoice = await issuedFor(billing, odile, {
      lines,
      discount: { basisPoints: 1_000, cents: 0, label: 'Remise' },
    })
    const paid = await issuedFor(billing, odile)
    await billing.call(recordPaymentByHand, {
      body: {
        clientId: odile,
        receivedOn: today,
        method: 'transfer',
        amountCents: 2_900,
        allocations: [{ invoiceId: paid.id, amountCents: 2_900 }],
      },
    })
    const credit = await billing.call(draftCreditNote, { params: { id: invoice.id }, body: {} })
    await billing.call(finaliseInvoice, { params: { id: credit.id }, body: { revision: credit.revision } })
    await issuedFor(billing, await privateClient(server.db, billing))
    // What was taken over with its sums alone.
    await told.invoice(await told.client('Paul Ancien'), { on: `${year}-01-02`, excl: 4_083 })

    const { verdict, rows } = await fec()
    expect(verdict.faults).toEqual([])
    expect(verdict.debitCents).toBe(verdict.creditCents)
    const report = await billing.call(getRevenueReport, { query: { year: Number(year) } })
    const net = report.months.reduce((sum, month) => sum + month.netExclCents, 0)
    expect(verdict.revenueCents).toBe(net)
    expect(report.rates.reduce((sum, rate) => sum + rate.baseCents, 0)).toBe(net)
    expect(report.plans.reduce((sum, plan) => sum + plan.exclCents, 0)).toBe(net)

    const ofInvoice = rows.filter(({ PieceRef }) => PieceRef === invoice.number)
    const { exclCents, inclCents } = await billing.call(getInvoice, { params: { id: invoice.id } })
    expect(exclCents).toBe(Math.round(2_417 * 0.9) + Math.round(10_001 * 0.9))
    expect(ofInvoice.map(({ CompteNum, Debit, Credit }) => [CompteNum, Debit, Credit])).toEqual([
      ['411000', (inclCents / 100).toFixed(2).replace('.', ','), '0,00'],
      ['706000', '0,00', '21,75'],
      ['445742000', '0,00', '4,35'],
      ['706000', '0,00', '90,01'],
      ['445740550', '0,00', '4,95'],
    ])
    expect(ofInvoice[0]?.['CompAuxLib']).toBe('Odile  Tab ulée    Ferrand')
    const lettered = rows.filter(({ EcritureLet }) => EcritureLet === paid.number)
    expect(lettered.map(({ JournalCode, DateLet }) => [JournalCode, DateLet])).toEqual([
      ['BQ', today.replaceAll('-', '')],
      ['VE', today.replaceAll('-', '')],
    ])
  })

  test('bring a deposit into revenue with the final invoice', async () => {
    const client = await billableClient(server.db, 'Anne Acompte')
    const deposit = await issuedFor(billing, client, { typeCode: 386 })
    const { rows } = await fec()
    const account = rows.filter(({ PieceRef }) => PieceRef === deposit.number).map((row) => row['CompteNum'])
    expect(account).toEqual(['411000', '419100', '445742000'])
  })

  test('are numbered without a gap from January on, whatever part of the year is asked for', async () => {
    const whole = await fec()
    const part = await fec(`${year}-02-01`)
    const numberOf = (rows: typeof part.rows) => rows.find(({ PieceRef }) => PieceRef !== '')?.['EcritureNum']
    expect(numberOf(whole.rows)).toBe('VE00000001')
    expect(
      part.rows.every((row) => whole.rows.some((same) => same['EcritureNum'] === row['EcritureNum'])),
    ).toBe(true)
  })
})

describe('the check of a file of entries', () => {
  const faultsOf = async (change: (text: string) => string) => {
    const { written } = await fec()
    const path = join(folder, 'broken.txt')
    await writeFile(path, change(written))
    return (await checkFec(path)).faults.map(({ rule }) => rule)
  }

  test.each([
    [
      'an amount that was changed',
      (text: string) => text.replace('\t29,00\t', '\t30,00\t'),
      'entry_unbalanced',
    ],
    [
      'a number that is missing',
      (text: string) => text.replaceAll('VE00000002', 'VE00000099'),
      'number_not_next',
    ],
    ['a column that is missing', (text: string) => text.replace('\tIdevise', ''), 'columns_wrong'],
    [
      'a day that does not exist',
      (text: string) => text.replaceAll(`${year}0102`, `${year}0230`),
      'day_wrong',
    ],
    ['a point for a comma', (text: string) => text.replace('\t29,00\t', '\t29.00\t'), 'amount_wrong'],
    [
      'an auxiliary account on revenue',
      (text: string) => text.replace('Prestations de services\t\t', 'Prestations de services\tC1\t'),
      'auxiliary_wrong',
    ],
  ])('finds %s', async (_, change, rule) => {
    expect(await faultsOf(change)).toContain(rule)
  })
})

describe('revenue', () => {
  test('opening, invoiced, credited and collected make what is due, from both sides', async () => {
    const report = await billing.call(getRevenueReport, { query: {} })
    expect(report.proof.differenceCents).toBe(0)
    expect(report.months.at(-1)?.dueCents).toBe(report.proof.dueCents)
  })

  test('what is left to collect is the same sum in the report, in the list and on the dashboard', async () => {
    const client = await billableClient(server.db)
    const { id } = await issuedFor(billing, client)
    const more = await issuedFor(billing, client)
    const body = { clientId: client, receivedOn: today, method: 'transfer' as const, amountCents: 5_000 }
    await billing.call(recordPaymentByHand, {
      body: { ...body, allocations: [{ invoiceId: id, amountCents: 1_000 }] },
    })
    await billing.call(draftCreditNote, { params: { id: more.id }, body: {} })
    const { proof } = await billing.call(getRevenueReport, { query: {} })
    const { sums } = await billing.call(listInvoices, { query: { state: 'unpaid' } })
    const { unpaid } = await (await server.as('administrator')).call(getDashboard, { query: {} })
    expect(proof.availableCents).toBeGreaterThan(0)
    expect([sums?.outstandingCents, unpaid.cents]).toEqual([proof.outstandingCents, proof.outstandingCents])
  })
})

describe('revenue by plan', () => {
  test('a credit note is taken off the plan of the invoice it cites', async () => {
    const told = await tellStories(server.pool)
    const client = await billableClient(server.db, 'Laure Formule')
    const subscription = await told.subscribe(client, { from: `${year}-01-01` })
    const draft = await draftFor(billing, client)
    await told.run(`UPDATE invoices SET subscription_id = $2 WHERE id = $1`, draft.id, subscription)
    const plans = async () => {
      const report = await billing.call(getRevenueReport, { query: {} })
      return Object.fromEntries(report.plans.map(({ plan, exclCents }) => [plan ?? '', exclCents]))
    }
    const before = await plans()
    await billing.call(finaliseInvoice, { params: { id: draft.id }, body: { revision: draft.revision } })
    expect((await plans())['Solo']).toBe((before['Solo'] ?? 0) + 2_417)
    const credit = await billing.call(draftCreditNote, { params: { id: draft.id }, body: {} })
    await billing.call(finaliseInvoice, { params: { id: credit.id }, body: { revision: credit.revision } })
    expect(await plans()).toEqual({ ...before, Solo: before['Solo'] ?? 0 })
    const report = await billing.call(getRevenueReport, { query: {} })
    expect(report.plans.length).toBeGreaterThan(1)
    for (const { id, exclCents, documents } of report.plans) {
      const list = await billing.call(listInvoices, { query: { issuedIn: year, plan: id ?? 'none' } })
      expect([list.total, list.sums?.exclCents]).toEqual([documents, exclCents])
    }
  })
})

describe('revenue by plan, when a subscription changes its plan', () => {
  test('what was invoiced stays that of the plan it was invoiced for, in the report and in the list', async () => {
    const told = await tellStories(server.pool)
    const client = await billableClient(server.db, 'Luc Change')
    const subscription = await told.subscribe(client, { from: `${year}-01-01` })
    await told.run(`INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
      SELECT id, 1, '2020-01-01', 2417, 2000 FROM plans WHERE key = 'solo' ON CONFLICT DO NOTHING`)
    await told.run(
      `UPDATE subscriptions SET anchor_on = current_date, next_period_on = current_date WHERE id = $1`,
      subscription,
    )
    await renewDue(server.db, { until: today, companyId, vat: { taxed: true }, hold: true })
    const [draft] = await told.run(
      `SELECT id, revision FROM invoices WHERE subscription_id = $1`,
      subscription,
    )
    const id = String(draft?.['id'])
    await billing.call(finaliseInvoice, { params: { id }, body: { revision: Number(draft?.['revision']) } })
    const plans = async () => (await billing.call(getRevenueReport, { query: {} })).plans
    const before = await plans()
    await told.run(
      `WITH other AS (INSERT INTO plans (key, name, monthly_cents) VALUES ('duo', 'Duo', 4000) RETURNING id)
       UPDATE subscriptions SET plan_id = other.id FROM other WHERE subscriptions.id = $1`,
      subscription,
    )
    expect(await plans()).toEqual(before)
    const credit = await billing.call(draftCreditNote, { params: { id }, body: {} })
    await billing.call(finaliseInvoice, { params: { id: credit.id }, body: { revision: credit.revision } })
    const solo = (await plans()).find(({ plan }) => plan === 'Solo')
    expect(solo?.documents).toBe((before.find(({ plan }) => plan === 'Solo')?.documents ?? 0) + 1)
    const list = await billing.call(listInvoices, { query: { issuedIn: year, plan: solo?.id ?? '' } })
    expect([list.total, list.sums?.exclCents]).toEqual([solo?.documents, solo?.exclCents])
  })
})

test('what a rate brought in a year opens the documents that bear it, summed at that rate', async () => {
  const { rates } = await billing.call(getRevenueReport, { query: {} })
  expect(rates.length).toBeGreaterThan(1)
  for (const { vatBasisPoints: rate, baseCents, vatCents } of rates) {
    const { sums, rows } = await billing.call(listInvoices, { query: { issuedIn: year, rate } })
    expect(rows.length).toBeGreaterThan(0)
    expect([sums?.exclCents, sums?.vatCents, sums?.inclCents]).toEqual([
      baseCents,
      vatCents,
      baseCents + vatCents,
    ])
  }
  expect((await billing.call(listInvoices, { query: { issuedIn: year, rate: 175 } })).total).toBe(0)
})

describe('closing a month', () => {
  test('goes month by month, once, chained, and never the running one', async () => {
    const { rows } = await billing.call(listAccountingMonths, {})
    const first = rows.at(-1)?.month ?? ''
    const second = rows.at(-2)?.month ?? ''
    expect(await billing.refused(closeMonth, { params: { month: second } })).toMatchObject({
      code: 'accounting_month_open',
    })
    const closed = await billing.call(closeMonth, { params: { month: first } })
    expect(closed.closing?.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(await billing.refused(closeMonth, { params: { month: first } })).toMatchObject({
      code: 'accounting_month_closed',
    })
    await billing.call(closeMonth, { params: { month: second } })
    const kept = await server.db.selectFrom('accountingClosings').selectAll().orderBy('month').execute()
    expect(kept[1]?.previousSha256.equals(kept[0]?.sha256 ?? Buffer.alloc(0))).toBe(true)
    for (const { previousSha256, totals, sha256 } of kept)
      expect(closingHash(previousSha256, totals).equals(sha256)).toBe(true)
    expect(await billing.refused(closeMonth, { params: { month: today.slice(0, 7) } })).toMatchObject({
      code: 'accounting_month_open',
    })
  })
})
