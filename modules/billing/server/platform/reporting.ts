/** What a period's report says (flow 10), in whole cents that add up to the documents and payments behind them. */
import type { PlatformReport } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { collectedOf, moneyOf, ratesAsked } from '../payments/collected.ts'
import type { RatePart } from '../payments/per-rate.ts'
import { settingsOn } from '../settings/in-force.ts'
import type { Period } from './periods.ts'
import { invoicesAbroad, invoicesPaid, reportedPayments, salesOf } from './report-queries.ts'

export async function reportOf(db: CentralDb, companyId: string, period: Period): Promise<PlatformReport> {
  const span = { companyId, from: period.from, until: period.until }
  const settings = await settingsOn(db, companyId, period.until)
  const sales = period.contains !== 'payments'
  const onDebits = settings.vat?.onDebits ?? false
  return {
    from: period.from,
    until: period.until,
    siren: settings.identity?.siren ?? '',
    onDebits,
    currency: 'EUR',
    sales: sales ? grouped(await salesOf(db, span)) : null,
    invoices: sales ? await invoicesAbroad(db, span) : null,
    payments: period.contains === 'sales' ? null : await paymentsOf(db, companyId, period),
  }
}

type Sale = Awaited<ReturnType<typeof salesOf>>[number]

function grouped(rows: readonly Sale[]): NonNullable<PlatformReport['sales']> {
  const groups = new Map<string, NonNullable<PlatformReport['sales']>[number]>()
  for (const { day, category, transactions, basisPoints, exclCents, vatCents } of rows) {
    const key = `${day} ${category}`
    const group = groups.get(key) ?? { day, category, transactions, exclCents: 0, vatCents: 0, rates: [] }
    group.exclCents += exclCents
    group.vatCents += vatCents
    group.rates.push({ basisPoints, exclCents, vatCents })
    groups.set(key, group)
  }
  return [...groups.values()]
}

/**
 * Each payment counts once, on the day it was received. What was given to an invoice after the report of that day, taken from it
 * again or moved to another rate by a credit note, stands in the next one under its own day: the difference to what was told.
 */
async function paymentsOf(
  db: CentralDb,
  companyId: string,
  { from, until }: Period,
): Promise<NonNullable<PlatformReport['payments']>> {
  const reported = await reportedPayments(db, companyId)
  const earlier = reported.filter((one) => one.until < from)
  const spans = [{ from, until }, ...earlier.map((one) => ({ from: one.from, until: one.until }))]
  const isConcerned = (day: string) => spans.some((span) => span.from <= day && day <= span.until)
  const sums = new Map<string, Map<number, number>>()
  const add = (day: string, { basisPoints, amountCents }: RatePart) => {
    if (!isConcerned(day)) return
    const rates = sums.get(day) ?? new Map<number, number>()
    rates.set(basisPoints, (rates.get(basisPoints) ?? 0) + amountCents)
    sums.set(day, rates)
  }
  const paid = await invoicesPaid(db, companyId, spans)
  for (const { day, ...part } of await sharesOf(db, paid)) add(day, part)
  for (const { payments } of reported)
    for (const { day, rates } of payments)
      for (const { basisPoints, amountCents } of rates) add(day, { basisPoints, amountCents: -amountCents })
  return [...sums]
    .map(([day, rates]) => ({
      day,
      rates: [...rates]
        .map(([basisPoints, amountCents]) => ({ basisPoints, amountCents }))
        .filter(({ amountCents }) => amountCents !== 0)
        .toSorted((one, other) => other.basisPoints - one.basisPoints),
    }))
    .filter(({ rates }) => rates.length > 0)
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
}

/** All that was collected of an invoice is what is left of each rate, to the cent, however many payments there were. */
async function sharesOf(
  db: CentralDb,
  invoiceIds: readonly string[],
): Promise<(RatePart & { day: string })[]> {
  const rates = await ratesAsked(db, invoiceIds)
  const before = new Map<string, { cents: number; shares: RatePart[] }>()
  return (await moneyOf(db, invoiceIds)).flatMap(({ family, day, cents }) => {
    const was = before.get(family) ?? { cents: 0, shares: [] }
    const now = { cents: was.cents + cents, shares: collectedOf(was.cents + cents, rates.get(family) ?? []) }
    before.set(family, now)
    return now.shares.map(({ basisPoints, amountCents }, index) => ({
      day,
      basisPoints,
      amountCents: amountCents - (was.shares[index]?.amountCents ?? 0),
    }))
  })
}
