// Opens a file as far as its headings: what the person must see before choosing which column is what.
import { csvRows, csvSplitter, type CsvRow } from './csv-rows.ts'
import { decodeChunks } from './decoding.ts'
import { FileRefusal } from './file-refusal.ts'
import { checkHeadings } from './mapping.ts'
import { detectSeparator, sampleLength, type Separator } from './separator.ts'
import type { ImportSource } from './source.ts'
import { surveyFile, type Survey } from './surveying.ts'

export type OpenedFile = Survey & {
  source: ImportSource
  separator: Separator
  headings: string[]
}

export async function openFile(
  source: ImportSource,
  options: { maxBytes?: number } = {},
): Promise<OpenedFile> {
  const survey = await surveyFile(source, options.maxBytes)
  const sample = await firstCharacters(source, survey)
  if (sample.text.trim() === '') throw new FileRefusal('import_file_empty')
  const separator = detectSeparator(sample.text, sample.whole)
  const headings = checkHeadings(headingRow(sample.text, sample.whole, separator))
  return { ...survey, source, separator, headings }
}

async function firstCharacters(
  source: ImportSource,
  survey: Survey,
): Promise<{ text: string; whole: boolean }> {
  let text = ''
  for await (const piece of decodeChunks(source.open(), survey.encoding)) {
    text += piece
    if (text.length >= sampleLength) return { text: text.slice(0, sampleLength), whole: false }
  }
  return { text, whole: true }
}

/** Line by line, so that a mistake further down is told when that row is read, with the rows before it. */
function headingRow(text: string, whole: boolean, separator: Separator): string[] | undefined {
  const splitter = csvSplitter(separator)
  for (const line of text.split(/(?<=\n)/)) {
    const [row] = splitter.push(line)
    if (row) return row.cells
  }
  return whole ? splitter.end()[0]?.cells : undefined
}

/** Every data row of the file, in pieces and as wide as it should be; the heading row is left out. */
export async function* dataRows(
  file: OpenedFile,
  onBytes: (read: number) => void = () => {},
): AsyncGenerator<CsvRow[]> {
  let read = 0
  const counted = async function* () {
    for await (const chunk of file.source.open()) {
      yield chunk
      read += chunk.length
      onBytes(read)
    }
  }
  let headingsPassed = false
  for await (const rows of csvRows(decodeChunks(counted(), file.encoding), file.separator)) {
    const data = headingsPassed ? rows : rows.slice(1)
    headingsPassed = true
    for (const row of data) checkWidth(row, file.headings.length)
    yield data
  }
}

/** Reads the file to its end, and so finds whatever would refuse it later. */
export async function countRows(file: OpenedFile): Promise<number> {
  let count = 0
  for await (const rows of dataRows(file)) count += rows.length
  return count
}

function checkWidth({ cells, line, ended }: CsvRow, width: number): void {
  // A value holds the separator without quotes: everything behind it would land in the wrong column.
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
    throw new FileRefusal('import_file_row_too_wide', { line, limit: width, found: cells.length })
  }
  // Excel leaves out empty cells at the end of a row (KB 77295), but never the newline: that is a file cut short.
  if (cells.length < width && !ended) throw new FileRefusal('import_file_truncated', { line })
}
