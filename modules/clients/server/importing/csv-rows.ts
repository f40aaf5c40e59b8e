// Splits text into rows of cells (RFC 4180, any separator, any newline), a chunk at a time and in constant memory.
// Our own and not csv-parse: four times faster on 100,000 clients (0.13 s against 0.57 s in one process),
// and each refusal names the physical line, which csv-parse does not for a quote that never closes.
import { FileRefusal } from './file-refusal.ts'

export type CsvRow = {
  /** Physical line the row begins on, from 1. */
  line: number
  cells: string[]
  /** False for a last row that no newline ends: perhaps a file cut short. */
  ended: boolean
}

/** What a spreadsheet's cell may hold. A longer one is an open quote that swallowed the file, and would swallow memory. */
export const maxCellLength = 32_767

/** A list of clients has sixteen columns; a row of thousands is not one. */
export const maxColumns = 500

const quote = 0x22
const carriageReturn = 0x0d
const lineFeed = 0x0a

export async function* csvRows(chunks: AsyncIterable<string>, separator: string): AsyncGenerator<CsvRow[]> {
  const splitter = csvSplitter(separator)
  for await (const chunk of chunks) {
    const rows = splitter.push(chunk)
    if (rows.length > 0) yield rows
  }
  const rows = splitter.end()
  if (rows.length > 0) yield rows
}

/** Takes text in any pieces and gives whole rows back. A row cut by the end of a piece is read again with the next one. */
export function csvSplitter(separator: string) {
  const separatorCode = separator.charCodeAt(0)
  let rest = ''
  let line = 1

  const split = (text: string, last: boolean): CsvRow[] => {
    const rows: CsvRow[] = []
    const cursor: Cursor = { text, at: 0, line, last }
    let kept = 0
    while (kept < text.length) {
      const row = readRow(cursor, separatorCode)
      if (row === undefined) break
      if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row)
      kept = cursor.at
      line = cursor.line
    }
    rest = text.slice(kept)
    return rows
  }

  return {
    push: (piece: string) => split(rest + piece, false),
    end: () => split(rest, true),
  }
}

type Cursor = { text: string; at: number; line: number; last: boolean }

/** One row, or nothing when the text ends before it does; the cursor then is of no use any more. */
function readRow(cursor: Cursor, separatorCode: number): CsvRow | undefined {
  const { text, last, line } = cursor
  const cells: string[] = []
  for (;;) {
    const cell = text.charCodeAt(cursor.at) === quote ? quotedCell(cursor) : plainCell(cursor, separatorCode)
    if (cell === undefined) return undefined
    if (cell.length > maxCellLength)
      throw new FileRefusal('import_file_cell_too_long', { line, limit: maxCellLength })
    if (cells.push(cell) > maxColumns)
      throw new FileRefusal('import_file_row_too_wide', { line, limit: maxColumns })
    if (cursor.at === text.length) return last ? { line, cells, ended: false } : undefined
    const code = text.charCodeAt(cursor.at)
    if (code === carriageReturn && cursor.at + 1 === text.length && !last) return undefined // a line feed may follow
    cursor.at++
    if (code === separatorCode) continue
    if (code === carriageReturn && text.charCodeAt(cursor.at) === lineFeed) cursor.at++
    else if (code !== carriageReturn && code !== lineFeed)
      throw new FileRefusal('import_file_quote_misplaced', { line: cursor.line })
    cursor.line++
    return { line, cells, ended: true }
  }
}

function plainCell(cursor: Cursor, separatorCode: number): string | undefined {
  const { text } = cursor
  const start = cursor.at
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === separatorCode || code === lineFeed || code === carriageReturn) break
    at++
  }
  cursor.at = at
  return at === text.length && !cursor.last && at - start <= maxCellLength ? undefined : text.slice(start, at)
}

/** From the opening quote to just behind the closing one; a doubled quote stands for one. */
function quotedCell(cursor: Cursor): string | undefined {
  const { text, last } = cursor
  let cell = ''
  let from = cursor.at + 1
  for (;;) {
    const close = text.indexOf('"', from)
    const swallowed = cell.length + (close < 0 ? text.length : close) - from
    if (swallowed > maxCellLength || (close < 0 && last))
      throw new FileRefusal('import_file_quote_unclosed', { line: cursor.line })
    if (close < 0 || (close + 1 === text.length && !last)) return undefined
    cell += text.slice(from, close)
    from = close + 1
    if (text.charCodeAt(from) !== quote) break
    cell += '"'
    from++
  }
  cursor.at = from
  cursor.line += lineEnds(cell)
  return cell
}

function lineEnds(cell: string): number {
  let count = 0
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at)
    if (code === lineFeed || (code === carriageReturn && cell.charCodeAt(at + 1) !== lineFeed)) count++
  }
  return count
}
