import { Ellipsis } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Checkbox } from './checkbox.tsx'
import type { Column } from './columns.ts'
import { cx } from './cx.ts'
import { IconButton } from './icon-button.tsx'
import { Link, useGo } from './link.tsx'
import { useMessages } from './messages.tsx'
import { Skeleton } from './skeleton.tsx'
import type { TableViewProps } from './table-grid.tsx'

type TableRowProps<Row> = TableViewProps<Row> & {
  row: Row
  index: number
  /** The one row the Tab key stops at. */
  active: boolean
  onActive: () => void
  onToggle: (extend: boolean) => void
}

const cell = 'border-b border-line px-2 align-middle overflow-hidden text-ellipsis'

export function TableRow<Row extends object>(props: TableRowProps<Row>) {
  const { row, index, active, onActive, onToggle, shown, rowId, rowLabel, rowTo, rowActions } = props
  const t = useMessages()
  const go = useGo()
  const chosen = props.selected?.has(rowId(row)) ?? false
  const current = props.isCurrent?.(row) ?? false
  const actions = rowActions?.(row) ?? []
  const tabIndex = active ? 0 : -1

  const open = (event: MouseEvent) => {
    // A click on something that acts by itself, or at the end of a selection of text, opens nothing.
    if (!rowTo || isInteractive(event.target) || getSelection()?.toString()) return
    if (event.metaKey || event.ctrlKey) window.open(rowTo(row), '_blank', 'noopener')
    else go(rowTo(row))
  }
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      {...(props.onSelect && { 'aria-selected': chosen })}
      {...(current && { 'aria-current': true })}
      tabIndex={tabIndex}
      onFocus={onActive}
      onClick={open}
      onContextMenu={(event) => {
        if (actions.length === 0 || getSelection()?.toString()) return
        event.preventDefault()
        props.menu.openAt(event.clientX, event.clientY, event.currentTarget, actions)
      }}
      className={cx(
        'group scroll-mt-24 scroll-mb-20 outline-none focus-visible:shadow-[inset_2px_0_0_var(--accent)]',
        props.isFresh?.(row) && 'fresh',
        rowTo && 'cursor-pointer',
        chosen || current ? 'bg-accent-soft' : 'hover:bg-hover focus-within:bg-hover',
      )}
    >
      {props.onSelect && (
        <td className={cx(cell, 'w-9')}>
          <Checkbox
            label={t('ui.table.select', { name: rowLabel(row) })}
            checked={chosen}
            tabIndex={tabIndex}
            onChange={(_, event) => onToggle('shiftKey' in event && event.shiftKey === true)}
          />
        </td>
      )}
      {shown.map((column, at) => (
        <td
          key={column.id}
          className={cx(
            cell,
            props.lines === 2 ? 'h-row-tall' : 'h-row',
            'whitespace-nowrap',
            column.align === 'end' && 'text-right tabular-nums',
          )}
        >
          {at === 0 && rowTo ? (
            <Link to={rowTo(row)} tabIndex={tabIndex} className="block truncate rounded-small">
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
      {rowActions && (
        <td className={cx(cell, 'overflow-visible px-1')}>
          {actions.length > 0 && (
            <span className="flex items-center justify-end gap-0.5">
              <span className="hidden gap-0.5 group-focus-within:flex group-hover:flex touch:hidden!">
                {actions.map(
                  ({ quick, icon, label, onSelect, to, disabled }) =>
                    quick &&
                    icon && (
                      <IconButton
                        key={label}
                        icon={icon}
                        label={label}
                        size="small"
                        tabIndex={tabIndex}
                        disabled={disabled}
                        onClick={() => (to === undefined ? onSelect?.() : go(to))}
                      />
                    ),
                )}
              </span>
              <button
                type="button"
                aria-haspopup="menu"
                aria-label={t('ui.table.row-actions', { name: rowLabel(row) })}
                tabIndex={tabIndex}
                onClick={(event) => props.menu.openUnder(event.currentTarget, actions)}
                className="flex size-7 items-center justify-center rounded-control text-ink-muted hover:bg-pressed hover:text-ink touch:size-10"
              >
                <Ellipsis aria-hidden size={16} />
              </button>
            </span>
          )}
        </td>
      )}
    </tr>
  )
}

function isInteractive(target: EventTarget): boolean {
  return (
    target instanceof Element &&
    target.closest('a, button, input, label, select, textarea, [role="checkbox"]') !== null
  )
}

/** The place of a row that is coming, at its true height. */
export function SkeletonRow<Row>(props: TableViewProps<Row> & { index: number }) {
  const width = (column: Column<Row>, at: number) =>
    // Uneven, so that it reads as text; the same at each drawing, so that nothing twitches.
    Math.min(column.width, 160) * (0.5 + (((props.index + 1) * (at + 3) * 7) % 40) / 100)
  return (
    // oxlint-disable jsx-a11y/control-has-associated-label -- these cells are only places
    <tr aria-hidden>
      {props.onSelect && <td className={cell} />}
      {props.shown.map((column, at) => (
        <td key={column.id} className={cx(cell, props.lines === 2 ? 'h-row-tall' : 'h-row')}>
          <div className={cx('flex', column.align === 'end' && 'justify-end')}>
            <Skeleton width={width(column, at)} />
          </div>
        </td>
      ))}
      {props.rowActions && <td className={cell} />}
    </tr>
  )
}
