// The rejected rows: as a file to be mended in a spreadsheet and imported again, and the first ones for the page to list.
import { maxRejectedListed, type RejectedRows, type RowCode } from '#contract/clients'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import type { Columns } from './mapping.ts'
import { dataRows, type OpenedFile } from './opening.ts'

type Words = { row: string; code: string; reason: string; reasonOf: (code: RowCode) => string }
type RowError = { row: number; code: RowCode }

/** `errors` in the order of the rows. With a byte order mark, or Excel would read the accents wrongly. */
export async function* rejectedRows(
  file: OpenedFile,
  errors: readonly RowError[],
  words: Words,
): AsyncGenerator<string> {
  const width = file.headings.length
  yield byteOrderMark + csvLine([...file.headings, words.row, words.code, words.reason], file.separator)
  for await (const rows of rowsOf(file, errors)) {
    let text = ''
    for (const { row, code, cells } of rows) {
      const original = Array.from({ length: width }, (_, at) => cells[at] ?? '')
      text += csvLine([...original, String(row), code, words.reasonOf(code)], file.separator)
    }
    if (text) yield text
  }
}

/** Cut short where a cell is a whole page: a list is no place to read one. */
export async function rejectedList(
  file: OpenedFile,
  errors: readonly RowError[],
  columns: Columns,
): Promise<RejectedRows> {
  const listed: RejectedRows = []
  for await (const rows of rowsOf(file, errors.slice(0, maxRejectedListed))) {
    for (const { row, code, cells } of rows) {
      const read = (at: number | undefined) =>
        (at === undefined ? '' : (cells[at] ?? '')).trim().slice(0, 200)
      const name = [read(columns.firstName), read(columns.lastName)].filter(Boolean).join(' ')
      listed.push({ row, name, email: read(columns.email), code })
    }
  }
  return listed
}

/** The file is read as far as the last error and no further. */
async function* rowsOf(
  file: OpenedFile,
  errors: readonly RowError[],
): AsyncGenerator<(RowError & { cells: string[] })[]> {
  let row = 0
  let next = 0
  for await (const rows of dataRows(file)) {
    const found = []
    for (const { cells } of rows) {
      row++
      const error = errors[next]
      if (error?.row !== row) continue
      next++
      found.push({ ...error, cells })
    }
    yield found
    if (next === errors.length) return
  }
}
