// The rows of a file, numbered and judged, in constant memory.
import { FileRefusal } from './file-refusal.ts'
import type { Columns } from './mapping.ts'
import { dataRows, type OpenedFile } from './opening.ts'
import { judgeRow, type JudgedRow } from './row-rules.ts'

export type ExaminedRow = JudgedRow & {
  /** Counts data rows, from 1. */
  row: number
  cells: string[]
}

export type Progress = { rows: number; bytes: number; totalBytes: number }

export async function* examineRows(
  file: OpenedFile,
  columns: Columns,
  onProgress: (progress: Progress) => void = () => {},
): AsyncGenerator<ExaminedRow[]> {
  const width = file.headings.length
  let row = 0
  let bytes = 0
  for await (const rows of dataRows(file, (read) => (bytes = read))) {
    const examined: ExaminedRow[] = []
    for (const { line, cells, ended } of rows) {
      // A value holds the separator without quotes: everything behind it would land in the wrong column.
      if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
        throw new FileRefusal('import_file_row_too_wide', { line, limit: width, found: cells.length })
      // Excel leaves out empty cells at the end of a row (KB 77295), but never the newline: that is a file cut short.
      if (cells.length < width && !ended) throw new FileRefusal('import_file_truncated', { line })
      row++
      examined.push({ row, cells, ...judgeRow(cells, columns) })
    }
    yield examined
    onProgress({ rows: row, bytes, totalBytes: file.bytes })
  }
}
