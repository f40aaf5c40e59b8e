// A workbook of one sheet, written while its rows arrive (ECMA-376 part 1, SpreadsheetML, in an OPC zip). The usual
// writers hold the whole sheet in memory first; here nothing is held but the batch at hand.
import { Zip, ZipDeflate, strToU8 } from 'fflate'

/**
 * Text never becomes a formula: it is typed as text. A day or a wall-clock time is `2026-02-27` or `2026-02-27T09:33:00`; `second` is a
 * wall-clock time shown to the second. A number is written as it is: digits, a point, an exponent.
 */
export type Cell =
  | { text: string }
  | { day: string }
  | { wallClock: string }
  | { second: string }
  | { number: string }
  | { truth: boolean }
  | null

type Column = { heading: string; /** In characters. */ width: number }

export async function* workbook(
  sheetName: string,
  columns: readonly Column[],
  batches: AsyncIterable<readonly Cell[][]>,
  /** Said below the rows, and not sorted or filtered with them: asked when they are all there. */
  below: () => readonly string[] = () => [],
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const file = (path: string) => {
    const entry = new ZipDeflate(path, { level: 4 })
    zip.add(entry)
    return entry
  }
  for (const [path, xml] of Object.entries(fixedParts(sheetName)))
    file(path).push(strToU8(declaration + xml), true)

  const sheet = file('xl/worksheets/sheet1.xml')
  let row = 1
  sheet.push(
    strToU8(
      sheetHead(columns) +
        rowXml(
          row,
          columns.map(({ heading }) => ({ text: heading })),
          headingStyle,
        ),
    ),
  )
  for await (const batch of batches) {
    sheet.push(strToU8(batch.map((cells) => rowXml(++row, cells)).join('')))
    yield* ready.splice(0)
  }
  const filter = `<autoFilter ref="A1:${letters(columns.length - 1)}${row}"/>`
  const said = below().map((text) => rowXml(++row, [{ text }], headingStyle))
  sheet.push(strToU8(`${said.join('')}</sheetData>${filter}</worksheet>`), true)
  zip.end()
  yield* ready.splice(0)
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageParts = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Places in the styles' list of cell formats below. */
const headingStyle = 1
const dayStyle = 2
const wallClockStyle = 3
const plainStyle = 4
const secondStyle = 5

function fixedParts(sheetName: string): Record<string, string> {
  return {
    '[Content_Types].xml': `<Types xmlns="${packageParts}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packageParts}/relationships"><Relationship Id="r1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="${escaped(sheetName)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageParts}/relationships"><Relationship Id="r1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="166" formatCode="dd/mm/yyyy\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="0"/><xf numFmtId="166" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  }
}

/** The first row stays in sight while one scrolls. */
function sheetHead(columns: readonly Column[]): string {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  )
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`
}

function rowXml(row: number, cells: readonly Cell[], textStyle = 0): string {
  let xml = `<row r="${row}">`
  for (const [at, cell] of cells.entries()) {
    if (cell === null) continue
    const place = `${letters(at)}${row}`
    if ('text' in cell) xml += textCell(place, cell.text, textStyle)
    else if ('day' in cell) xml += `<c r="${place}" s="${dayStyle}"><v>${serial(cell.day)}</v></c>`
    else if ('wallClock' in cell)
      xml += `<c r="${place}" s="${wallClockStyle}"><v>${serial(cell.wallClock)}</v></c>`
    else if ('second' in cell) xml += `<c r="${place}" s="${secondStyle}"><v>${serial(cell.second)}</v></c>`
    else if ('number' in cell) xml += `<c r="${place}" s="${plainStyle}"><v>${cell.number}</v></c>`
    else xml += `<c r="${place}" s="${plainStyle}" t="b"><v>${cell.truth ? 1 : 0}</v></c>`
  }
  return `${xml}</row>`
}

function textCell(place: string, text: string, style: number): string {
  // Without the attribute a reader may drop spaces at the ends.
  const space = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${place}"${style ? ` s="${style}"` : ''} t="inlineStr"><is><t${space}>${escaped(text)}</t></is></c>`
}

const lettersOf: string[] = []
/** 0 gives A, 25 gives Z, 26 gives AA. */
const letters = (column: number): string => (lettersOf[column] ??= spelled(column))
function spelled(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : spelled(Math.floor(column / 26) - 1) + last
}

/** Days since 30/12/1899, the fraction being the time of day; spreadsheets know no time zones. */
function serial(wallClock: string): number {
  const instant = Date.parse(wallClock.length === 10 ? `${wallClock}T00:00:00Z` : `${wallClock}Z`)
  return (instant - Date.UTC(1899, 11, 30)) / 86_400_000
}

// The control characters that XML 1.0 cannot hold at all, and halves of surrogate pairs.
// oxlint-disable-next-line no-control-regex
const unspeakable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu

function escaped(text: string): string {
  if (!needsEscape.test(text)) return text
  return text
    .replaceAll(unspeakable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

// Nearly no cell has anything of these, and a hundred thousand clients have two million cells.
// oxlint-disable-next-line no-control-regex
const needsEscape = /[&<>"\u0000-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/
