import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { Checkbox } from './checkbox.tsx'
import { type Column, nextSort } from './columns.ts'
import { cx } from './cx.ts'
import { useMessages } from './messages.tsx'
import type { TableViewProps } from './table-grid.tsx'

const cell =
  'sticky top-(--shell-top,0px) z-5 h-8 border-b border-line bg-canvas px-2 text-left text-12 font-medium text-ink-muted'

export function TableHead<Row extends object>(props: TableViewProps<Row>) {
  const { rows, rowId, shown, selected, onSelect, rowActions } = props
  const t = useMessages()
  const all = Boolean(rows?.length) && Boolean(rows?.every((row) => selected?.has(rowId(row))))
  const grows = shown.some((column) => column.grow)
  return (
    <thead>
      <tr>
        {onSelect && (
          <th scope="col" className={cx(cell, 'w-9')}>
            <Checkbox
              label={t('ui.table.select-all')}
              checked={all}
              indeterminate={!all && Boolean(selected?.size)}
              onChange={(checked) => onSelect(new Set(checked ? rows?.map(rowId) : []))}
            />
          </th>
        )}
        {shown.map((column, index) => (
          <HeadCell
            key={column.id}
            column={column}
            sized={!column.grow && !(index === 0 && !grows)}
            {...props}
          />
        ))}
        {rowActions && (
          <th scope="col" className={cx(cell, 'touch:w-11!')} style={{ width: props.actionsWidth }}>
            <span className="sr-only">{t('ui.table.actions')}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}

type HeadCellProps<Row> = TableViewProps<Row> & { column: Column<Row>; sized: boolean }

function HeadCell<Row>({ column, sized, sort, onSort }: HeadCellProps<Row>) {
  const sorted = sort?.column === column.id ? sort.direction : null
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown
  const sortable = column.sortable && onSort
  return (
    <th
      scope="col"
      {...(sortable && {
        'aria-sort': sorted ? (`${sorted}ending` as const) : ('none' as const),
      })}
      className={cx(cell, column.align === 'end' && 'text-right')}
      {...(sized && { style: { width: column.width } })}
    >
      {sortable ? (
        <button
          type="button"
          onClick={() => onSort(nextSort(sort, column.id))}
          className={cx(
            'group -mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-small px-1 hover:bg-hover hover:text-ink',
            sorted && 'text-ink',
            column.align === 'end' && 'flex-row-reverse',
          )}
        >
          <span className="truncate">{column.header}</span>
          <Icon
            aria-hidden
            size={12}
            className={cx(
              'shrink-0',
              !sorted &&
                'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 touch:opacity-100',
            )}
          />
        </button>
      ) : (
        <span className="block truncate">{column.header}</span>
      )}
    </th>
  )
}
