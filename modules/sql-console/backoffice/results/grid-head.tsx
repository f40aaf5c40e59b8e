// As the rows below: roles of a table, without one.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/control-has-associated-label */
import { ArrowDown, ArrowUp, Eye, EyeOff } from 'lucide-react'
import { memo } from 'react'
import type { StatementReport } from '#contract/sql-console'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import { type GridSort, isNumber } from './ordering.ts'

type GridHeadProps = {
  column: StatementReport['columns'][number]
  index: number
  /** Of the whole grid: its keys move over the headings too. */
  name: string
  isActive: boolean
  isFocused: boolean
  sort: GridSort | undefined
  onSort: (column: number) => void
}

export const headId = (name: string, column: number) => `${name}-head-${column}`

/** Scrolling draws rows, and no heading. */
export const GridHead = memo(function GridHead({
  column,
  index,
  name,
  isActive,
  isFocused,
  sort,
  onSort,
}: GridHeadProps) {
  const t = useMessages()
  const sorted = sort?.column === index ? sort.direction : undefined
  const Sign = sorted === 'desc' ? ArrowDown : ArrowUp
  const tip = column.masked
    ? t('sql.masked', { class: t(`sql.class.${column.masked}`) })
    : column.unmasked
      ? t('sql.unmasked', { class: t(`sql.class.${column.unmasked}`) })
      : t('sql.grid.type', { type: column.type })
  return (
    <span
      id={headId(name, index)}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sorted === undefined ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
      className={cx(
        'flex min-w-0 border-l border-line',
        isActive && isFocused && 'bg-accent-soft outline-2 -outline-offset-2 outline-accent',
      )}
    >
      <Tooltip text={tip}>
        <button
          type="button"
          tabIndex={-1}
          onClick={() => onSort(index)}
          className={cx(
            'flex min-w-0 flex-1 items-center gap-1.5 px-2 text-12 font-medium text-ink-muted hover:bg-hover hover:text-ink',
            isNumber(column.type) && 'justify-end',
          )}
        >
          {column.masked && <EyeOff aria-hidden size={12} className="shrink-0 text-warning-ink" />}
          {column.unmasked && <Eye aria-hidden size={12} className="shrink-0 text-warning-ink" />}
          <span className="truncate">{column.name}</span>
          {sorted && <Sign aria-hidden size={12} className="shrink-0" />}
        </button>
      </Tooltip>
    </span>
  )
})
