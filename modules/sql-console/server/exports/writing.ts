/** Rows as a file, while they arrive: CSV as French spreadsheets open it, or a workbook whose types are kept. */
import type { SqlExportFormat } from '#contract/sql-console'
import { byteOrderMark, csvLine } from '#platform/server/csv.ts'
import { workbook, type Cell } from '#platform/server/xlsx.ts'
import { typeName } from '../runs/type-names.ts'
import { cellOf } from './cells.ts'
import type { Batch } from './reading.ts'

export const mediaTypes: Record<
  SqlExportFormat,
  'text/csv' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export type Words = {
  sheet: string
  /** What is said below the rows; asked when they are all there. */
  below: () => readonly string[]
}

export function written(
  format: SqlExportFormat,
  batches: AsyncIterable<Batch>,
  words: Words,
): AsyncIterable<Uint8Array> {
  return format === 'csv' ? asCsv(batches, words) : asXlsx(batches, words)
}

/** NULL and an empty text are both empty, as in every CSV. */
async function* asCsv(batches: AsyncIterable<Batch>, { below }: Words): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const { columns, rows } of batches) {
    let text = isFirst ? byteOrderMark + csvLine(columns.map(({ name }) => name)) : ''
    isFirst = false
    for (const row of rows) text += csvLine(row.map((value) => value ?? ''))
    if (text !== '') yield Buffer.from(text)
  }
  for (const said of below()) yield Buffer.from(csvLine([said]))
}

async function* asXlsx(batches: AsyncIterable<Batch>, { sheet, below }: Words): AsyncGenerator<Uint8Array> {
  const source = batches[Symbol.asyncIterator]()
  try {
    const { value } = await source.next()
    const first: Batch | undefined = value as Batch | undefined // an iterator that ends gives nothing
    if (!first) return
    const types = first.columns.map(({ type }) => typeName(type))
    const cells = ({ rows }: Batch): Cell[][] =>
      rows.map((row) => row.map((value, at) => cellOf(value, types[at] ?? '')))
    const headings = first.columns.map(({ name }, at) => ({
      heading: name,
      width: widthOf(name, types[at] ?? ''),
    }))
    const rest = { [Symbol.asyncIterator]: () => source }
    yield* workbook(sheet, headings, mapped(first, rest, cells), below)
  } finally {
    await source.return?.()
  }
}

async function* mapped(
  first: Batch,
  rest: AsyncIterable<Batch>,
  cells: (batch: Batch) => Cell[][],
): AsyncGenerator<Cell[][]> {
  yield cells(first)
  for await (const batch of rest) yield cells(batch)
}

/** In characters. */
function widthOf(name: string, type: string): number {
  const usual = type.startsWith('timestamp')
    ? 20
    : /^(?:int|float|oid|bool|date|numeric)/.test(type)
      ? 13
      : 24
  return Math.min(50, Math.max(usual, name.length + 3))
}
