import { beforeAll, describe, expect, test } from 'vitest'
import {
  allocateCreditNote,
  allocatePayment,
  draftCreditNote,
  finaliseInvoice,
  getClientAccount,
  getInvoice,
  getPayment,
  listPayments,
  recordPaymentByHand,
  refundClient,
  reversePayment,
} from '#contract/billing'
import {
  billableClient,
  issuedFor,
  openBilling,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
let billing: Browserless
let told: Stories

beforeAll(async () => {
  billing = await server.as('billing')
  told = await tellStories(server.pool)
  await openBilling(server.db)
})

const transfer = { receivedOn: '2026-10-20', method: 'transfer' } as const
const owed = async (id: string) => {
  const { state, outstandingCents } = await billing.call(getInvoice, { params: { id } })
  return [state, outstandingCents]
}
const lifeOf = async (invoice: string) =>
  (await told.run('select kind from invoice_events where invoice_id = $1 order by at, id', invoice)).map(
    ({ kind }) => kind,
  )
const account = (clientId: string) => billing.call(getClientAccount, { params: { clientId } })

describe('a payment', () => {
  test('pays what it is told to, and what is left is the client’s credit', async () => {
    const client = await told.client('Odile Ferrand')
    const invoice = await told.invoice(client, { on: '2026-10-01', due: '2099-01-01' })
    const payment = await billing.call(recordPaymentByHand, {
      body: {
        ...transfer,
        clientId: client,
        amountCents: 5_000,
        allocations: [{ invoiceId: invoice, amountCents: 2_900 }],
      },
    })
    expect(payment).toMatchObject({ allocatedCents: 2_900, availableCents: 2_100, source: 'hand' })
    expect(await owed(invoice)).toEqual(['paid', 0])
    expect(await lifeOf(invoice)).toEqual(['paid'])
    expect(await account(client)).toMatchObject({ owedCents: 0, creditCents: 2_100 })

    const later = await told.invoice(client, { on: '2026-11-01', due: '2099-01-01' })
    const both = [
      { invoiceId: invoice, amountCents: 2_900 },
      { invoiceId: later, amountCents: 2_100 },
    ]
    await billing.call(allocatePayment, { params: { id: payment.id }, body: { allocations: both } })
    expect(await owed(later)).toEqual(['unpaid', 800])
    await billing.call(allocatePayment, { params: { id: payment.id }, body: { allocations: [both[1]!] } })
    expect(await owed(invoice)).toEqual(['unpaid', 2_900])
    expect(await lifeOf(invoice)).toEqual(['paid', 'reopened'])
  })

  test('pays no more than is owed, nor more than there is, nor what is another’s, a draft or a credit note', async () => {
    const client = await told.client('Bruno Salvi')
    const other = await told.client('Nora Benali')
    const invoice = await told.invoice(client, { on: '2026-10-01' })
    const refused = async (clientId: string, amountCents: number, invoiceId: string, cents: number) =>
      (
        await billing.refused(recordPaymentByHand, {
          body: { ...transfer, clientId, amountCents, allocations: [{ invoiceId, amountCents: cents }] },
        })
      ).code
    expect(await refused(client, 5_000, invoice, 2_901)).toBe('invoice_overpaid')
    expect(await refused(client, 1_000, invoice, 1_001)).toBe('allocation_too_large')
    expect(await refused(other, 2_900, invoice, 2_900)).toBe('invoice_not_payable')
    const draft = await told.invoice(client, { on: '2026-10-01', draft: true })
    expect(await refused(client, 2_900, draft, 2_900)).toBe('invoice_not_payable')
    const credit = await told.invoice(client, { on: '2026-10-01', excl: -2_417 })
    expect(await refused(client, 2_900, credit, 2_900)).toBe('invoice_not_payable')
    expect(await owed(invoice)).toEqual(['overdue', 2_900])
  })

  test('of tomorrow, of nobody or of a closed month is refused by its field or its month', async () => {
    const client = await told.client('Iris Colin')
    const of = (over: object) =>
      billing.refused(recordPaymentByHand, {
        body: { ...transfer, clientId: client, amountCents: 100, ...over },
      })
    expect((await of({ receivedOn: '2199-01-01' })).fields).toMatchObject([
      { path: 'receivedOn', code: 'day_in_future' },
    ])
    expect((await of({ clientId: crypto.randomUUID() })).fields).toMatchObject([
      { path: 'clientId', code: 'client_unknown' },
    ])
    await told.run(`insert into accounting_closings (company_id, month, totals, previous_sha256, sha256)
      select id, '2024-03-01', '{}', '\\x00', '\\x01' from billing_companies`)
    expect((await of({ receivedOn: '2024-03-31' })).code).toBe('payment_month_closed')
    // Nor does anything come before a closed month: its totals so far are sealed.
    expect((await of({ receivedOn: '2023-12-30' })).code).toBe('payment_month_closed')
  })

  test('entered by mistake is taken back by one below zero, once, and its invoice is owed again', async () => {
    const client = await told.client('Yves Masson')
    const invoice = await told.invoice(client, { on: '2026-10-01', due: '2099-01-01' })
    const { id } = await billing.call(recordPaymentByHand, {
      body: {
        ...transfer,
        clientId: client,
        amountCents: 3_000,
        allocations: [{ invoiceId: invoice, amountCents: 2_900 }],
      },
    })
    const taken = await billing.call(reversePayment, { params: { id }, body: { reason: 'Saisi deux fois' } })
    expect(taken).toMatchObject({ amountCents: -3_000, why: 'mistake', reversesId: id })
    expect(await owed(invoice)).toEqual(['unpaid', 2_900])
    expect(await account(client)).toMatchObject({ owedCents: 2_900, creditCents: 0 })
    expect(await billing.call(getPayment, { params: { id } })).toMatchObject({
      takenBackCents: 3_000,
      availableCents: 0,
    })
    const again = { params: { id }, body: { reason: 'Encore' } }
    expect((await billing.refused(reversePayment, again)).code).toBe('payment_taken_back')
    expect((await billing.refused(reversePayment, { ...again, params: { id: taken.id } })).code).toBe(
      'payment_below_zero',
    )
    const allocations = [{ invoiceId: invoice, amountCents: 100 }]
    expect((await billing.refused(allocatePayment, { params: { id }, body: { allocations } })).code).toBe(
      'payment_taken_back',
    )
  })

  test('cannot be changed in the database, not even by its owner', async () => {
    const client = await told.client('Rose Thiry')
    await told.pay(await told.invoice(client, { on: '2026-10-01' }), 100, '2026-10-02')
    await expect(told.run('update payments set amount_cents = 1')).rejects.toThrow()
    await expect(told.run('delete from payments')).rejects.toThrow()
  })
})

describe('a credit note', () => {
  test('pays invoices, and what is left of it is sent back', async () => {
    const client = await told.client('Paule Vidal')
    const invoice = await told.invoice(client, { on: '2026-10-01', due: '2099-01-01' })
    const credit = await told.invoice(client, { on: '2026-10-02', excl: -5_000 })
    const of = (cents: number) => ({
      params: { id: credit },
      body: { allocations: [{ invoiceId: invoice, amountCents: cents }] },
    })
    expect((await billing.refused(allocateCreditNote, of(2_901))).code).toBe('invoice_overpaid')
    const after = await billing.call(allocateCreditNote, of(2_900))
    expect(after).toMatchObject({ owedCents: 0, creditCents: 3_100 })
    expect(await owed(invoice)).toEqual(['credited', 0])
    const body = {
      from: { creditNoteId: credit },
      amountCents: 3_100,
      sentOn: '2026-11-02',
      method: 'transfer',
    } as const
    expect((await billing.refused(refundClient, { body: { ...body, amountCents: 3_101 } })).code).toBe(
      'allocation_too_large',
    )
    expect(await billing.call(refundClient, { body })).toMatchObject({ amountCents: -3_100, why: 'refund' })
    expect(await account(client)).toMatchObject({ creditCents: 0, creditNotes: [] })
    expect((await billing.refused(allocateCreditNote, of(2_901))).code).toBe('allocation_too_large')
  })
})

test('what is left of a payment is sent back, and no more of it', async () => {
  const client = await told.client('Luc Perrot')
  const { id } = await billing.call(recordPaymentByHand, {
    body: { ...transfer, clientId: client, amountCents: 1_000 },
  })
  const body = {
    from: { paymentId: id },
    amountCents: 600,
    sentOn: '2026-11-02',
    method: 'transfer',
  } as const
  await billing.call(refundClient, { body })
  expect((await billing.refused(refundClient, { body })).code).toBe('allocation_too_large')
  expect(await billing.call(getPayment, { params: { id } })).toMatchObject({
    takenBackCents: 600,
    availableCents: 400,
  })
})

test('two payments at once never pay one invoice twice', async () => {
  const client = await told.client('Max Royer')
  const invoice = await told.invoice(client, { on: '2026-10-01', due: '2099-01-01' })
  const one = () =>
    billing.ask(recordPaymentByHand, {
      body: {
        ...transfer,
        clientId: client,
        amountCents: 2_900,
        allocations: [{ invoiceId: invoice, amountCents: 2_900 }],
      },
    })
  const replies = await Promise.all([one(), one(), one(), one()])
  expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 422, 422, 422])
  expect(await owed(invoice)).toEqual(['paid', 0])
})

