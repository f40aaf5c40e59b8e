import type { OutputOf } from '#platform/contract/endpoint.ts'
import type { listPayments } from '#contract/fees'
import { Badge } from '#platform/ui/badge.tsx'
import type { Column } from '#platform/ui/data-table.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import type { Translate } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { paymentLook } from '../fee-words.ts'

type Row = OutputOf<typeof listPayments>['rows'][number]

/** @param rows those that are shown: the first of each day says what its day comes to */
export function paymentColumns(t: Translate, rows: readonly Row[]): Column<Row>[] {
  const firstOfDay = new Set(
    rows.filter((row, index) => rows[index - 1]?.receivedOn !== row.receivedOn).map(({ id }) => id),
  )
  return [
    {
      id: 'patient',
      header: t('fees.column.patient'),
      width: 190,
      grow: true,
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block truncate font-medium">{row.patient.name}</span>
          <span className="block truncate text-12 text-ink-muted">
            {[
              ...new Set(row.allocations.map(({ label }) => t('fees.due.label', { label: label || 'none' }))),
            ].join(', ')}
          </span>
        </span>
      ),
    },
    {
      id: 'amount',
      header: t('fees.column.amount'),
      width: 110,
      align: 'end',
      card: 'aside',
      cell: (row) => (
        <span className={row.state === 'undone' ? 'text-ink-muted line-through' : 'font-medium'}>
          <Money cents={row.cents} />
        </span>
      ),
    },
    {
      id: 'on',
      header: t('fees.column.on'),
      width: 150,
      cell: (row) => (
        <span className="block">
          <DateText value={row.receivedOn} />
          {firstOfDay.has(row.id) && (
            <span className="block text-12 whitespace-nowrap text-ink-muted">
              {t.rich('fees.payment.of-day', { amount: <Money cents={row.dayCents} /> })}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'method',
      header: t('fees.column.method'),
      width: 130,
      cell: (row) => t(`fees.method.${row.method}`),
    },
    {
      id: 'state',
      header: t('fees.column.state'),
      width: 190,
      importance: 2,
      cell: (row) => {
        const { word, tone } = paymentLook(row)
        return <Badge tone={tone}>{t(word)}</Badge>
      },
    },
    {
      id: 'reference',
      header: t('fees.column.reference'),
      width: 120,
      importance: 4,
      card: 'none',
      cell: (row) => <span className="block truncate">{row.reference}</span>,
    },
    {
      id: 'by',
      header: t('fees.column.by'),
      width: 150,
      importance: 5,
      card: 'none',
      cell: (row) => row.recordedBy,
    },
  ]
}
