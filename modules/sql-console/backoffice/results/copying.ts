/** Results as other programs take them: by tabs for a spreadsheet, as CSV for a file. */
import { csvFile } from '#platform/ui/csv-file.ts'
import { saveFile } from '#platform/ui/save-file.ts'

type Cells = readonly (string | null)[]

/** Tabs and line ends part cells and rows: within one they become spaces. NULL is empty, as `COPY … CSV` has it. */
export const tsv = (rows: readonly Cells[]): string =>
  rows.map((row) => row.map((cell) => (cell ?? '').replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')

export const copy = (text: string): Promise<void> => navigator.clipboard.writeText(text)

/** @param name without its ending */
export function saveCsv(name: string, columns: readonly string[], rows: readonly Cells[]): void {
  saveFile(csvFile([columns, ...rows.map((row) => row.map((cell) => cell ?? ''))]), `${name}.csv`)
}
