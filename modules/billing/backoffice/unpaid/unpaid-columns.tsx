import type { UnpaidInvoice } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'

export function columnsFor(t: Translate, formats: Formats): Column<UnpaidInvoice>[] {
  return [
    {
      id: 'client',
      header: t('billing.client'),
      width: 200,
      grow: true,
      cell: ({ client, number }) => (
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium">
            {client.firstName} {client.lastName}
          </span>
          <span className="truncate text-12 text-ink-muted tabular-nums">{number}</span>
        </span>
      ),
    },
    {
      id: 'dueOn',
      header: t('billing.due-on'),
      width: 104,
      importance: 3,
      cell: ({ dueOn }) => <DateText value={dueOn} />,
    },
    {
      id: 'daysLate',
      header: t('billing.days-late'),
      width: 100,
      align: 'end',
      sortable: true,
      cell: ({ daysLate }) => (
        <span className="font-medium text-danger-ink tabular-nums">
          {t('billing.days', { count: daysLate, shown: formats.integer(daysLate) })}
        </span>
      ),
    },
    {
      id: 'outstanding',
      header: t('billing.outstanding'),
      width: 120,
      align: 'end',
      sortable: true,
      cell: ({ outstandingCents, inclCents }) => (
        <span className="flex flex-col items-end">
          <span className="font-medium">
            <Money cents={outstandingCents} />
          </span>
          {outstandingCents !== inclCents && (
            <span className="text-12 text-ink-muted">
              {t('billing.of-total', { total: formats.money(inclCents) })}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'last',
      header: t('billing.unpaid.last'),
      width: 130,
      importance: 2,
      cell: ({ lastLetter }) =>
        lastLetter ? (
          <span className="flex flex-col">
            <span>{t('billing.settings.dunning.step', { step: lastLetter.step })}</span>
            <span className="text-12 text-ink-muted">
              <DateText value={lastLetter.sentAt} />
            </span>
          </span>
        ) : (
          <span className="text-ink-muted">{t('billing.unpaid.never')}</span>
        ),
    },
    {
      id: 'next',
      header: t('billing.unpaid.next'),
      width: 170,
      card: 'aside',
      cell: (row) => <Next {...row} t={t} />,
    },
  ]
}

function Next({ withheld, next, ready, pause, t }: UnpaidInvoice & { t: Translate }) {
  if (withheld)
    return (
      <span className="flex min-w-0 flex-col items-start">
        <Badge tone={withheld === 'no_email' || withheld === 'refused' ? 'danger' : 'neutral'}>
          {t(`billing.unpaid.withheld.${withheld}`)}
        </Badge>
        {pause?.untilOn && (
          <span className="text-12 text-ink-muted">
            {t('billing.unpaid.until')} <DateText value={pause.untilOn} />
          </span>
        )}
      </span>
    )
  if (!next) return null
  return ready ? (
    <Badge tone="warning">{t('billing.unpaid.ready', { step: next.step })}</Badge>
  ) : (
    <span className="flex flex-col">
      <span>{t('billing.settings.dunning.step', { step: next.step })}</span>
      <span className="text-12 text-ink-muted">
        <DateText value={next.on} />
      </span>
    </span>
  )
}
