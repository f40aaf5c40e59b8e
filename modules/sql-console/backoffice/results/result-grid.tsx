/**
 * Rows as they came, to be read: a hundred thousand of them scroll, since only those in sight are drawn. One Tab stop leads
 * in, arrows move from cell to cell, Enter shows a cell whole.
 */
// Rows stand where they are put, and those of a table do not: they get the roles of one.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/control-has-associated-label */
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, EyeOff } from 'lucide-react'
import { type KeyboardEvent, memo, useId, useMemo, useRef, useState } from 'react'
import type { StatementReport } from '#contract/sql-console'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Tooltip } from '#platform/ui/tooltip.tsx'
import { isNumber, type GridSort } from './ordering.ts'
import { Value } from './value.tsx'
import { widthsOf } from './widths.ts'

export type GridColumn = StatementReport['columns'][number]
export type Place = { row: number; column: number }
type Row = readonly (string | null)[]

type ResultGridProps = {
  label: string
  columns: readonly GridColumn[]
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

const rowHeight = 29

/** Room for the number of the last row. */
const gutterFor = (rows: number) => Math.max(44, 20 + String(rows).length * 9)

const tallest = 560

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
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    }
    onActive(place)
    virtualizer.scrollToIndex(place.row)
    const left = gutter + widths.slice(0, place.column).reduce((sum, one) => sum + one, 0)
    const right = left + (widths[place.column] ?? 0)
    const { current } = frame
    if (!current) return
    if (left - gutter < current.scrollLeft) current.scrollLeft = left - gutter
    else if (right > current.scrollLeft + current.clientWidth)
      current.scrollLeft = right - current.clientWidth
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
      PageUp: () => go(row - far, column),
      Home: () => go(mod ? 0 : row, 0),
      End: () => go(mod ? rows.length - 1 : row, columns.length - 1),
      Enter: () => props.onOpen(active),
    }
    const move = event.altKey || (mod && event.key === 'Enter') ? undefined : moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  const items = virtualizer.getVirtualItems()
  const isActiveDrawn = items.some(({ index }) => index === active.row)
  return (
    <div
      ref={frame}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-readonly
      tabIndex={0}
      aria-activedescendant={isActiveDrawn ? `${name}-${active.row}-${active.column}` : undefined}
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
            <Head key={index} {...props} column={column} index={index} />
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

type HeadProps = Pick<ResultGridProps, 'sort' | 'onSort'> & { column: GridColumn; index: number }

function Head({ column, index, sort, onSort }: HeadProps) {
  const t = useMessages()
  const sorted = sort?.column === index ? sort.direction : undefined
  const Sign = sorted === 'desc' ? ArrowDown : ArrowUp
  const tip = column.masked
    ? t('sql.masked', { class: t(`sql.class.${column.masked}`) })
    : t('sql.grid.type', { type: column.type })
  return (
    <span
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={sorted === undefined ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
      className="flex min-w-0 border-l border-line"
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
          <span className="truncate">{column.name}</span>
          {sorted && <Sign aria-hidden size={12} className="shrink-0" />}
        </button>
      </Tooltip>
    </span>
  )
}

type GridRowProps = {
  row: Row
  index: number
  start: number
  template: string
  width: number
  columns: readonly GridColumn[]
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

const GridRow = memo(function GridRow({ row, index, start, columns, name, tips, ...props }: GridRowProps) {
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
            {value !== null && value.length > longest ? value.slice(0, longest) : <Value value={value} />}
          </span>
        )
      })}
    </div>
  )
})
