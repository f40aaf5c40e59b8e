import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { exportDashboard, type Dashboard } from '#contract/dashboard'
import { attachment } from '#platform/server/attachment.ts'
import { handle, Stream } from '#platform/server/requests.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import { dashboardOf, type Ask } from './reading.ts'

type Say = (key: string, values?: Record<string, string | number>) => string
type Line = {
  figure: string
  detail?: string
  period: string
  count: number
  excl?: number
  incl?: number
  percent?: number | null
}

export const exporting = (ask: Ask, sentences: Sentences) =>
  handle(exportDashboard, async (ctx, { query }) => {
    const dashboard = await dashboardOf(ask, ctx.clock, query.month)
    const say: Say = (key, values) => sentences.say(ctx.request.language, `dashboard.${key}`, values)
    const name = say('csv.file', { month: dashboard.month })
    ctx.record({ object: 'dashboard', after: { month: dashboard.month } })
    return new Stream(Readable.from([csvOf(dashboard, say)]), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': attachment(name),
    })
  })

/** As a French spreadsheet opens it by a double click: a byte order mark, semicolons, decimal commas, CRLF. */
function csvOf(dashboard: Dashboard, say: Say): string {
  const headings = ['figure', 'detail', 'period', 'count', 'excl', 'incl', 'percent'].map((column) =>
    say(`csv.${column}`),
  )
  const rows = linesOf(dashboard, say).map(({ figure, detail, period, count, excl, incl, percent }) => [
    figure,
    detail ?? '',
    period,
    count,
    ...[excl, incl, percent].map(hundredths),
  ])
  return stringify([headings, ...rows], { bom: true, delimiter: ';', record_delimiter: 'windows' })
}

function linesOf(dashboard: Dashboard, say: Say): Line[] {
  const { revenue, mrr, clients, newClients, churn, unpaid, overdue, revenueByMonth, subscriptions } =
    dashboard
  const month = inFrench(dashboard.month)
  const lastMonth = inFrench(dashboard.lastMonth)
  const today = inFrench(dashboard.today)
  const money = ({
    exclCents,
    inclCents,
    documents,
  }: {
    exclCents: number
    inclCents: number
    documents: number
  }) => ({
    count: documents,
    excl: exclCents,
    incl: inclCents,
  })
  return [
    { figure: say('revenue'), period: month, ...money(revenue), percent: revenue.change },
    ...(revenue.lastMonth
      ? [{ figure: say('revenue'), period: lastMonth, ...money(revenue.lastMonth) }]
      : []),
    ...(revenue.lastMonthSoFar
      ? [
          {
            figure: say('revenue'),
            detail: say('csv.until', { day: inFrench(revenue.lastMonthSoFar.until) }),
            period: lastMonth,
            ...money(revenue.lastMonthSoFar),
          },
        ]
      : []),
    {
      figure: say('mrr'),
      period: inFrench(mrr.on),
      count: mrr.subscriptions,
      excl: mrr.cents,
      percent: mrr.change,
    },
    ...(mrr.lastMonth
      ? [
          {
            figure: say('mrr'),
            period: inFrench(mrr.lastMonth.on),
            count: mrr.lastMonth.subscriptions,
            excl: mrr.lastMonth.cents,
          },
        ]
      : []),
    { figure: say('clients'), detail: say('clients.total'), period: today, count: clients.total },
    ...clients.byStatus.map(({ status, count }) => ({
      figure: say('clients'),
      detail: say(`clients.${status}`, { count: 2 }),
      period: today,
      count,
    })),
    { figure: say('new-clients'), period: month, count: newClients.count, excl: newClients.monthlyCents },
    {
      figure: say('new-clients'),
      period: lastMonth,
      count: newClients.lastMonth.count,
      excl: newClients.lastMonth.monthlyCents,
    },
    {
      figure: say('churn'),
      period: month,
      count: churn.count,
      excl: churn.monthlyCents,
      percent: churn.rate,
    },
    {
      figure: say('churn'),
      period: lastMonth,
      count: churn.lastMonth.count,
      excl: churn.lastMonth.monthlyCents,
      percent: churn.lastMonth.rate,
    },
    { figure: say('unpaid'), period: today, count: unpaid.count, incl: unpaid.cents },
    {
      figure: say('unpaid'),
      detail: say('unpaid.overdue'),
      period: today,
      count: overdue.count,
      incl: overdue.cents,
    },
    ...revenueByMonth
      .flatMap(({ yearBefore, ...bar }) => (yearBefore ? [yearBefore, bar] : [bar]))
      .toSorted((one, other) => one.month.localeCompare(other.month))
      .map((bar) => ({
        figure: say('revenue-chart'),
        period: inFrench(bar.month),
        count: bar.documents,
        excl: bar.exclCents,
      })),
    ...subscriptions.map(({ status, count, monthlyCents }) => ({
      figure: say('subscriptions-chart'),
      detail: say(`subscription.${status}`),
      period: today,
      count,
      excl: monthlyCents,
    })),
  ]
}

/** Cents as euros, basis points as percents: `1842050` -> `18420,50`. */
const hundredths = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : (value / 100).toFixed(2).replace('.', ',')

/** `2026-10-31` -> `31/10/2026`, `2026-10` -> `10/2026`. */
const inFrench = (date: string) => date.split('-').toReversed().join('/')
