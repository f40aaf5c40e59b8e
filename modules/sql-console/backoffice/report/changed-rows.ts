/** Changed rows, as they are read: by table, and of each what differs. */
import type { Change, ColumnClass, Unmasked } from '#contract/sql-console'

export type ChangedRow = {
  kind: 'inserted' | 'updated' | 'deleted'
  /** What names the row: its key, or what stands first in it. */
  name: string
  /** What differs; of a row that came or went, what it holds. */
  cells: readonly ChangedCell[]
  /** The others. */
  same: readonly SameCell[]
}
type About = {
  column: string
  /** Why it is not shown. */
  masked: ColumnClass | null
  /** What is shown of it for a while. */
  unmasked?: Unmasked | undefined
  /** Only the beginning of it is told. */
  isCut: boolean
}
export type ChangedCell = About & { before: string | null; after: string | null }
export type SameCell = About & { value: string | null }
export type ChangedTable = { table: string; rows: readonly ChangedRow[] }

type Changes = { changes: readonly Change[]; moreChanges: number }

export function changedTables({
  statements,
  atCommit,
}: {
  statements: readonly Changes[]
  atCommit: Changes
}): {
  tables: ChangedTable[]
  shown: number
  /** Of all that changed. */
  of: number
} {
  const parts = [...statements, atCommit]
  const all = parts.flatMap(({ changes }) => changes)
  const more = parts.reduce((sum, { moreChanges }) => sum + moreChanges, 0)
  const tables = [...Map.groupBy(all, ({ table }) => table)].map(([table, changes]) => ({
    table,
    rows: changes.map(changedRow),
  }))
  return { tables, shown: all.length, of: all.length + more }
}

export function changedRow({ before, after, changed, masked, unmasked, cut }: Change): ChangedRow {
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const about = (column: string) => ({
    column,
    masked: masked[column] ?? null,
    ...(unmasked?.[column] && { unmasked: unmasked[column] }),
    isCut: cut.includes(column),
  })
  const cell = (column: string) => ({
    ...about(column),
    before: before ? written(before[column]) : null,
    after: after ? written(after[column]) : null,
  })
  const row = after ?? before ?? {}
  const kind = before === null ? 'inserted' : after === null ? 'deleted' : 'updated'
  const differs = (column: string) =>
    kind === 'updated' ? changed.includes(column) : row[column] !== null && row[column] !== undefined
  return {
    kind,
    name: nameOf(row, columns),
    cells: columns.filter(differs).map(cell),
    same: columns
      .filter((column) => !differs(column))
      .map((column) => ({ ...about(column), value: written(row[column]) })),
  }
}

/** One that somebody changed since: by its key, all of it: that is what stands in it beside what changed. */
export function sinceRow(change: Change): ChangedRow {
  const row = change.after ?? change.before ?? {}
  const key = Object.keys(row).filter((column) => !change.changed.includes(column))
  const shown = changedRow(change)
  return {
    ...shown,
    name: key.map((column) => `${column} = ${written(row[column]) ?? 'NULL'}`).join(', '),
    same: [],
  }
}

function nameOf(row: Record<string, unknown>, columns: readonly string[]): string {
  const key = 'id' in row ? 'id' : (columns.find((column) => column.endsWith('_id')) ?? columns[0])
  return key === undefined ? '' : (written(row[key]) ?? '')
}

/** As one reads it: what is no text already, as JSON. */
export function written(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
