import { clientStatuses, subscriptionStatuses, type Dashboard } from '#contract/dashboard'
import { clientLines, invoiceLines, lateLines, payerLines } from './lines.ts'
import { daysBetween, monthsLater, periodOf, sameDayOf, type Period } from './periods.ts'
import type { Days, SumRow } from './queries.ts'

type Sum = { count: number; cents: number }
type Figures = Omit<Dashboard, 'asOf' | 'provenAt' | 'disprovenAt'>

/** The rules of each figure stand in the module's README. @param today the day in Paris, never before the month */
export function plan(month: string, today: string) {
  const period = periodOf(month, today)
  const last = periodOf(monthsLater(month, -1), today)
  const beforeLast = periodOf(monthsLater(month, -2), today)
  const shownMonths = Array.from({ length: 6 }, (_, index) => monthsLater(month, index - 5))
  const soFarTo = period.isOver ? last.to : sameDayOf(last.month, period.until)
  const days: Days = {
    today,
    revenueFrom: `${monthsLater(month, -17)}-01`,
    revenueTo: period.to,
    soFarFrom: last.from,
    soFarTo,
    payingOn: [period.until, last.until, beforeLast.until],
  }
  return { today, period, last, beforeLast, shownMonths, soFarTo, days }
}

export function figure(planned: ReturnType<typeof plan>, rows: readonly SumRow[]): Figures {
  const { today, period, last, beforeLast, shownMonths, soFarTo } = planned
  const sums = new Map(
    rows.map(({ figure: name, part, count, cents }) => [`${name} ${part}`, { count, cents }]),
  )
  const sum = (name: string, part: string): Sum => sums.get(`${name} ${part}`) ?? { count: 0, cents: 0 }
  const only = (name: string) => rows.find((row) => row.figure === name)?.part ?? null

  function revenue(part: string, filter: { issuedIn: string; issuedUntil?: string }) {
    const { count: documents, cents: exclCents } = sum('revenue_excl', part)
    return { exclCents, inclCents: sum('revenue_incl', part).cents, documents, lines: invoiceLines(filter) }
  }
  const revenueOf = (month: string) => revenue(month, { issuedIn: month })

  function mrr(on: string) {
    const { count: subscriptions, cents } = less(sum('mrr_gained', on), sum('mrr_lost', on))
    return {
      on,
      cents: cents + sum('mrr_changed', on).cents,
      subscriptions,
      lines: payerLines({ payingOn: on }),
    }
  }
  function began(during: Period, before: Period) {
    const { count, cents } = less(sum('mrr_gained', during.until), sum('mrr_gained', before.until))
    return { count, monthlyCents: cents, lines: payerLines({ startedPaying: during.month }) }
  }
  function stopped(during: Period, before: Period) {
    const { count, cents } = less(sum('mrr_lost', during.until), sum('mrr_lost', before.until))
    const rate = share(count, mrr(before.until).subscriptions)
    return { count, monthlyCents: cents, rate, lines: payerLines({ stoppedPaying: during.month }) }
  }

  const thisMonth = revenueOf(period.month)
  const lastMonth = unlessEmpty(revenueOf(last.month))
  const soFar = unlessEmpty(revenue('so_far', { issuedIn: last.month, issuedUntil: soFarTo }))
  const mrrNow = mrr(period.until)
  const mrrBefore = mrr(last.until)
  const { rate: lastRate, ...lastChurn } = stopped(last, beforeLast)
  const byStatus = clientStatuses.map((status) => ({
    status,
    count: sum('clients', status).count,
    lines: clientLines({ status }),
  }))
  const overdue = sum('unpaid', 'overdue')
  const toCome = sum('unpaid', 'to_come')
  const oldestDueOn = only('oldest_due')
  const oldestDaysLate = oldestDueOn === null ? 0 : Math.max(0, daysBetween(oldestDueOn, today))

  return {
    today,
    month: period.month,
    monthIsOver: period.isOver,
    lastMonth: last.month,
    firstMonth: only('first_month'),
    revenue: {
      ...thisMonth,
      lastMonth,
      lastMonthSoFar: period.isOver || soFar === null ? null : { ...soFar, until: soFarTo },
      change: change(thisMonth.exclCents, (period.isOver ? lastMonth : soFar)?.exclCents),
    },
    mrr: {
      ...mrrNow,
      lastMonth: mrrBefore.subscriptions === 0 ? null : mrrBefore,
      change: change(mrrNow.cents, mrrBefore.cents),
    },
    clients: {
      total: byStatus.reduce((total, { count }) => total + count, 0),
      lines: clientLines({}),
      byStatus,
    },
    newClients: { ...began(period, last), lastMonth: began(last, beforeLast) },
    churn: {
      ...stopped(period, last),
      base: { on: last.until, count: mrrBefore.subscriptions, lines: mrrBefore.lines },
      lastMonth: { ...lastChurn, rate: lastRate },
    },
    unpaid: {
      count: overdue.count + toCome.count,
      cents: overdue.cents + toCome.cents,
      oldestDueOn,
      oldestDaysLate,
      lines: invoiceLines({ state: 'unpaid' }),
    },
    overdue: {
      ...overdue,
      oldestDueOn: oldestDaysLate > 0 ? oldestDueOn : null,
      oldestDaysLate,
      lines: lateLines,
    },
    revenueByMonth: shownMonths.map((month) => {
      const yearBefore = unlessEmpty(revenueOf(monthsLater(month, -12)))
      return {
        ...inBar(month, revenueOf(month)),
        yearBefore: yearBefore && inBar(monthsLater(month, -12), yearBefore),
      }
    }),
    subscriptions: subscriptionStatuses.map((status) => {
      const { count, cents } = sum('subscriptions', status)
      return { status, count, monthlyCents: cents, lines: payerLines({ subscription: status }) }
    }),
  }
}

const less = (one: Sum, other: Sum): Sum => ({
  count: one.count - other.count,
  cents: one.cents - other.cents,
})

/** A month in which nothing was issued is no base to compare with. */
const unlessEmpty = <Revenue extends { documents: number }>(revenue: Revenue): Revenue | null =>
  revenue.documents === 0 ? null : revenue

const inBar = (
  month: string,
  {
    exclCents,
    documents,
    lines,
  }: Pick<Dashboard['revenueByMonth'][number], 'exclCents' | 'documents' | 'lines'>,
) => ({ month, exclCents, documents, lines })

/** Basis points, rounded; null without a base to compare with. */
export function change(now: number, before: number | undefined): number | null {
  return before === undefined || before === 0
    ? null
    : Math.round(((now - before) * 10_000) / Math.abs(before))
}

function share(part: number, base: number): number | null {
  return base === 0 ? null : Math.round((part * 10_000) / base)
}
