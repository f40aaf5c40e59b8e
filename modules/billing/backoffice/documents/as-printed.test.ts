import { expect, test } from 'vitest'
import type { Invoice } from '#contract/billing'
import { asPrinted } from './as-printed.ts'

const note = {
  typeCode: 381,
  discountCents: -500,
  exclCents: -1_917,
  vatCents: -383,
  inclCents: -2_300,
  lines: [{ position: 1, quantity: -1, unitPriceCents: 2_417, discountCents: 0, exclCents: -2_417 }],
  vat: [{ vatCategory: 'S', vatBasisPoints: 2_000, baseCents: -1_917, vatCents: -383 }],
} as unknown as Invoice // what is printed of it

test('a credit note is read as it is printed, above zero, and nowhere -0', () => {
  const printed = asPrinted(note)
  expect(printed).toMatchObject({ discountCents: 500, exclCents: 1_917, vatCents: 383, inclCents: 2_300 })
  expect(printed.lines[0]).toMatchObject({ quantity: 1, unitPriceCents: 2_417, exclCents: 2_417 })
  expect(printed.vat[0]).toMatchObject({ baseCents: 1_917, vatCents: 383 })
  expect(Object.is(printed.lines[0]?.discountCents, 0)).toBe(true)
})

test('an invoice is read as it is', () => {
  const invoice = { ...note, typeCode: 380 } as Invoice
  expect(asPrinted(invoice)).toBe(invoice)
})
