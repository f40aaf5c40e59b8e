/** What a period's report says (flow 10), in whole cents that add up to the documents and payments behind them. */
import type { PlatformReport } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { perRate, type RatePart } from '../payments/per-rate.ts'
import { settingsOn } from '../settings/in-force.ts'
import type { Period } from './periods.ts'
import { invoicesAbroad, paidFor, reportedPayments, salesOf, type PaidPart } from './report-queries.ts'

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
 * Each payment counts once, on the day it was received. What was given to an invoice after the report of that day, or taken from it
 * again, stands in the next one under its own day: the difference to what was told.
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
  for (const { day, ...part } of sharesOf(await paidFor(db, companyId, spans))) add(day, part)
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

/** All that a document was paid by gives each rate what it weighs, to the cent, however many payments there were. */
function sharesOf(parts: readonly PaidPart[]): (RatePart & { day: string })[] {
  const before = new Map<string, { cents: number; shares: RatePart[] }>()
  return parts.flatMap(({ day, invoiceId, cents, rates }) => {
    const was = before.get(invoiceId) ?? { cents: 0, shares: [] }
    const now = { cents: was.cents + cents, shares: perRate(was.cents + cents, rates) }
    before.set(invoiceId, now)
    return now.shares.map(({ basisPoints, amountCents }, index) => ({
      day,
      basisPoints,
      amountCents: amountCents - (was.shares[index]?.amountCents ?? 0),
    }))
  })
}
