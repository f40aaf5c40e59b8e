/**
 * Rows as they came, to be read: a hundred thousand of them scroll, since only those in sight are drawn. One Tab stop leads
 * in, arrows move from cell to cell and up into the headings; Enter shows a cell whole, and sorts by a heading.
 */
// Rows stand where they are put, and those of a table do not: they get the roles of one.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/control-has-associated-label */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import type { StatementReport } from '#contract/sql-console'
import { useMessages } from '#platform/ui/messages.tsx'
import { GridHead, headId } from './grid-head.tsx'
import { GridRow, type Place, rowHeight } from './grid-row.tsx'
import type { GridSort } from './ordering.ts'
import { widthsOf } from './widths.ts'

type Row = readonly (string | null)[]

type ResultGridProps = {
  label: string
  columns: StatementReport['columns']
  rows: readonly Row[]
  /** The places of the rows in their order; as they came where there is none. */
  order: readonly number[] | undefined
  sort: GridSort | undefined
  onSort: (column: number) => void
  active: Place
  onActive: (place: Place) => void
  onOpen: (place: Place) => void
  onCopy: (what: 'cell' | 'row') => void
}

/** Room for the number of the last row. */
const gutterFor = (rows: number) => Math.max(44, 20 + String(rows).length * 9)

const tallest = 560
/** Above the first row. */
export const headRow = -1

export function ResultGrid(props: ResultGridProps) {
  const { columns, rows, order, active, onActive } = props
  const t = useMessages()
  const frame = useRef<HTMLDivElement>(null)
  const name = useId()
  const [isFocused, setFocused] = useState(false)
  const widths = useMemo(() => widthsOf(columns, rows), [columns, rows])
  const tips = useMemo(
    () => columns.map(({ masked }) => masked && t('sql.masked', { class: t(`sql.class.${masked}`) })),
    [columns, t],
  )
  const template = useMemo(
    () => [gutterFor(rows.length), ...widths].map((one) => `${one}px`).join(' '),
    [widths, rows.length],
  )
  const gutter = gutterFor(rows.length)
  const width = widths.reduce((sum, one) => sum + one, 0) + gutter
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight + 4,
  })

  const go = (row: number, column: number) => {
    const place = {
      row: Math.max(headRow, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    }
    onActive(place)
    if (place.row !== headRow) virtualizer.scrollToIndex(place.row)
    const left = gutter + widths.slice(0, place.column).reduce((sum, one) => sum + one, 0)
    const right = left + (widths[place.column] ?? 0)
    const { current } = frame
    if (!current) return
    if (left - gutter < current.scrollLeft) current.scrollLeft = left - gutter
    else if (right > current.scrollLeft + current.clientWidth)
      current.scrollLeft = right - current.clientWidth
  }
  /** What comes first by now is at the top. */
  const sortBy = (column: number) => {
    props.onSort(column)
    if (frame.current) frame.current.scrollTop = 0
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const { row, column } = active
    const mod = event.ctrlKey || event.metaKey
    if (mod && event.key.toLowerCase() === 'c') {
      if (getSelection()?.toString()) return
      event.preventDefault()
      return props.onCopy(event.shiftKey ? 'row' : 'cell')
    }
    const far = Math.max(1, Math.floor((frame.current?.clientHeight ?? tallest) / rowHeight) - 2)
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(mod ? rows.length - 1 : row + 1, column),
      ArrowUp: () => go(mod ? 0 : row - 1, column),
      ArrowRight: () => go(row, mod ? columns.length - 1 : column + 1),
      ArrowLeft: () => go(row, mod ? 0 : column - 1),
      PageDown: () => go(row + far, column),
      PageUp: () => go(Math.max(0, row - far), column),
      Home: () => go(mod ? 0 : row, 0),
      End: () => go(mod ? rows.length - 1 : row, columns.length - 1),
      Enter: () => (row === headRow ? sortBy(column) : props.onOpen(active)),
      ' ': () => row === headRow && sortBy(column),
    }
    const move = event.altKey || (mod && event.key === 'Enter') ? undefined : moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  const items = virtualizer.getVirtualItems()
  const activeId =
    active.row === headRow
      ? headId(name, active.column)
      : items.some(({ index }) => index === active.row)
        ? `${name}-${active.row}-${active.column}`
        : undefined
  return (
    <div
      ref={frame}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-readonly
      tabIndex={0}
      aria-activedescendant={activeId}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      style={{ maxHeight: tallest }}
      className="relative overflow-auto overscroll-x-contain rounded-control border border-line bg-surface text-13 -outline-offset-2"
    >
      <div role="rowgroup" className="sticky top-0 z-1" style={{ width, minWidth: '100%' }}>
        <div
          role="row"
          aria-rowindex={1}
          className="grid border-b border-line bg-sunken"
          style={{ gridTemplateColumns: template, height: rowHeight }}
        >
          <span role="columnheader" className="sticky left-0 z-1 bg-sunken">
            <span className="sr-only">{t('sql.grid.row')}</span>
          </span>
          {columns.map((column, index) => (
            <GridHead
              key={index}
              name={name}
              column={column}
              index={index}
              sort={props.sort}
              onSort={sortBy}
              isActive={active.row === headRow && active.column === index}
              isFocused={isFocused}
            />
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="relative"
        style={{ height: virtualizer.getTotalSize(), width, minWidth: '100%' }}
      >
        {items.map(({ index, start }) => {
          const row = rows[order?.[index] ?? index]
          return (
            row && (
              <GridRow
                key={index}
                row={row}
                index={index}
                start={start}
                template={template}
                width={width}
                tips={tips}
                columns={columns}
                name={name}
                active={index === active.row ? active.column : undefined}
                isFocused={isFocused && index === active.row}
                onActive={onActive}
                onOpen={props.onOpen}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
