/** What a period's report says (flow 10), in whole cents that add up to the documents and payments behind them. */
import type { PlatformReport } from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { settingsOn } from '../settings/in-force.ts'
import type { Period } from './periods.ts'
import { invoicesAbroad, paidFor, salesOf } from './report-queries.ts'

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
    payments: period.contains === 'sales' ? null : byDay(await paidFor(db, span)),
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

type Paid = Awaited<ReturnType<typeof paidFor>>[number]

function byDay(rows: readonly Paid[]): NonNullable<PlatformReport['payments']> {
  const days = new Map<string, Map<number, number>>()
  for (const { day, amountCents, rates } of rows) {
    const sums = days.get(day) ?? new Map<number, number>()
    for (const part of perRate(amountCents, rates))
      sums.set(part.basisPoints, (sums.get(part.basisPoints) ?? 0) + part.amountCents)
    days.set(day, sums)
  }
  return [...days].map(([day, sums]) => ({
    day,
    rates: [...sums]
      .map(([basisPoints, amountCents]) => ({ basisPoints, amountCents }))
      .toSorted((one, other) => other.basisPoints - one.basisPoints),
  }))
}

/**
 * A payment of part of a document pays each rate by what it weighs, including VAT; the last rate takes what rounding left.
 * @returns cents that add up to the amount
 */
export function perRate(
  amountCents: number,
  rates: readonly { basisPoints: number; inclCents: number }[],
): { basisPoints: number; amountCents: number }[] {
  const total = rates.reduce((sum, { inclCents }) => sum + inclCents, 0)
  let left = amountCents
  return rates.map(({ basisPoints, inclCents }, index) => {
    const share =
      index === rates.length - 1 || total === 0 ? left : Math.round((amountCents * inclCents) / total)
    left -= share
    return { basisPoints, amountCents: share }
  })
}
