import { Archive, Ellipsis, FileCode2, FileSpreadsheet, Lock } from 'lucide-react'
import type { AccountingExport, AccountingMonth } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { Amount, FiguresByMonth } from '../figures-by-month.tsx'
import { collectedTo, netTo } from '../reports/addresses.ts'

type MonthsListProps = {
  rows: readonly AccountingMonth[]
  onExport: (what: Exclude<AccountingExport, 'fec'>, month: string) => void
  onClose: (month: AccountingMonth) => void
}

export function MonthsList({ rows, onExport, onClose }: MonthsListProps) {
  const t = useMessages()
  const formats = useFormats()
  const mayClose = useMay()('billing.settings')
  const actions = ({ month }: AccountingMonth): MenuItem[] => [
    {
      label: t('billing.exports.entries'),
      icon: FileSpreadsheet,
      onSelect: () => onExport('entries', month),
    },
    { label: t('billing.exports.xml'), icon: FileCode2, onSelect: () => onExport('xml', month) },
    { label: t('billing.exports.archive'), icon: Archive, onSelect: () => onExport('archive', month) },
  ]
  return (
    <FiguresByMonth
      label={t('billing.exports.months')}
      rows={rows}
      state={{
        label: t('billing.exports.column.state'),
        cell: (row) => <State row={row} onClose={row.mayClose && mayClose ? () => onClose(row) : null} />,
      }}
      figures={[
        {
          id: 'documents',
          label: t('billing.exports.column.documents'),
          cell: ({ totals }) => formats.integer(totals.invoices + totals.creditNotes),
        },
        {
          id: 'excl',
          label: t('billing.exports.column.excl'),
          cell: ({ month, totals }) => <Amount cents={totals.exclCents} to={netTo(month)} />,
        },
        {
          id: 'vat',
          label: t('billing.reports.vat'),
          cell: ({ month, totals }) => <Amount cents={totals.vatCents} to={netTo(month)} />,
        },
        {
          id: 'incl',
          label: t('billing.exports.column.incl'),
          cell: ({ month, totals }) => <Amount cents={totals.inclCents} to={netTo(month)} />,
        },
        {
          id: 'collected',
          label: t('billing.exports.column.collected'),
          cell: ({ month, totals }) => <Amount cents={totals.collectedCents} to={collectedTo(month)} />,
        },
        {
          id: 'so-far',
          label: t('billing.exports.column.so-far'),
          cell: ({ soFar }) => <Money cents={soFar.exclCents} />,
        },
      ]}
      acts={{
        label: t('billing.exports.column.actions'),
        cell: (row) => (
          <Menu
            align="end"
            items={actions(row)}
            trigger={
              <IconButton
                icon={Ellipsis}
                label={t('billing.exports.actions', { month: formats.month(`${row.month}-01`) })}
              />
            }
          />
        ),
      }}
    />
  )
}

type StateProps = {
  row: AccountingMonth
  /** One month at a time can be closed, the oldest open one: it is said where it stands. */
  onClose: (() => void) | null
}

function State({ row: { closing }, onClose }: StateProps) {
  const t = useMessages()
  if (!closing)
    return (
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone="neutral">{t('billing.exports.open')}</Badge>
        {onClose && (
          <Button size="small" icon={Lock} onClick={onClose}>
            {t('billing.exports.close')}
          </Button>
        )}
      </span>
    )
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Badge tone="success">{t('billing.exports.is-closed')}</Badge>
      <span className="text-12 text-ink-muted">
        <DateText value={closing.at} />
        {closing.by !== null && ` · ${closing.by}`}
      </span>
      <CopyId id={closing.sha256} />
    </span>
  )
}
