import type { Dashboard } from '#contract/dashboard'
import { type KpiDetail, KpiCard } from '#platform/ui/kpi-card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { linesTo } from './lines.ts'
import { useComparisons } from './comparing.ts'
import { useToday } from './today.ts'

/** The six figures of a month, each with what it is compared with and the way to its lines. */
export function KpiCards({ dashboard }: { dashboard: Dashboard }) {
  const t = useMessages()
  const formats = useFormats()
  const ofToday = useToday(dashboard)
  const against = useComparisons(dashboard)
  const { revenue, mrr, clients, newClients, churn, unpaid, overdue } = dashboard
  const lastRevenue = revenue.lastMonthSoFar ?? revenue.lastMonth
  const statuses = clients.byStatus.filter(({ status }) => status !== 'active')
  const active = clients.byStatus.find(({ status }) => status === 'active')
  return (
    <>
      <KpiCard
        label={t('dashboard.revenue')}
        value={formats.money(revenue.exclCents)}
        unit={t('dashboard.excl')}
        to={linesTo(revenue.lines)}
        change={{ ratio: ratio(revenue.change), against: against.revenue, better: 'up' }}
        details={[
          {
            label: t('dashboard.incl'),
            value: formats.money(revenue.inclCents),
            to: linesTo(revenue.lines),
          },
          ...some(lastRevenue, (last) => ({
            label: against.revenueMonth,
            value: formats.money(last.exclCents),
            to: linesTo(last.lines),
          })),
        ]}
      />
      <KpiCard
        label={t('dashboard.mrr')}
        value={formats.money(mrr.cents)}
        unit={t('dashboard.excl')}
        to={linesTo(mrr.lines)}
        change={{ ratio: ratio(mrr.change), against: against.mrr, better: 'up' }}
        details={[
          {
            label: t('dashboard.paying', { count: mrr.subscriptions }),
            value: formats.integer(mrr.subscriptions),
            to: linesTo(mrr.lines),
          },
          ...some(mrr.lastMonth, (last) => ({
            label: against.mrrDay,
            value: formats.money(last.cents),
            to: linesTo(last.lines),
          })),
        ]}
      />
      <KpiCard
        label={ofToday(t('dashboard.clients'))}
        value={formats.integer(active?.count ?? 0)}
        unit={t('dashboard.clients.active', { count: active?.count ?? 0 })}
        to={linesTo((active ?? clients).lines)}
        details={[
          ...statuses.map(({ status, count, lines }) => ({
            label: t(`dashboard.clients.${status}`, { count }),
            value: formats.integer(count),
            to: linesTo(lines),
          })),
          {
            label: t('dashboard.clients.total'),
            value: formats.integer(clients.total),
            to: linesTo(clients.lines),
          },
        ]}
      />
      <KpiCard
        label={t('dashboard.new-clients')}
        value={formats.integer(newClients.count)}
        to={linesTo(newClients.lines)}
        details={[
          {
            label: t('dashboard.monthly'),
            value: formats.money(newClients.monthlyCents),
            to: linesTo(newClients.lines),
          },
          {
            label: against.month,
            value: formats.integer(newClients.lastMonth.count),
            to: linesTo(newClients.lastMonth.lines),
          },
        ]}
      />
      <KpiCard
        label={t('dashboard.churn')}
        value={formats.integer(churn.count)}
        to={linesTo(churn.lines)}
        details={[
          {
            label: t('dashboard.churn.of', {
              count: churn.base.count,
              shown: formats.integer(churn.base.count),
            }),
            value: formats.rate(churn.rate),
            to: linesTo(churn.base.lines),
          },
          {
            label: t('dashboard.monthly'),
            value: formats.money(0 - churn.monthlyCents),
            to: linesTo(churn.lines),
          },
          {
            label: against.month,
            value: formats.integer(churn.lastMonth.count),
            to: linesTo(churn.lastMonth.lines),
          },
        ]}
      />
      <KpiCard
        label={ofToday(t('dashboard.unpaid'))}
        value={formats.money(unpaid.cents)}
        unit={t('dashboard.incl')}
        to={linesTo(unpaid.lines)}
        details={[
          {
            label: t('dashboard.invoices', { count: unpaid.count }),
            value: formats.integer(unpaid.count),
            to: linesTo(unpaid.lines),
          },
          {
            label: t('dashboard.unpaid.overdue'),
            value: t('dashboard.unpaid.of', { shown: formats.integer(overdue.count) }),
            to: linesTo(overdue.lines),
          },
          ...some(overdue.count > 0 ? overdue : null, (late) => ({
            label: t('dashboard.unpaid.oldest', { count: late.oldestDaysLate }),
            value: formats.integer(late.oldestDaysLate),
            to: linesTo(late.lines),
          })),
        ]}
      />
    </>
  )
}

function ratio(basisPoints: number | null): number | null {
  return basisPoints === null ? null : basisPoints / 10_000
}

function some<Value>(value: Value | null, detail: (value: Value) => KpiDetail): KpiDetail[] {
  return value === null ? [] : [detail(value)]
}
