/**
 * Months that are over (CGI art. 286 I 3° bis: closings with cumulated totals, chained). A closing says what was issued and received
 * in its month and since the beginning, and where the chains of the documents stood.
 */
import { createHash } from 'node:crypto'
import {
  accountingMonthClosed,
  closeMonth,
  listAccountingMonths,
  monthStillOpen,
  type AccountingMonth,
} from '#contract/billing'
import { canonicalJson } from '#server/audit'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { mainCompany } from '../settings/in-force.ts'
import {
  chainHeads,
  closingsOf,
  holdClosings,
  insertClosing,
  totalsByMonth,
  type MonthTotals,
} from './queries.ts'
import { lastDayOf, monthAfter } from './months.ts'

export const closingHandlers: readonly Handler[] = [
  handle(listAccountingMonths, async (ctx) => {
    const rows = await monthsOf(ctx.db, dayOf(ctx.clock.now()))
    const years = [...new Set(rows.map(({ month }) => Number(month.slice(0, 4))))]
    return { rows, years }
  }),

  handle(closeMonth, async (ctx, { params: { month } }) => {
    const today = dayOf(ctx.clock.now())
    const { id: companyId } = await mainCompany(ctx.db)
    await holdClosings(ctx.db, companyId)
    const wanted = found((await monthsOf(ctx.db, today)).find((one) => one.month === month))
    if (wanted.closing) throw refuse(accountingMonthClosed)
    if (!wanted.mayClose) throw refuse(monthStillOpen)
    const previous = (await closingsOf(ctx.db, companyId)).at(-1)
    const chains = (await chainHeads(ctx.db, companyId, lastDayOf(month))).map(
      ({ series, position, number, sha256 }) => ({
        series,
        position,
        number,
        sha256: sha256.toString('hex'),
      }),
    )
    const totals = { month, totals: wanted.totals, soFar: wanted.soFar, chains }
    const previousSha256 = previous?.sha256 ?? nothingBefore
    const sha256 = closingHash(previousSha256, totals)
    await insertClosing(ctx.db, {
      companyId,
      month,
      totals,
      previousSha256,
      sha256,
      closedBy: ctx.actor.staffId,
    })
    ctx.record({
      object: 'accounting_month',
      id: month,
      after: { ...totals, sha256: sha256.toString('hex') },
    })
    return found((await monthsOf(ctx.db, today)).find((one) => one.month === month))
  }),
]

const nothingBefore = Buffer.alloc(32)

/** SHA-256(previous || canonical JSON of the totals). */
export const closingHash = (previous: Buffer, totals: unknown): Buffer =>
  createHash('sha256').update(previous).update(canonicalJson(totals)).digest()

/** The latest first; months without anything are months all the same. */
async function monthsOf(
  db: Parameters<typeof totalsByMonth>[0] & Parameters<typeof mainCompany>[0],
  today: string,
) {
  const { id: companyId } = await mainCompany(db)
  const [known, closings] = await Promise.all([totalsByMonth(db, companyId), closingsOf(db, companyId)])
  const first = known[0]?.month
  if (first === undefined) return []
  const byMonth = new Map(known.map(({ month, ...totals }) => [month, totals]))
  const closed = new Map(closings.map((closing) => [closing.month, closing]))
  const rows: AccountingMonth[] = []
  let soFar = nothing
  let allClosed = true
  for (let month = first; month <= today.slice(0, 7); month = monthAfter(month)) {
    const totals = byMonth.get(month) ?? nothing
    soFar = added(soFar, totals)
    const closing = closed.get(month)
    rows.push({
      month,
      totals,
      soFar,
      closing: closing
        ? { at: closing.closedAt.toISOString(), by: closing.closedBy, sha256: closing.sha256.toString('hex') }
        : null,
      mayClose: !closing && allClosed && lastDayOf(month) < today,
    })
    allClosed &&= closing !== undefined
  }
  return rows.toReversed()
}

const nothing: MonthTotals = {
  invoices: 0,
  creditNotes: 0,
  exclCents: 0,
  vatCents: 0,
  inclCents: 0,
  collectedCents: 0,
}

const added = (one: MonthTotals, other: MonthTotals): MonthTotals => ({
  invoices: one.invoices + other.invoices,
  creditNotes: one.creditNotes + other.creditNotes,
  exclCents: one.exclCents + other.exclCents,
  vatCents: one.vatCents + other.vatCents,
  inclCents: one.inclCents + other.inclCents,
  collectedCents: one.collectedCents + other.collectedCents,
})
