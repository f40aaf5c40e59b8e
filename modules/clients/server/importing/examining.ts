// The rows of a file, numbered and judged, in constant memory.
import type { Columns } from './mapping.ts'
import { dataRows, type OpenedFile } from './opening.ts'
import { judgeRow, type JudgedRow } from './row-rules.ts'

export type ExaminedRow = JudgedRow & {
  /** Counts data rows, from 1. */
  row: number
  cells: string[]
}

export type Progress = { rows: number; bytes: number }

export async function* examineRows(
  file: OpenedFile,
  columns: Columns,
  onProgress: (progress: Progress) => void = () => {},
): AsyncGenerator<ExaminedRow[]> {
  let row = 0
  let bytes = 0
  for await (const rows of dataRows(file, (read) => (bytes = read))) {
    const examined = rows.map(({ cells }) => ({ row: ++row, cells, ...judgeRow(cells, columns) }))
    yield examined
    onProgress({ rows: row, bytes })
  }
}
