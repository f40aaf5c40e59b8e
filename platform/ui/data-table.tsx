/**
 * The list of every screen: a table with a sticky header that is worked by keyboard, and cards on
 * a narrow screen. It shows rows, it does not fetch or sort them: pages keep that in their address.
 */
import {
  columnVisibilityFeature,
  rowSelectionFeature,
  type RowSelectionState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { Columns3 } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { BulkBar } from './bulk-bar.tsx'
import { Button } from './button.tsx'
import { type Column, fitting, type Sort } from './columns.ts'
import { useInSlices } from './in-slices.ts'
import { LoadMore, type More } from './load-more.tsx'
import { useNarrow, useWidth } from './media.ts'
import { Menu, type MenuItem } from './menu.tsx'
import { useMessages } from './messages.tsx'
import { keep, kept } from './preferences.ts'
import { useRowMenu } from './row-menu.tsx'
import { ErrorState } from './states.tsx'
import { TableCards } from './table-cards.tsx'
import { TableGrid } from './table-grid.tsx'

export type { Column, Sort } from './columns.ts'

/** An act on one row. The `quick` ones stand on the row itself when it is hovered or focused. */
export type RowAction = MenuItem & { quick?: boolean }

export type DataTableProps<Row> = {
  /** Names the table, and keeps its choice of columns: `clients`. */
  id: string
  label: string
  columns: readonly Column<Row>[]
  /** Undefined while the first ones are on their way. */
  rows: readonly Row[] | undefined
  rowId: (row: Row) => string
  /** What a row is called when it is spoken of: the client's name. */
  rowLabel: (row: Row) => string
  /** Where Enter and a click lead. */
  rowTo?: ((row: Row) => string) | undefined
  rowActions?: ((row: Row) => RowAction[]) | undefined
  /** Two lines a row when its main cell shows two. */
  lines?: 1 | 2 | undefined
  /** It is open beside the list. */
  isCurrent?: ((row: Row) => boolean) | undefined
  /** It was not there a moment ago: its ground says so for a while. */
  isFresh?: ((row: Row) => boolean) | undefined
  sort?: Sort | undefined
  onSort?: ((sort: Sort) => void) | undefined
  selected?: ReadonlySet<string> | undefined
  onSelect?: ((selected: ReadonlySet<string>) => void) | undefined
  /** When more is selected than the rows that are loaded: how many in all. */
  selectedCount?: number | undefined
  /** The buttons of the bar that appears with a selection. */
  bulk?: ReactNode
  /** Filters; the choice of columns stands at their end. */
  toolbar?: ReactNode
  /** Shown instead of rows when there are none: why, and what to do next. */
  empty: ReactNode
  /** Former rows while the next ones are on their way. */
  stale?: boolean | undefined
  error?: unknown
  retry?: (() => void) | undefined
  more?: More | undefined
}

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })
const noRows: never[] = []

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { id, columns, rowId, selected, onSelect, error } = props
  const drawn = useInSlices(props.rows !== undefined)
  const rows = drawn ? props.rows : undefined
  const t = useMessages()
  const narrow = useNarrow()
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const menu = useRowMenu()
  const [visibility, setVisibility] = useState(() => keptVisibility(id, columns))
  const defs = useMemo(() => columns.map((column) => ({ id: column.id, cell: () => null })), [columns])

  const table = useTable({
    features,
    columns: defs,
    data: rows ?? noRows,
    getRowId: rowId,
    enableRowSelection: Boolean(onSelect),
    state: { columnVisibility: visibility, rowSelection: selectionState(selected) },
    onColumnVisibilityChange: (change) => {
      const next = typeof change === 'function' ? change(visibility) : change
      setVisibility(next)
      keep(`columns.${id}`, JSON.stringify(next))
    },
    onRowSelectionChange: (change) => {
      const now = selectionState(selected)
      const next = typeof change === 'function' ? change(now) : change
      onSelect?.(new Set(Object.keys(next)))
    },
  })

  const visible = new Set(table.getVisibleLeafColumns().map((column) => column.id))
  const chosen = columns.filter((column) => visible.has(column.id))
  const actionsWidth = widthOfActions({ ...props, rows })
  const reserved = (onSelect ? 36 : 0) + actionsWidth
  const shown = narrow || width === 0 ? chosen : fitting(chosen, width - reserved)
  const failed = Boolean(error) && !props.rows
  const View = narrow ? TableCards : TableGrid

  return (
    <div ref={frame} className="min-w-0">
      {/* The search field keeps its role: one key more leads from it into the rows. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="mb-2 flex flex-wrap items-center gap-2"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || event.defaultPrevented || !isSearch(event.target)) return
          const first = frame.current?.querySelector<HTMLElement>('tr[data-index], li a')
          if (!first) return
          event.preventDefault()
          first.focus()
        }}
      >
        {props.toolbar}
        <div className="ml-auto max-sm:hidden">
          <Menu
            align="end"
            trigger={
              <Button variant="ghost" icon={Columns3}>
                {t('ui.table.columns')}
              </Button>
            }
            items={table
              .getAllLeafColumns()
              .slice(1)
              .map((column) => ({
                label: columns.find((one) => one.id === column.id)?.header ?? column.id,
                checked: column.getIsVisible(),
                onSelect: () => column.toggleVisibility(),
              }))}
          />
        </div>
      </div>
      {failed ? (
        <ErrorState error={error} onRetry={props.retry} />
      ) : rows?.length === 0 ? (
        props.empty
      ) : (
        <>
          <View {...props} rows={rows} shown={shown} menu={menu} actionsWidth={actionsWidth} />
          {rows && props.more && <LoadMore more={props.more} shown={rows.length} />}
        </>
      )}
      {selected && selected.size > 0 && (
        <BulkBar count={props.selectedCount ?? selected.size} onClear={() => onSelect?.(new Set())}>
          {props.bulk}
        </BulkBar>
      )}
      {menu.menu}
    </div>
  )
}

function isSearch(target: EventTarget): boolean {
  return target instanceof Element && target.matches('[data-page-search]')
}

function selectionState(selected: ReadonlySet<string> | undefined): RowSelectionState {
  return Object.fromEntries([...(selected ?? [])].map((one) => [one, true as const]))
}

/** Room for the menu's button and the quick acts beside it, so that they never cover a figure. */
function widthOfActions<Row>({ rows, rowActions }: DataTableProps<Row>): number {
  if (!rowActions) return 0
  const quick = rows?.slice(0, 20).map((row) => rowActions(row).filter((action) => action.quick).length)
  return 44 + 30 * Math.max(0, ...(quick ?? []))
}

/** What the person chose before, or every column that is not optional. */
function keptVisibility<Row>(id: string, columns: readonly Column<Row>[]): Record<string, boolean> {
  const initial = Object.fromEntries(columns.map((column) => [column.id, !column.optional]))
  try {
    const before: unknown = JSON.parse(kept(`columns.${id}`) ?? '{}')
    for (const [column, shown] of Object.entries(before ?? {}))
      if (column in initial && typeof shown === 'boolean') initial[column] = shown
  } catch {
    // unreadable: as if nothing had been chosen
  }
  return initial
}
