import type { QuoteSummary } from '#contract/billing'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { clientName } from '../invoice-name.ts'
import { QuoteBadge } from './quote-badge.tsx'

export const quoteName = ({ number }: Pick<QuoteSummary, 'number'>, t: Translate): string =>
  number ?? t('billing.unnumbered.invoice')

export const columnsFor = (t: Translate): Column<QuoteSummary>[] => [
  {
    id: 'number',
    header: t('billing.number'),
    width: 150,
    cell: (row) => <span className="font-medium tabular-nums">{quoteName(row, t)}</span>,
  },
  { id: 'client', header: t('billing.client'), width: 180, grow: true, cell: clientName },
  {
    id: 'state',
    header: t('billing.state'),
    width: 120,
    card: 'aside',
    cell: (row) => <QuoteBadge state={row.state} />,
  },
  {
    id: 'issuedOn',
    header: t('billing.quote.issued-on'),
    width: 104,
    importance: 2,
    cell: (row) => <DateText value={row.issuedOn} />,
  },
  {
    id: 'validUntil',
    header: t('billing.quote.valid-until'),
    width: 128,
    importance: 2,
    cell: (row) => <DateText value={row.validUntil} />,
  },
  {
    id: 'excl',
    header: t('billing.total.excl'),
    width: 112,
    importance: 3,
    align: 'end',
    cell: (row) => <Money cents={row.exclCents} />,
  },
  {
    id: 'total',
    header: t('billing.total-incl'),
    width: 112,
    align: 'end',
    cell: (row) => <Money cents={row.inclCents} />,
  },
]
