/** The columns of a table: what they show, and which of them fit. */
import type { ReactNode } from 'react'

export type Column<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Pixels it needs at least. The columns that `grow` share what is left. */
  width: number
  grow?: boolean
  align?: 'start' | 'end'
  sortable?: boolean
  /** 1 is always shown; the higher the number, the sooner it leaves when there is little room. */
  importance?: 1 | 2 | 3 | 4 | 5
  /** Starts hidden: whoever needs it chooses it. */
  optional?: boolean
  /** Where it stands on the card of a narrow screen; a line with its header unless told. */
  card?: 'title' | 'aside' | 'line' | 'none'
  /** Whether it has nothing to say of a row: its line is left out of that card. */
  blank?: (row: Row) => boolean
}

export type Sort = { column: string; direction: 'asc' | 'desc' }

/** The columns that fit into a width, most important first, in their own order. */
export function fitting<C extends Pick<Column<never>, 'id' | 'width' | 'importance'>>(
  columns: readonly C[],
  width: number,
): C[] {
  let left = width
  const chosen = new Set<string>()
  const byImportance = columns.toSorted((a, b) => (a.importance ?? 1) - (b.importance ?? 1))
  for (const column of byImportance) {
    left -= column.width
    if (left < 0 && (column.importance ?? 1) > 1) break
    chosen.add(column.id)
  }
  return columns.filter((column) => chosen.has(column.id))
}

/** Sorting the sorted column turns it round. */
export function nextSort(sort: Sort | undefined, column: string): Sort {
  const turned = sort?.column === column && sort.direction === 'asc'
  return { column, direction: turned ? 'desc' : 'asc' }
}
