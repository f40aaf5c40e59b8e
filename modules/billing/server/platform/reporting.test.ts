import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  allocateCreditNote,
  allocatePayment,
  draftCreditNote,
  finaliseInvoice,
  getReport,
  listReports,
  recordPaymentByHand,
  refundClient,
  reportPeriodWrong,
  reportSubmitted,
  submitReport,
} from '#contract/billing'
import { dayOf, systemClock } from '#platform/server/clock.ts'
import { sql } from '#platform/server/db.ts'
import {
  billableClient,
  draftFor,
  issuedFor,
  openBilling,
  privateClient,
  subscriptionLine,
} from '../../../../tests/harness/billing.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { entryLines } from '../accounting/entries.ts'
import { periodsBetween } from './periods.ts'
import { insertDeposit } from './queries.ts'
import { perRate } from '../payments/per-rate.ts'
import { reportOf } from './reporting.ts'

const server = await testServer()
const companyId = await openBilling(server.db)
const billing = await server.as('billing')
const today = dayOf(systemClock.now())

describe('periods', () => {
  test('the normal regime: sales every ten days, payments every month', () => {
    expect(periodsBetween('normal', '2028-02-01', '2028-02-29')).toEqual([
      { from: '2028-02-01', until: '2028-02-29', contains: 'payments' },
      { from: '2028-02-21', until: '2028-02-29', contains: 'sales' },
      { from: '2028-02-11', until: '2028-02-20', contains: 'sales' },
      { from: '2028-02-01', until: '2028-02-10', contains: 'sales' },
    ])
  })

  test('under 293 B: both every two months', () => {
    expect(periodsBetween('franchise', '2026-09-01', '2026-11-22')).toEqual([
      { from: '2026-11-01', until: '2026-12-31', contains: 'both' },
      { from: '2026-09-01', until: '2026-10-31', contains: 'both' },
    ])
  })

  test('every day lies in exactly one period of sales', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000 }),
        fc.constantFrom('normal' as const, 'exempt_care' as const),
        (days, regime) => {
          const day = Temporal.PlainDate.from('2024-01-01').add({ days }).toString()
          const sales = periodsBetween(regime, day, day).filter(({ contains }) => contains !== 'payments')
          expect(sales).toHaveLength(1)
        },
      ),
    )
  })
})

test('a payment of a part pays each rate by what it weighs, and no cent is lost', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.array(
        fc.record({
          basisPoints: fc.constantFrom(2_000, 1_000, 550),
          inclCents: fc.integer({ min: 0, max: 100_000 }),
        }),
        {
          minLength: 1,
        },
      ),
      (amountCents, rates) => {
        const shares = perRate(amountCents, rates)
        expect(shares.reduce((sum, share) => sum + share.amountCents, 0)).toBe(amountCents)
      },
    ),
  )
})

