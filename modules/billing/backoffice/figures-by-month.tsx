import type { ReactNode } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { Link } from '#platform/ui/link.tsx'
import { useNarrow } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'

export type MonthFigure<Row> = {
  id: string
  label: string
  cell: (row: Row) => ReactNode
}

type FiguresByMonthProps<Row> = {
  label: string
  rows: readonly Row[]
  figures: readonly MonthFigure<Row>[]
  /** In words beside the month: whether it is closed. */
  state?: { label: string; cell: (row: Row) => ReactNode }
  /** What one can do with a month. */
  acts?: { label: string; cell: (row: Row) => ReactNode }
  /** A line before the first, and one after the last, by the figures they have. */
  before?: { label: string; cells: Readonly<Record<string, ReactNode>> }
  after?: { label: string; cells: Readonly<Record<string, ReactNode>> }
}

/** A line a month; on a telephone a card each, the latest first. */
export function FiguresByMonth<Row extends { month: string }>(props: FiguresByMonthProps<Row>) {
  const { label, rows, figures, state, acts } = props
  const t = useMessages()
  const formats = useFormats()
  const narrow = useNarrow()
  const nameOf = ({ month }: Row) => formats.month(`${month}-01`)
  if (narrow)
    return (
      <ul aria-label={label} className="text-13">
        {rows
          .toSorted((one, other) => other.month.localeCompare(one.month))
          .map((row) => (
            <li key={row.month} className="border-b border-line py-2 last:border-b-0">
              <div className="flex min-h-8 items-center justify-between gap-2">
                <p className="font-medium">{nameOf(row)}</p>
                {acts?.cell(row)}
              </div>
              {state?.cell(row)}
              <dl className="mt-1 grid grid-cols-2 gap-x-4 gap-y-1">
                {figures.map(({ id, label: name, cell }) => (
                  <div key={id} className="min-w-0">
                    <dt className="text-12 text-ink-muted">{name}</dt>
                    <dd className="tabular-nums">{cell(row)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
      </ul>
    )
  const around = ({ label: name, cells }: NonNullable<typeof props.before>, className: string) => (
    <tr className={className}>
      <th scope="row" className={cx(rowHead, className)}>
        {name}
      </th>
      {state && <td aria-hidden className="h-8 border-b border-line" />}
      {figures.map(({ id }) => (
        <td key={id} className={numberCell}>
          {cells[id]}
        </td>
      ))}
      {acts && <td aria-hidden className="h-8 border-b border-line" />}
    </tr>
  )
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0 text-13">
      <thead>
        <tr>
          <th scope="col" className={textHead}>
            {t('billing.reports.month')}
          </th>
          {state && (
            <th scope="col" className={textHead}>
              {state.label}
            </th>
          )}
          {figures.map(({ id, label: name }) => (
            <th key={id} scope="col" className={numberHead}>
              {name}
            </th>
          ))}
          {acts && (
            <th scope="col" className={numberHead}>
              <span className="sr-only">{acts.label}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {props.before && around(props.before, 'text-ink-muted')}
        {rows.map((row) => (
          <tr key={row.month}>
            <th scope="row" className={rowHead}>
              {nameOf(row)}
            </th>
            {state && <td className="h-8 border-b border-line pr-2">{state.cell(row)}</td>}
            {figures.map(({ id, cell }) => (
              <td key={id} className={numberCell}>
                {cell(row)}
              </td>
            ))}
            {acts && <td className={numberCell}>{acts.cell(row)}</td>}
          </tr>
        ))}
        {props.after && around(props.after, 'font-semibold')}
      </tbody>
    </table>
  )
}

/** An amount with the way to its lines; nothing stands back, and leads nowhere. */
export function Amount({ cents, to }: { cents: number; to?: string | undefined }) {
  if (cents === 0)
    return (
      <span className="text-ink-muted">
        <Money cents={0} />
      </span>
    )
  if (to === undefined) return <Money cents={cents} />
  return (
    <Link to={to} className="rounded-small decoration-line-strong underline-offset-4 hover:underline">
      <Money cents={cents} />
    </Link>
  )
}