test('the list sums what it filters', async () => {
  const client = await told.client('Ève Dutilleul')
  const pay = (amountCents: number, reference: string) =>
    billing.call(recordPaymentByHand, {
      body: { ...transfer, clientId: client, amountCents, reference },
    })
  const one = await pay(1_000, 'VIR DUTILLEUL 1')
  await pay(2_000, 'VIR 50%_2')
  await billing.call(reversePayment, { params: { id: one.id }, body: { reason: 'Doublon' } })
  const list = (query: object) => billing.call(listPayments, { query: { client, ...query } })
  expect(await list({})).toMatchObject({ total: 3, sums: { amountCents: 2_000, availableCents: 2_000 } })
  expect((await list({ state: 'available' })).rows.map((row) => row.amountCents)).toEqual([2_000])
  expect((await list({ state: 'taken_back' })).rows.map((row) => row.amountCents)).toEqual([-1_000])
  expect((await list({ q: '50%_' })).rows.map((row) => row.amountCents)).toEqual([2_000])
  expect((await list({ q: 'eve dutill' })).total).toBe(3)
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, after: first.next! })
  expect([...first.rows, ...second.rows]).toHaveLength(3)
})

describe('what a professional paid', () => {
  const rates = async (invoice: string) =>
    (
      await told.run(
        'select data from invoice_events where invoice_id = $1 and code = 212 order by at, id',
        invoice,
      )
    ).map(({ data }) => (data as { rates: object }).rates)
  const mixed = [
    { ...subscriptionLine, unitPriceCents: 1_000 },
    { ...subscriptionLine, unitPriceCents: 2_000, vatBasisPoints: 550 },
  ]
  const credited = async (invoice: string, positions: number[] | null = null) => {
    const note = await billing.call(draftCreditNote, { params: { id: invoice }, body: { positions } })
    await billing.call(finaliseInvoice, { params: { id: note.id }, body: { revision: note.revision } })
    return note.id
  }
  const paid = (client: string, invoice: string, amountCents: number) =>
    billing.call(recordPaymentByHand, {
      body: {
        ...transfer,
        clientId: client,
        amountCents,
        allocations: [{ invoiceId: invoice, amountCents }],
      },
    })

  test('is told as it comes, a rate each, and what a credit note settles is not', async () => {
    const client = await billableClient(server.db, 'Hélène Payante')
    // 12,00 € at 20 % and 21,10 € at 5,5 %.
    const { id } = await issuedFor(billing, client, { lines: mixed })
    const payment = await paid(client, id, 1_000)
    const first = [
      { basisPoints: 2_000, amountCents: 363 },
      { basisPoints: 550, amountCents: 637 },
    ]
    expect(await rates(id)).toEqual([first])
    // Line 2 is taken back: what is left is 12,00 € at 20 %, and 2,00 € of them are still owed.
    await credited(id, [2])
    const moved = [
      { basisPoints: 2_000, amountCents: 637 },
      { basisPoints: 550, amountCents: -637 },
    ]
    expect(await rates(id)).toEqual([first, moved])
    expect(await owed(id)).toEqual(['unpaid', 200])
    await paid(client, id, 200)
    expect(await rates(id)).toEqual([first, moved, [{ basisPoints: 2_000, amountCents: 200 }]])
    await billing.call(reversePayment, { params: { id: payment.id }, body: { reason: 'Erreur' } })
    expect((await rates(id)).at(-1)).toEqual([{ basisPoints: 2_000, amountCents: -1_000 }])
  })

  test('is nothing where a credit note paid it all, nor when that is given elsewhere', async () => {
    const client = await billableClient(server.db, 'Anne Créditée')
    const { id } = await issuedFor(billing, client, { lines: mixed })
    const note = await credited(id)
    expect(await owed(id)).toEqual(['credited', 0])
    await billing.call(allocateCreditNote, { params: { id: note }, body: { allocations: [] } })
    expect(await owed(id)).toEqual(['unpaid', 3_310])
    expect(await rates(id)).toEqual([])
  })
})

test('a payment that was partly sent back is taken back whole as a mistake: what was sent is the client’s debt', async () => {
  const client = await told.client('Iris Collin')
  const invoice = await told.invoice(client, { on: '2026-10-01', due: '2099-01-01' })
  const { id } = await billing.call(recordPaymentByHand, {
    body: {
      ...transfer,
      clientId: client,
      amountCents: 5_800,
      allocations: [{ invoiceId: invoice, amountCents: 2_900 }],
    },
  })
  await billing.call(refundClient, {
    body: { from: { paymentId: id }, amountCents: 2_000, sentOn: '2026-11-02', method: 'transfer' },
  })
  const reversal = await billing.call(reversePayment, { params: { id }, body: { reason: 'Autre client' } })
  expect(reversal).toMatchObject({ amountCents: -5_800, why: 'mistake' })
  expect(await owed(invoice)).toEqual(['unpaid', 2_900])
  expect(await account(client)).toMatchObject({ owedCents: 2_900, creditCents: -2_000, payments: [] })
  const nothing = { params: { id }, body: { allocations: [] } }
  expect((await billing.refused(allocatePayment, nothing)).code).toBe('payment_taken_back')
})
