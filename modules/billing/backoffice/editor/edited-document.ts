/** A whole draft as it is being typed, and what becomes of it when it is read: the fields to save, and what cannot be read yet. */
import {
  type DraftFields,
  type DraftLine,
  lineCentsAtMost,
  lineSums,
  type Sums,
  sumsOf,
} from '#contract/billing'
import type { MessageKey } from '#platform/ui/messages.tsx'
import type { Language } from '#platform/ui/preferences.ts'
import { blankLine, type EditedLine, isBlank, newKey } from './edited-lines.ts'
import { centsIn, discountIn, quantityIn, typedCents, typedDiscount, typedQuantity } from './typed.ts'
import { keyOfVat, usualVat, vatOf } from './vat-choices.ts'

export type EditedDocument = {
  lines: readonly EditedLine[]
  /** Off the whole document, as it is typed. */
  discount: string
  discountLabel: string
  orderReference: string
  note: string
}

/** What cannot be read: by the line's key and the field, or by the field alone. */
export type Unreadable = ReadonlyMap<string, MessageKey>
export const placeOf = (key: string, field: string): string => `${key}.${field}`

type Kept = Pick<DraftFields, 'lines' | 'discount' | 'orderReference' | 'note'>

/** @param vat of the line that an empty document begins with */
export function editedOf(
  { lines, discount, orderReference, note }: Kept,
  language: Language,
  vat: string = usualVat,
): EditedDocument {
  return {
    lines:
      lines.length === 0 ? [blankLine({ unit: 'C62', vat })] : lines.map((one) => typedLine(one, language)),
    discount: typedDiscount(discount, language),
    discountLabel: discount.label,
    orderReference,
    note,
  }
}

function typedLine(line: DraftLine, language: Language): EditedLine {
  return {
    key: newKey(),
    description: line.description,
    quantity: typedQuantity(line.quantity, language),
    unit: line.unit,
    price: typedCents(line.unitPriceCents, language),
    discount: typedDiscount({ basisPoints: line.discountBasisPoints, cents: line.discountCents }, language),
    vat: keyOfVat(line),
    period: line.period,
    ...(line.depositId !== undefined && { depositId: line.depositId }),
  }
}

export type Read = {
  /** What can be read: a cell that cannot counts as what was last read in it, and keeps no other from being saved. */
  fields: Kept
  unreadable: Unreadable
  /** Of all that can be read: what is half typed counts for nothing. */
  sums: Sums
  /** Where each line of what is saved stands on the screen: blank lines are not saved. */
  keys: readonly string[]
}

export function readDocument({ discount, discountLabel, orderReference, note, lines }: EditedDocument): Read {
  const unreadable = new Map<string, MessageKey>()
  const written = lines.filter((line) => !isBlank(line))
  const read = written.map((line) => readLine(line, unreadable))
  const off = discountIn(discount)
  if (!off) unreadable.set('discount', 'billing.editor.unreadable.discount')
  const whole = { ...(off ?? { basisPoints: 0, cents: 0 }), label: discountLabel.trim() }
  return {
    fields: { lines: read, discount: whole, orderReference, note },
    unreadable,
    sums: sumsOf(read, whole),
    keys: written.map(({ key }) => key),
  }
}

function readLine(line: EditedLine, unreadable: Map<string, MessageKey>): DraftLine {
  const read = readCells(line, unreadable)
  if (Math.abs(lineSums({ ...read, discountBasisPoints: 0, discountCents: 0 }).exclCents) <= lineCentsAtMost)
    return read
  unreadable.set(placeOf(line.key, 'price'), 'billing.editor.unreadable.huge')
  return { ...read, unitPriceCents: 0 }
}

function readCells(line: EditedLine, unreadable: Map<string, MessageKey>): DraftLine {
  const part = <Value>(field: string, value: Value | null, instead: Value, problem: MessageKey): Value => {
    if (value === null) unreadable.set(placeOf(line.key, field), problem)
    return value ?? instead
  }
  const off = part(
    'discount',
    discountIn(line.discount),
    discountIn(line.readable?.discount ?? '') ?? { basisPoints: 0, cents: 0 },
    'billing.editor.unreadable.discount',
  )
  return {
    description: line.description.trim(),
    quantity: part(
      'quantity',
      quantityIn(line.quantity),
      quantityIn(line.readable?.quantity ?? '') ?? '0',
      'billing.editor.unreadable.quantity',
    ),
    unit: line.unit,
    // Nothing typed yet is nothing to pay.
    unitPriceCents:
      line.price.trim() === ''
        ? 0
        : part(
            'price',
            centsIn(line.price),
            centsIn(line.readable?.price ?? '') ?? 0,
            'billing.editor.unreadable.price',
          ),
    discountBasisPoints: off.basisPoints,
    discountCents: off.cents,
    ...vatOf(line.vat),
    period: line.period,
    ...(line.depositId !== undefined && { depositId: line.depositId }),
  }
}
