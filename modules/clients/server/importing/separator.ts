// Finds the separator on the beginning of a file: the one that cuts the rows into the same number of cells.
import { FileRefusal } from './file-refusal.ts'
import { csvSplitter, type CsvRow } from './csv-rows.ts'

export const separators = [';', ',', '\t', '|'] as const
export type Separator = (typeof separators)[number]

export const sampleLength = 64 * 1024

/** `whole` says that the sample is the entire file, so that its last row counts even without a newline. */
export function detectSeparator(sample: string, whole: boolean): Separator {
  let best: Separator = ';'
  let bestScore = 0
  for (const separator of separators) {
    const score = scoreOf(rowsOf(sample, separator, whole))
    if (score > bestScore) {
      best = separator
      bestScore = score
    }
  }
  return best
}

/** Rows as wide as the heading row, times that width: a stray comma in addresses never beats sixteen columns. */
function scoreOf(rows: CsvRow[]): number {
  const width = rows[0]?.cells.length ?? 0
  if (width < 2) return 0
  return rows.filter((row) => row.cells.length === width).length * width
}

/** A wrong candidate often trips over a quote in the middle of its cells: what it read before still counts. */
function rowsOf(sample: string, separator: Separator, whole: boolean): CsvRow[] {
  const splitter = csvSplitter(separator)
  const rows: CsvRow[] = []
  try {
    for (const line of sample.split(/(?<=\n)/)) rows.push(...splitter.push(line))
    if (whole) rows.push(...splitter.end())
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
  }
  return rows
}
