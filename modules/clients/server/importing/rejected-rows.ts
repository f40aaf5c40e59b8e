// The rejected rows as they stood in the file, each with its reason: to be mended in a spreadsheet and imported again.
import type { RowCode } from '#contract/clients'
import { byteOrderMark, csvLine } from '../exporting/csv.ts'
import { dataRows, type OpenedFile } from './opening.ts'

type Words = { row: string; code: string; reason: string; reasonOf: (code: RowCode) => string }

/** `errors` in the order of the rows. With a byte order mark, or Excel would read the accents wrongly. */
export async function* rejectedRows(
  file: OpenedFile,
  errors: readonly { row: number; code: RowCode }[],
  words: Words,
): AsyncGenerator<string> {
  const width = file.headings.length
  yield byteOrderMark + csvLine([...file.headings, words.row, words.code, words.reason], file.separator)
  let row = 0
  let next = 0
  for await (const rows of dataRows(file)) {
    let text = ''
    for (const { cells } of rows) {
      row++
      const error = errors[next]
      if (error?.row !== row) continue
      next++
      const original = Array.from({ length: width }, (_, at) => cells[at] ?? '')
      text += csvLine([...original, String(row), error.code, words.reasonOf(error.code)], file.separator)
    }
    if (text) yield text
    if (next === errors.length) return
  }
}
