// Opens a file as far as its headings: what the person must see before choosing which column is what.
import { csvRows, csvSplitter } from './csv-rows.ts'
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

/** Every data row of the file, in pieces; the heading row is left out. */
export async function* dataRows(file: OpenedFile, onBytes: (read: number) => void = () => {}) {
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
    if (headingsPassed) yield rows
    else yield rows.slice(1)
    headingsPassed = true
  }
}
