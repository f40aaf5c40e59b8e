import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react'
import { Checkbox } from './checkbox.tsx'
import { nextSort } from './columns.ts'
import { buttonClass } from './button.tsx'
import { cx } from './cx.ts'
import { Link } from './link.tsx'
import { Menu } from './menu.tsx'
import { useMessages } from './messages.tsx'
import { Skeleton } from './skeleton.tsx'
import type { TableViewProps } from './table-grid.tsx'

/** A list on a narrow screen: one card a row, its columns in the same order of importance. */
export function TableCards<Row extends object>(props: TableViewProps<Row>) {
  const { rows, rowId, label } = props
  return (
    <>
      {props.onSort && <SortMenu {...props} />}
      <ul aria-label={label} aria-busy={!rows || props.stale} className="flex flex-col gap-2">
        {rows
          ? rows.map((row) => <Card key={rowId(row)} {...props} row={row} />)
          : Array.from({ length: 6 }, (_, index) => <SkeletonCard key={index} />)}
      </ul>
    </>
  )
}

function SortMenu<Row>({ shown, sort, onSort }: TableViewProps<Row>) {
  const t = useMessages()
  const sortable = shown.filter((column) => column.sortable)
  const current = sortable.find((column) => column.id === sort?.column)
  const Icon = sort?.direction === 'desc' ? ArrowDown : ArrowUp
  return (
    <div className="mb-2">
      <Menu
        trigger={
          <button type="button" className={buttonClass({ variant: 'ghost' })}>
            {current ? t('ui.table.sorted-by', { column: current.header }) : t('ui.table.sort')}
            {current && <Icon aria-hidden size={14} />}
          </button>
        }
        items={sortable.map((column) => ({
          label: column.header,
          checked: column === current,
          onSelect: () => onSort?.(nextSort(sort, column.id)),
        }))}
      />
    </div>
  )
}

/** The whole card leads where its title leads. */
function Card<Row extends object>(props: TableViewProps<Row> & { row: Row }) {
  const { row, shown, rowId, rowLabel, rowTo, rowActions, selected, onSelect } = props
  const t = useMessages()
  const chosen = selected?.has(rowId(row)) ?? false
  const actions = rowActions?.(row) ?? []
  const place = (index: number) => shown[index]?.card ?? (index === 0 ? 'title' : 'line')
  const at = (where: string) => shown.filter((_, index) => place(index) === where)
  const toggle = () => {
    const next = new Set(selected)
    if (!next.delete(rowId(row))) next.add(rowId(row))
    onSelect?.(next)
  }
  return (
    <li
      className={cx(
        'relative rounded-card border border-line p-3',
        chosen ? 'bg-accent-soft' : 'bg-surface',
        props.isFresh?.(row) && 'fresh',
      )}
    >
      <div className="flex items-center gap-2">
        {onSelect && (
          <Checkbox
            label={t('ui.table.select', { name: rowLabel(row) })}
            checked={chosen}
            onChange={toggle}
          />
        )}
        <div className="min-w-0 flex-1 text-14">
          {at('title').map((column) =>
            rowTo ? (
              <Link
                key={column.id}
                to={rowTo(row)}
                className="block rounded-card after:absolute after:inset-0"
              >
                {column.cell(row)}
              </Link>
            ) : (
              <div key={column.id}>{column.cell(row)}</div>
            ),
          )}
        </div>
        {at('aside').map((column) => (
          <div key={column.id} className="shrink-0">
            {column.cell(row)}
          </div>
        ))}
        {actions.length > 0 && (
          <button
            type="button"
            aria-haspopup="menu"
            aria-label={t('ui.table.row-actions', { name: rowLabel(row) })}
            onClick={(event) => props.menu.openUnder(event.currentTarget, actions)}
            className="relative -mr-1 flex size-10 shrink-0 items-center justify-center rounded-control text-ink-muted"
          >
            <Ellipsis aria-hidden size={16} />
          </button>
        )}
      </div>
      <dl className="mt-2 flex flex-col gap-1 text-13 empty:hidden">
        {at('line')
          .filter((column) => !column.blank?.(row))
          .map((column) => (
            <div key={column.id} className="flex items-baseline justify-between gap-3">
              <dt className="shrink-0 text-12 text-ink-muted">{column.header}</dt>
              {/* A link of its own, a telephone to call, stands over the one of the card. */}
              <dd className="min-w-0 text-right [&_a]:relative [&_time]:whitespace-normal">
                {column.cell(row)}
              </dd>
            </div>
          ))}
      </dl>
    </li>
  )
}

function SkeletonCard() {
  return (
    <li aria-hidden className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <Skeleton width="60%" height={14} />
      <Skeleton width="80%" />
      <Skeleton width="45%" />
    </li>
  )
}
