import { Archive, Ellipsis, FileCode2, FileSpreadsheet, Lock } from 'lucide-react'
import type { AccountingExport, AccountingMonth } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { useMay } from '#platform/ui/session.tsx'

type MonthsListProps = {
  rows: readonly AccountingMonth[]
  onExport: (what: Exclude<AccountingExport, 'fec'>, month: string) => void
  onClose: (month: AccountingMonth) => void
}

export function MonthsList({ rows, onExport, onClose }: MonthsListProps) {
  const t = useMessages()
  const formats = useFormats()
  const may = useMay()
  const narrow = useNarrow()
  const nameOf = ({ month }: AccountingMonth) => formats.month(`${month}-01`)
  const actions = (row: AccountingMonth): MenuItem[] => [
    {
      label: t('billing.exports.entries'),
      icon: FileSpreadsheet,
      onSelect: () => onExport('entries', row.month),
    },
    { label: t('billing.exports.xml'), icon: FileCode2, onSelect: () => onExport('xml', row.month) },
    { label: t('billing.exports.archive'), icon: Archive, onSelect: () => onExport('archive', row.month) },
    ...(row.mayClose && may('billing.settings')
      ? [{ label: t('billing.exports.close'), icon: Lock, onSelect: () => onClose(row) }]
      : []),
  ]
  const menu = (row: AccountingMonth) => (
    <Menu
      align="end"
      items={actions(row)}
      trigger={<IconButton icon={Ellipsis} label={t('billing.exports.actions', { month: nameOf(row) })} />}
    />
  )
  if (narrow)
    return (
      <ul aria-label={t('billing.exports.months')} className="text-13">
        {rows.map((row) => (
          <li key={row.month} className="border-b border-line py-2 last:border-b-0">
            <div className="flex items-center justify-between gap-2">
              <p className="font-medium">{nameOf(row)}</p>
              {menu(row)}
            </div>
            <State row={row} />
            <dl className="mt-1">
              {[
                [t('billing.exports.column.excl'), row.totals.exclCents],
                [t('billing.exports.column.collected'), row.totals.collectedCents],
                [t('billing.exports.column.so-far'), row.soFar.exclCents],
              ].map(([label, cents]) => (
                <div key={label} className="flex min-h-6 items-baseline justify-between gap-2">
                  <dt className="text-12 text-ink-muted">{label}</dt>
                  <dd>
                    <Money cents={Number(cents)} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    )
  return (
    <table
      aria-label={t('billing.exports.months')}
      className="w-full border-separate border-spacing-0 text-13"
    >
      <thead>
        <tr>
          <th scope="col" className={textHead}>
            {t('billing.reports.month')}
          </th>
          <th scope="col" className={textHead}>
            {t('billing.exports.column.state')}
          </th>
          {(['documents', 'excl', 'incl', 'collected', 'so-far'] as const).map((column) => (
            <th key={column} scope="col" className={numberHead}>
              {t(`billing.exports.column.${column}`)}
            </th>
          ))}
          <th scope="col" className={numberHead}>
            <span className="sr-only">{t('billing.exports.column.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.month}>
            <th scope="row" className={rowHead}>
              {nameOf(row)}
            </th>
            <td className="h-8 border-b border-line pr-2">
              <State row={row} />
            </td>
            <td className={numberCell}>{formats.integer(row.totals.invoices + row.totals.creditNotes)}</td>
            <td className={numberCell}>
              <Money cents={row.totals.exclCents} />
            </td>
            <td className={numberCell}>
              <Money cents={row.totals.inclCents} />
            </td>
            <td className={numberCell}>
              <Money cents={row.totals.collectedCents} />
            </td>
            <td className={numberCell}>
              <Money cents={row.soFar.exclCents} />
            </td>
            <td className={numberCell}>{menu(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function State({ row: { closing } }: { row: AccountingMonth }) {
  const t = useMessages()
  if (!closing) return <Badge tone="neutral">{t('billing.exports.open')}</Badge>
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
