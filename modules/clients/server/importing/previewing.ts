// What the person sees between sending a file and importing it: how its first rows would be read.
import type { ImportField, ImportMapping, ImportPreview } from '#contract/clients'
import { chosenColumns, missingFields, proposeMapping } from './mapping.ts'
import { dataRows, type OpenedFile } from './opening.ts'
import { judgeRow } from './row-rules.ts'

const sampleRows = 20

/** Tells what is missing instead of refusing it: the choice of columns is still being made. */
export async function previewOf(
  id: string,
  rows: number,
  file: OpenedFile,
  chosen: ImportMapping | undefined,
): Promise<ImportPreview> {
  const mapping = chosen ?? proposeMapping(file.headings)
  const columns = chosenColumns(file.headings, mapping)
  const mapped = Object.keys(columns) as ImportField[] // the keys of Columns are fields
  const sample: ImportPreview['sample'] = []
  for (const [at, cells] of (await firstRows(file)).entries()) {
    const { values, early, late, dateMissing } = judgeRow(cells, columns)
    const code = early ?? late
    sample.push({
      row: at + 1,
      values: Object.fromEntries(mapped.map((field) => [field, values[field]])),
      code,
      warning: dateMissing && code === null ? 'date_missing' : null,
    })
  }
  const { bytes, encoding, separator, headings, source } = file
  return {
    id,
    name: source.name,
    bytes,
    rows,
    encoding,
    separator,
    headings,
    mapping,
    missing: missingFields(columns),
    sample,
  }
}

async function firstRows(file: OpenedFile): Promise<string[][]> {
  const first: string[][] = []
  for await (const rows of dataRows(file)) {
    first.push(...rows.slice(0, sampleRows - first.length).map((row) => row.cells))
    if (first.length === sampleRows) break
  }
  return first
}
