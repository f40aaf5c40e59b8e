/** Rows copied from a spreadsheet become lines: designation, quantity, unit price, VAT rate, as many of them as there are. */
import { blankLine, type EditedLine } from './edited-lines.ts'
import { centsIn, quantityIn } from './typed.ts'
import { vatChoices } from './vat-choices.ts'

const most = 1_000

/** @returns null for what is no table: it is pasted as the text it is */
export function linesIn(text: string, like: Pick<EditedLine, 'unit' | 'vat'>): readonly EditedLine[] | null {
  const rows = text
    .split(/\r?\n/)
    .filter((row) => row.trim() !== '')
    .map((row) => row.split('\t').map((cell) => cell.trim()))
  if (!rows.some((cells) => cells.length > 1)) return null
  return rows.slice(0, most).map((cells) => lineOf(cells, like))
}

/** Designation, price; or designation, quantity, price; or those with a rate. What is none of it stays as it was typed. */
function lineOf(cells: readonly string[], like: Pick<EditedLine, 'unit' | 'vat'>): EditedLine {
  const [description = '', second = '', third, rate] = cells
  const line = { ...blankLine(like), description }
  if (third === undefined) return { ...line, price: second }
  const vat = rateIn(rate ?? '') ?? line.vat
  return quantityIn(second) === null && centsIn(third) === null
    ? { ...line, description: cells.join(' ') }
    : { ...line, quantity: second || '1', price: third, vat }
}

function rateIn(typed: string): string | undefined {
  const points = centsIn(typed.replace('%', ''))
  return vatChoices.find(
    ({ vatCategory, vatBasisPoints }) => vatCategory === 'S' && vatBasisPoints === points,
  )?.key
}
