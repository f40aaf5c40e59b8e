import type { ReactNode } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { useNarrow } from '#platform/ui/media.ts'

export type FigureColumn<Row> = {
  id: string
  heading: string
  cell: (row: Row) => ReactNode
  strong?: boolean
}

type FiguresTableProps<Row> = {
  label: string
  /** What its lines are. */
  heading: string
  rows: readonly Row[]
  rowId: (row: Row) => string
  name: (row: Row) => ReactNode
  columns: readonly FigureColumn<Row>[]
}

/** A line a name, its figures beside it; on a telephone below it, each with its word. */
export function FiguresTable<Row>(props: FiguresTableProps<Row>) {
  return useNarrow() ? <Cards {...props} /> : <Table {...props} />
}

function Table<Row>({ label, heading, rows, rowId, name, columns }: FiguresTableProps<Row>) {
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0 text-13">
      <thead>
        <tr>
          <th scope="col" className={textHead}>
            {heading}
          </th>
          {columns.map(({ id, heading: said }) => (
            <th key={id} scope="col" className={numberHead}>
              {said}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowId(row)}>
            <th scope="row" className={rowHead}>
              {name(row)}
            </th>
            {columns.map(({ id, cell, strong }) => (
              <td key={id} className={cx(numberCell, strong && 'font-medium')}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cards<Row>({ label, rows, rowId, name, columns }: FiguresTableProps<Row>) {
  return (
    <ul aria-label={label} className="text-13">
      {rows.map((row) => (
        <li key={rowId(row)} className="border-b border-line py-2 last:border-b-0">
          <p className="font-medium">{name(row)}</p>
          <dl className="grid grid-cols-2 gap-x-4">
            {columns.map(({ id, heading, cell }) => (
              <div key={id} className="flex items-baseline justify-between gap-2">
                <dt className="text-12 text-ink-muted">{heading}</dt>
                <dd className="tabular-nums">{cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
