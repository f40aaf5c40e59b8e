// Rows stand where they are put, and those of a table do not: they get the roles of one.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/control-has-associated-label */
import { memo } from 'react'
import type { StatementReport } from '#contract/sql-console'
import { cx } from '#platform/ui/cx.ts'
import { isNumber } from './ordering.ts'
import { Value } from './value.tsx'

export type Place = { row: number; column: number }
/** A line of text, what is around it, and the hairline below. */
export const rowHeight = 29

type GridRowProps = {
  row: readonly (string | null)[]
  index: number
  start: number
  template: string
  width: number
  columns: StatementReport['columns']
  /** Of each column, why it is masked. */
  tips: readonly (string | null)[]
  name: string
  active: number | undefined
  isFocused: boolean
  onActive: (place: Place) => void
  onOpen: (place: Place) => void
}

/** Longer than a cell is wide: the rest is for whoever opens it. */
const longest = 300

/** Where a line ends is seen: what comes behind is for whoever opens it. */
const onOneLine = (value: string) => value.slice(0, longest).replaceAll(/\r\n|\n|\r/g, ' ↵ ')

export const GridRow = memo(function GridRow({
  row,
  index,
  start,
  columns,
  name,
  tips,
  ...props
}: GridRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="absolute top-0 left-0 grid min-w-full border-b border-line contain-strict hover:bg-hover"
      style={{
        gridTemplateColumns: props.template,
        height: rowHeight,
        width: props.width,
        transform: `translateY(${start}px)`,
      }}
    >
      <span
        role="rowheader"
        className="sticky left-0 z-1 bg-sunken px-2 text-right text-12 leading-7 text-ink-muted tabular-nums"
      >
        {index + 1}
      </span>
      {columns.map((column, at) => {
        const value = row[at] ?? null
        const isActive = props.active === at
        const isMasked = column.masked !== null && value !== null
        return (
          // Keys are heard by the grid, whose active cell this may be.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <span
            key={at}
            id={`${name}-${index}-${at}`}
            role="gridcell"
            aria-colindex={at + 2}
            aria-selected={isActive}
            onClick={() => props.onActive({ row: index, column: at })}
            onDoubleClick={() => props.onOpen({ row: index, column: at })}
            {...(isMasked && { 'data-tip': tips[at] ?? undefined })}
            className={cx(
              'truncate border-l border-line px-2 leading-7 whitespace-pre tabular-nums',
              isNumber(column.type) && 'text-right',
              isMasked && 'text-ink-muted',
              isActive && 'bg-accent-soft',
              isActive && props.isFocused && 'outline-2 -outline-offset-2 outline-accent',
            )}
          >
            <Value value={value && onOneLine(value)} />
          </span>
        )
      })}
    </div>
  )
})
