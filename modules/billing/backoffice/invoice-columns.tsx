import type { InvoiceSummary } from '#contract/billing'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { clientName, invoiceName } from './invoice-name.ts'
import { StateBadge } from './state-badge.tsx'

export function columnsFor(t: Translate, formats: Formats): Column<InvoiceSummary>[] {
  return [
    {
      id: 'number',
      header: t('billing.number'),
      width: 150,
      sortable: true,
      cell: (row) => <span className="font-medium tabular-nums">{invoiceName(row, t)}</span>,
    },
    {
      id: 'client',
      header: t('billing.client'),
      width: 180,
      grow: true,
      cell: clientName,
    },
    {
      id: 'state',
      header: t('billing.state'),
      width: 120,
      card: 'aside',
      cell: (row) => <StateBadge {...row} />,
    },
    {
      id: 'issuedOn',
      header: t('billing.issued-on'),
      width: 104,
      importance: 3,
      sortable: true,
      card: 'none',
      cell: (row) => <DateText value={row.issuedOn} />,
    },
    {
      id: 'dueOn',
      header: t('billing.due-on'),
      width: 104,
      importance: 2,
      sortable: true,
      cell: (row) => <DateText value={row.dueOn} />,
    },
    {
      id: 'daysLate',
      header: t('billing.days-late'),
      width: 96,
      importance: 2,
      align: 'end',
      cell: (row) =>
        row.daysLate > 0 ? (
          <span className="font-medium text-danger-ink">
            {t('billing.days', { count: row.daysLate, shown: formats.integer(row.daysLate) })}
          </span>
        ) : (
          <span className="text-ink-muted">{MISSING}</span>
        ),
    },
    {
      id: 'total',
      header: t('billing.total-incl'),
      width: 112,
      align: 'end',
      sortable: true,
      cell: (row) => <Money cents={row.inclCents} />,
    },
    {
      id: 'outstanding',
      header: t('billing.outstanding'),
      width: 116,
      importance: 2,
      align: 'end',
      cell: (row) =>
        row.outstandingCents === 0 ? (
          <span className="text-ink-muted">
            <Money cents={0} />
          </span>
        ) : (
          <span className="font-medium">
            <Money cents={row.outstandingCents} />
          </span>
        ),
    },
  ]
}
