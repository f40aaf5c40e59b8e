/** The lines as they are being typed: text in fields, in an order of their own. Each change leaves the other lines as they are. */

import { centsIn, discountIn, quantityIn } from './typed.ts'

export type LineText = {
  description: string
  quantity: string
  /** UN/ECE Recommendation 20. */
  unit: string
  price: string
  discount: string
  /** One of vat-choices.ts. */
  vat: string
}
export type EditedLine = LineText & {
  /** Its own while it is on the screen, wherever it moves. */
  key: string
  /** What is said of it elsewhere and kept as it came. */
  period: { from: string; until: string } | null
  /** What could last be read in a field: it stands while what is typed there cannot. */
  readable?: Partial<Pick<LineText, 'quantity' | 'price' | 'discount'>>
  /** The deposit invoice it takes off. */
  depositId?: string
}

/** Whoever begins a line has typed nothing of it. */
export const isBlank = ({ description, price, discount }: LineText): boolean =>
  description.trim() === '' && price.trim() === '' && discount.trim() === ''

let made = 0
export const newKey = (): string => `line-${++made}`

/** What the next line has in common with the one before it: its unit and its VAT. */
export function blankLine(like: Pick<LineText, 'unit' | 'vat'>): EditedLine {
  return {
    key: newKey(),
    description: '',
    quantity: '1',
    unit: like.unit,
    price: '',
    discount: '',
    vat: like.vat,
    period: null,
  }
}

export function changed(
  lines: readonly EditedLine[],
  key: string,
  part: Partial<LineText>,
): readonly EditedLine[] {
  return lines.map((line) =>
    line.key === key ? { ...line, ...part, readable: readableOf(line, part) } : line,
  )
}

const readers = { quantity: quantityIn, price: centsIn, discount: discountIn } as const

function readableOf(line: EditedLine, part: Partial<LineText>): NonNullable<EditedLine['readable']> {
  const readable = { ...line.readable }
  for (const cell of ['quantity', 'price', 'discount'] as const)
    if (part[cell] !== undefined && readers[cell](line[cell]) !== null) readable[cell] = line[cell]
  return readable
}

/** @param at where it then stands; beyond the last, it becomes the last */
export function inserted(
  lines: readonly EditedLine[],
  at: number,
  ...added: readonly EditedLine[]
): readonly EditedLine[] {
  return lines.toSpliced(Math.min(at, lines.length), 0, ...added)
}

export function without(lines: readonly EditedLine[], key: string): readonly EditedLine[] {
  return lines.filter((line) => line.key !== key)
}

/** One up or down; at the edge it stays. */
export function moved(lines: readonly EditedLine[], key: string, by: 1 | -1): readonly EditedLine[] {
  const from = lines.findIndex((line) => line.key === key)
  return movedTo(lines, key, from + by)
}

export function movedTo(lines: readonly EditedLine[], key: string, to: number): readonly EditedLine[] {
  const from = lines.findIndex((line) => line.key === key)
  const line = lines[from]
  if (!line || to === from || to < 0 || to >= lines.length) return lines
  return lines.toSpliced(from, 1).toSpliced(to, 0, line)
}
