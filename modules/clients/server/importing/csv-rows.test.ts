import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvSplitter, maxCellLength, type CsvRow } from './csv-rows.ts'
import { FileRefusal } from './file-refusal.ts'
import { separators } from './separator.ts'

function read(text: string, separator = ';', pieceLength = text.length || 1): CsvRow[] {
  const splitter = csvSplitter(separator)
  const rows: CsvRow[] = []
  for (let at = 0; at < text.length; at += pieceLength)
    rows.push(...splitter.push(text.slice(at, at + pieceLength)))
  return [...rows, ...splitter.end()]
}

const cellsOf = (rows: CsvRow[]) => rows.map((row) => row.cells)

function refusal(text: string) {
  try {
    read(text)
  } catch (error) {
    if (error instanceof FileRefusal) return { code: error.code, line: error.details.line }
    throw error
  }
  return undefined
}

test('what is written with any separator and newline is read back the same, however the text is cut', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('"', ';', ',', '\t', '|', '\n', '\r', 'é', ' ', 'a'), maxLength: 12 }),
  )
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 })
  const write = (rows: string[][], separator: string, newline: string) =>
    rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator)).join(newline)
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(...separators),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (rows, separator, newline, pieceLength, endsWithNewline) => {
        const text = write(rows, separator, newline) + (endsWithNewline ? newline : '')
        expect(cellsOf(read(text, separator, pieceLength))).toEqual(rows)
      },
    ),
  )
})

test('a quoted cell holds separators, quotes and newlines', () => {
  expect(cellsOf(read('a;"b;""c""\r\nd";e\r\n'))).toEqual([['a', 'b;"c"\r\nd', 'e']])
})

test('a quote in the middle of a bare cell is a character like any other', () => {
  expect(cellsOf(read('Résidence "Les Tilleuls";x\n'))).toEqual([['Résidence "Les Tilleuls"', 'x']])
})

test('rows know the line they begin on, counting the newlines inside quotes and the empty lines', () => {
  expect(read('a;b\r\n"1\n2";c\r\n\r\nd;e').map((row) => [row.line, row.ended])).toEqual([
    [1, true],
    [2, true],
    [5, false],
  ])
})

test('an empty line is no row, a line of separators is one', () => {
  expect(cellsOf(read('a;b\n\n;\n'))).toEqual([
    ['a', 'b'],
    ['', ''],
  ])
})

test('a quote that never closes is refused on the line that opened it', () => {
  expect(refusal('a;b\nc;"d\ne;f\n')).toEqual({ code: 'import_file_quote_unclosed', line: 2 })
})

test('a quote that swallows the file is refused before it swallows the memory', () => {
  expect(refusal(`a;b\nc;"${'x\n'.repeat(maxCellLength)}`)).toEqual({
    code: 'import_file_quote_unclosed',
    line: 2,
  })
})

test('text behind a closing quote is refused on its line', () => {
  expect(refusal('a;b\n"c\nd"x;e\n')).toEqual({ code: 'import_file_quote_misplaced', line: 3 })
})

test('a cell longer than a spreadsheet allows is refused', () => {
  expect(refusal(`a;b\nc;${'x'.repeat(maxCellLength + 1)}\n`)).toEqual({
    code: 'import_file_cell_too_long',
    line: 2,
  })
  expect(refusal(`a;b\nc;${'x'.repeat(maxCellLength)}\n`)).toBeUndefined()
})

test('a row of a thousand columns is refused', () => {
  expect(refusal(`a;b\n${';'.repeat(1000)}`)).toEqual({ code: 'import_file_row_too_wide', line: 2 })
})