describe('what a period reports', () => {
  test('sales to private persons by day and rate, payments when they come, professionals in France not at all', async () => {
    const someone = await privateClient(server.db, billing)
    const practice = await billableClient(server.db, 'Mireille Thouvenin')
    const span = { from: today, until: today, contains: 'both' as const }
    const before = await reportOf(server.db, companyId, span)
    expect(before).toMatchObject({ siren: '123456782', sales: [], invoices: [], payments: [] })
    await issuedFor(billing, practice)
    await issuedFor(billing, someone)
    const mixed = await draftFor(billing, someone, {
      lines: [subscriptionLine, { ...subscriptionLine, unitPriceCents: 1_000, vatBasisPoints: 550 }],
    })
    const { id } = await billing.call(finaliseInvoice, {
      params: { id: mixed.id },
      body: { revision: mixed.revision },
    })
    await billing.call(recordPaymentByHand, {
      body: {
        clientId: someone,
        amountCents: 3_955,
        receivedOn: today,
        method: 'card',
        allocations: [{ invoiceId: id, amountCents: 3_955 }],
      },
    })
    expect(await reportOf(server.db, companyId, span)).toMatchObject({
      sales: [
        {
          day: today,
          category: 'TPS1',
          transactions: 2,
          exclCents: 2 * 2_417 + 1_000,
          vatCents: 2 * 483 + 55,
          rates: [
            { basisPoints: 2_000, exclCents: 2 * 2_417, vatCents: 2 * 483 },
            { basisPoints: 550, exclCents: 1_000, vatCents: 55 },
          ],
        },
      ],
      payments: [
        {
          day: today,
          rates: [
            { basisPoints: 2_000, amountCents: 2_900 },
            { basisPoints: 550, amountCents: 1_055 },
          ],
        },
      ],
    })
  })

  test('what is paid of a document that was credited in part pays what is left of it, as the books have it', async () => {
    const someone = await privateClient(server.db, billing, 'Jeanne Avoir')
    const span = { from: today, until: today, contains: 'payments' as const }
    const told = async () => {
      const { payments } = await reportOf(server.db, companyId, span)
      return Object.fromEntries(
        (payments ?? []).flatMap(({ rates }) =>
          rates.map(({ basisPoints, amountCents }) => [basisPoints, amountCents] as const),
        ),
      )
    }
    const before = await told()
    const more = async () => {
      const now = await told()
      return [2_000, 550].map((rate) => (now[rate] ?? 0) - (before[rate] ?? 0))
    }
    const vatDue = () =>
      Promise.all(
        ['2000', '0550'].map(async (rate) => {
          const { rows } = await sql<{ cents: number }>`
            select coalesce(sum(credit_cents - debit_cents), 0)::bigint as cents
            from (${sql.raw(entryLines({ companyId, from: `${today.slice(0, 4)}-01-01`, until: today }))}) lines
            where account = ${`44571${rate}`}`.execute(server.db)
          return rows[0]?.cents ?? 0
        }),
      )
    const dueBefore = await vatDue()
    const pay = (invoiceId: string, amountCents: number) =>
      billing.call(recordPaymentByHand, {
        body: {
          clientId: someone,
          amountCents,
          receivedOn: today,
          method: 'card',
          allocations: [{ invoiceId, amountCents }],
        },
      })
    // 12,00 € at 20 % and 21,10 € at 5,5 %.
    const { id } = await issuedFor(billing, someone, {
      lines: [
        { ...subscriptionLine, unitPriceCents: 1_000 },
        { ...subscriptionLine, unitPriceCents: 2_000, vatBasisPoints: 550 },
      ],
    })
    await pay(id, 2_000)
    expect(await more()).toEqual([725, 1_275])
    const note = await billing.call(draftCreditNote, { params: { id }, body: { positions: [2] } })
    await billing.call(finaliseInvoice, { params: { id: note.id }, body: { revision: note.revision } })
    // 8,00 € more than what is left: theirs, until they go back or elsewhere.
    expect(await more()).toEqual([1_200, 800])
    const other = await issuedFor(billing, someone, {
      lines: [{ ...subscriptionLine, unitPriceCents: 1_000 }],
    })
    await billing.call(allocateCreditNote, {
      params: { id: note.id },
      body: { allocations: [{ invoiceId: other.id, amountCents: 500 }] },
    })
    expect(await more()).toEqual([1_700, 300])
    await billing.call(refundClient, {
      body: { from: { creditNoteId: note.id }, amountCents: 300, sentOn: today, method: 'transfer' },
    })
    await pay(other.id, 700)
    expect(await more()).toEqual([2_400, 0])
    const due = await vatDue()
    expect(due.map((cents, index) => cents - (dueBefore[index] ?? 0))).toEqual([400, 0])
  })

  test('a payment once, on the day it was received, whenever it was given to an invoice', async () => {
    const someone = await privateClient(server.db, billing)
    const { id } = await issuedFor(billing, someone)
    const first = Temporal.PlainDate.from(today).with({ day: 1 })
    const span = (month: Temporal.PlainDate) => ({
      from: month.toString(),
      until: month.add({ months: 1 }).subtract({ days: 1 }).toString(),
      contains: 'payments' as const,
    })
    const past = span(first.subtract({ months: 1 }))
    const running = span(first)
    const next = span(first.add({ months: 1 }))
    const day = first.subtract({ months: 1 }).add({ days: 14 }).toString()
    const told = async (period: typeof past) =>
      (await reportOf(server.db, companyId, period)).payments?.filter((one) => one.day === day)
    const submitted = async (period: typeof past) => {
      const report = await reportOf(server.db, companyId, period)
      await insertDeposit(server.db, {
        companyId,
        flow: 'report',
        periodFrom: period.from,
        periodUntil: period.until,
        content: JSON.stringify(report),
        sha256: Buffer.alloc(32),
        platform: 'sandbox',
      })
    }
    const { id: paymentId } = await billing.call(recordPaymentByHand, {
      body: { clientId: someone, amountCents: 2_900, receivedOn: day, method: 'transfer' },
    })
    expect(await told(past)).toEqual([])
    await submitted(past)
    // Given to its invoice after the report of its day.
    const allocations = [{ invoiceId: id, amountCents: 2_900 }]
    await billing.call(allocatePayment, { params: { id: paymentId }, body: { allocations } })
    const late = [{ day, rates: [{ basisPoints: 2_000, amountCents: 2_900 }] }]
    expect(await told(running)).toEqual(late)
    await submitted(running)
    expect(await told(running)).toEqual([])
    expect(await told(next)).toEqual([])
    // And taken from it again.
    await billing.call(allocatePayment, { params: { id: paymentId }, body: { allocations: [] } })
    expect(await told(next)).toEqual([{ day, rates: [{ basisPoints: 2_000, amountCents: -2_900 }] }])
  })

  test('a period that is over is handed over once; one that runs is not', async () => {
    const { rows } = await billing.call(listReports)
    const due = rows.find(({ state }) => state === 'due')
    const open = rows.find(({ state }) => state === 'open')
    if (!due || !open) throw new Error('half a year has periods that are over, and one that runs')
    const { from, until } = due
    await expect(
      billing.call(submitReport, { body: { from: open.from, until: open.until } }),
    ).rejects.toThrow(reportPeriodWrong.code)
    expect(await billing.call(submitReport, { body: { from, until } })).toMatchObject({ state: 'waiting' })
    await expect(billing.call(submitReport, { body: { from, until } })).rejects.toThrow(reportSubmitted.code)
    expect(await billing.call(getReport, { params: { from, until } })).toMatchObject({ from, until })
    await expect(
      billing.call(getReport, { params: { from: '2026-01-02', until: '2026-01-03' } }),
    ).rejects.toThrow(reportPeriodWrong.code)
  })
})
