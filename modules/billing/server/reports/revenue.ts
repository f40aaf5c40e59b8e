/** Opening + invoiced - credited - collected = due: for each month, for the year, and for now from the other side. */
import { Readable } from 'node:stream'
import { exportRevenueReport, getRevenueReport, type RevenueReport } from '#contract/billing'
import { attachment } from '#platform/server/attachment.ts'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import { handle, Stream, type Handler } from '#platform/server/requests.ts'
import { monthAfter } from '../accounting/months.ts'
import { euros } from '../euros.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import {
  balanceBefore,
  documentsByMonth,
  leftNow,
  paymentsByMonth,
  plansOfYear,
  vatOfYear,
  yearsOfBooks,
} from './queries.ts'

type Db = Parameters<typeof documentsByMonth>[0] & Parameters<typeof mainCompany>[0]

export const reportHandlers = ({ sentences }: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(getRevenueReport, (ctx, { query }) => revenueOf(ctx.db, ctx.clock, query.year)),

  handle(exportRevenueReport, async (ctx, { query }) => {
    const report = await revenueOf(ctx.db, ctx.clock, query.year)
    const say = (key: string) => sentences.say(ctx.request.language, `billing.reports.csv.${key}`)
    ctx.record({ object: 'revenue_report', count: report.months.length, after: { year: report.year } })
    const lines = [headings.map(say), ...report.months.map(cellsOf)]
    return new Stream(Readable.from([byteOrderMark, ...lines.map((line) => csvLine(line))]), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachment(`${say('file')}-${report.year}.csv`),
    })
  }),
]

const headings = [
  'month',
  'invoices',
  'invoicedExcl',
  'invoicedVat',
  'invoicedIncl',
  'creditNotes',
  'creditedExcl',
  'creditedVat',
  'creditedIncl',
  'netExcl',
  'collected',
  'due',
] as const

type MonthRow = RevenueReport['months'][number]

const cellsOf = ({
  month,
  invoiced,
  credited,
  netExclCents,
  collectedCents,
  dueCents,
}: MonthRow): string[] => [
  month,
  String(invoiced.count),
  ...[invoiced.exclCents, invoiced.vatCents, invoiced.inclCents].map(euros),
  String(credited.count),
  ...[credited.exclCents, credited.vatCents, credited.inclCents, netExclCents, collectedCents, dueCents].map(
    euros,
  ),
]

const none = { count: 0, exclCents: 0, vatCents: 0, inclCents: 0 }

/** @param wanted a year; undefined: the running one */
export async function revenueOf(db: Db, clock: Clock, wanted?: number): Promise<RevenueReport> {
  const now = clock.now()
  const today = dayOf(now)
  const year = wanted ?? Number(today.slice(0, 4))
  const { id: companyId } = await mainCompany(db)
  const [documents, payments, openingCents, rates, plans, left, years] = await Promise.all([
    documentsByMonth(db, companyId, year),
    paymentsByMonth(db, companyId, year),
    balanceBefore(db, companyId, year),
    vatOfYear(db, companyId, year),
    plansOfYear(db, companyId, year),
    leftNow(db, companyId),
    yearsOfBooks(db, companyId),
  ])
  const months: MonthRow[] = []
  let dueCents = openingCents
  const last = `${year}-12` < today.slice(0, 7) ? `${year}-12` : today.slice(0, 7)
  for (let month = `${year}-01`; month <= last; month = monthAfter(month)) {
    const of = (kind: string) => documents.find((row) => row.month === month && row.kind === kind)
    const { month: _, kind: __, ...invoiced } = of('invoice') ?? { month, kind: '', ...none }
    const taken = of('credit_note') ?? none
    const credited = {
      count: taken.count,
      exclCents: 0 - taken.exclCents,
      vatCents: 0 - taken.vatCents,
      inclCents: 0 - taken.inclCents,
    }
    const money = payments.find((row) => row.month === month)
    dueCents += invoiced.inclCents - credited.inclCents - (money?.cents ?? 0)
    months.push({
      month,
      invoiced,
      credited,
      netExclCents: invoiced.exclCents - credited.exclCents,
      collectedCents: money?.cents ?? 0,
      payments: money?.count ?? 0,
      dueCents,
    })
  }
  const balance = await balanceBefore(db, companyId, 2200)
  const dueNow = left.outstandingCents - left.creditNotesCents - left.availableCents
  return {
    year,
    years: years.includes(year) ? years : [year, ...years].toSorted((one, other) => other - one),
    asOf: now.toISOString(),
    openingCents,
    months,
    rates,
    plans,
    proof: { ...left, dueCents: balance, differenceCents: balance - dueNow },
  }
}
