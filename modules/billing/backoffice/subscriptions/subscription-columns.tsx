import type { SubscriptionSummary } from '#contract/billing'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { SubscriptionBadge } from './status-badge.tsx'

export function subscriptionColumns(t: Translate, formats: Formats): Column<SubscriptionSummary>[] {
  return [
    {
      id: 'client',
      header: t('billing.client'),
      width: 200,
      grow: true,
      sortable: true,
      cell: ({ client }) => (
        <span className="font-medium">{`${client.firstName} ${client.lastName}`.trim()}</span>
      ),
    },
    {
      id: 'status',
      header: t('billing.state'),
      width: 110,
      card: 'aside',
      cell: ({ status }) => <SubscriptionBadge status={status} />,
    },
    {
      id: 'plan',
      header: t('billing.subscriptions.plan'),
      width: 150,
      cell: ({ plan, intervalMonths }) =>
        `${plan.name} · ${t('billing.subscriptions.every', { months: intervalMonths })}`,
    },
    {
      id: 'nextPeriodOn',
      header: t('billing.subscriptions.next'),
      width: 164,
      importance: 2,
      sortable: true,
      cell: ({ nextPeriodOn, cancelOn, resumesOn }) =>
        nextPeriodOn ? (
          <DateText value={nextPeriodOn} />
        ) : cancelOn ? (
          <span className="text-warning-ink">
            {t('billing.subscriptions.ends', { day: formats.day(cancelOn) })}
          </span>
        ) : resumesOn ? (
          <span className="text-ink-muted">
            {t('billing.subscriptions.resumes', { day: formats.day(resumesOn) })}
          </span>
        ) : (
          <span className="text-ink-muted">{MISSING}</span>
        ),
    },
    {
      id: 'startedOn',
      header: t('billing.subscriptions.started-on'),
      width: 116,
      importance: 3,
      sortable: true,
      card: 'none',
      cell: (row) => <DateText value={row.startedOn} />,
    },
    {
      id: 'monthly',
      header: t('billing.subscriptions.monthly'),
      width: 136,
      align: 'end',
      sortable: true,
      cell: (row) => <Money cents={row.monthlyCents} />,
    },
  ]
}
