import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Column } from './columns.ts'
import { cx } from './cx.ts'
import type { DataTableProps } from './data-table.tsx'
import { useGo } from './link.tsx'
import { part, Wanted } from './part.tsx'
import type { useRowMenu } from './row-menu.tsx'
import { TableHead } from './table-head.tsx'
import { SkeletonRow, TableRow } from './table-row.tsx'

export type TableViewProps<Row> = DataTableProps<Row> & {
  /** The columns chosen that fit. */
  shown: readonly Column<Row>[]
  menu: ReturnType<typeof useRowMenu>
  /** Pixels that the acts of a row take at its end. */
  actionsWidth: number
}

/** Below this, drawing every row is faster than knowing which ones are in sight. */
const LONG = 120
const SKELETONS = 12

const virtualRows = part(() => import('./virtual-rows.tsx').then((m) => m.VirtualRows))

/** Arrows move, Enter opens, x selects; one Tab stop leads into the table and one out of it. */
export function TableGrid<Row extends object>(props: TableViewProps<Row>) {
  const { rows, rowId, rowTo, shown, selected, onSelect, lines = 1 } = props
  const go = useGo()
  const body = useRef<HTMLTableSectionElement>(null)
  const [active, setActive] = useState(0)
  const anchor = useRef<number | null>(null)
  const count = rows?.length ?? 0
  const bring = useRef<((index: number) => void) | null>(null)
  const current = Math.min(active, Math.max(0, count - 1))

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(count - 1, index))
    setActive(target)
    bring.current?.(target)
    focusWhenThere(body, target, 5)
  }
  const toggle = (index: number, extend: boolean) => {
    if (!rows || !onSelect) return
    const next = new Set(selected)
    const from = extend ? (anchor.current ?? index) : index
    const on = !next.has(rowId(rows[index] as Row)) // index is a row on screen
    for (const row of rows.slice(Math.min(from, index), Math.max(from, index) + 1))
      if (on) next.add(rowId(row))
      else next.delete(rowId(row))
    anchor.current = index
    onSelect(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const onRow = event.target instanceof HTMLTableRowElement
    const row = rows?.[current]
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return
    const act = {
      ArrowDown: () => focusRow(current + 1),
      ArrowUp: () => focusRow(current - 1),
      Home: () => focusRow(0),
      End: () => focusRow(count - 1),
      x: () => toggle(current, false),
      X: () => toggle(current, true),
      ...(onRow && rowTo && { Enter: () => go(rowTo(row)) }),
      ...(selected?.size && { Escape: () => onSelect?.(new Set()) }),
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  // With nothing in focus the keys of a list are the first list's of the page: the way into it is not the Tab key alone.
  const onPageKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !isNowhere(event.target))
      return
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp' && event.key !== 'x') return
    const table = body.current?.closest('table')
    if (count === 0 || document.querySelector('table[role="grid"]') !== table) return
    event.preventDefault()
    focusRow(current)
    if (event.key === 'x') toggle(current, false)
  })
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => onPageKey(event)
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [])

  const rowAt = (index: number) => {
    const row = rows?.[index]
    return (
      row && (
        <TableRow
          key={rowId(row)}
          {...props}
          row={row}
          index={index}
          active={index === current}
          onActive={() => setActive(index)}
          onToggle={(extend) => toggle(index, extend)}
        />
      )
    )
  }
  const span = shown.length + (onSelect ? 1 : 0) + (props.rowActions ? 1 : 0)
  return (
    // A grid by the ARIA pattern: rows take the focus and keys work on them.
    <table
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-busy={!rows || props.stale}
      {...(onSelect && { 'aria-multiselectable': true })}
      className="w-full table-fixed border-separate border-spacing-0 text-13"
    >
      <TableHead {...props} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <tbody
        ref={body}
        onKeyDown={onKeyDown}
        className={cx('transition-opacity', props.stale && 'opacity-60')}
      >
        {!rows &&
          Array.from({ length: SKELETONS }, (_, index) => (
            <SkeletonRow key={index} {...props} index={index} />
          ))}
        <Wanted
          part={virtualRows}
          when={count > LONG}
          give={{ body, bring, count, lines, span, rowAt }}
          // Those beyond come with the code that draws only what is in sight.
          otherwise={rows?.slice(0, LONG).map((_, index) => rowAt(index))}
          onFailed={() => undefined}
        />
      </tbody>
    </table>
  )
}

/** A row that was out of sight is drawn some frames after it was scrolled to. */
function focusWhenThere(body: RefObject<HTMLElement | null>, index: number, frames: number): void {
  const row = body.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
  if (row) row.focus()
  else if (frames > 0) requestAnimationFrame(() => focusWhenThere(body, index, frames - 1))
}

/** No field, button or link has the focus: a page has just come, or somebody clicked beside everything. */
function isNowhere(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.matches('main'))
}
