import { expect, test } from 'vitest'
import type { DraftLine } from '#contract/billing'
import { changed } from './edited-lines.ts'
import { editedOf, placeOf, readDocument } from './edited-document.ts'

const subscription: DraftLine = {
  description: 'Abonnement à MaGestionPsy',
  quantity: '1',
  unit: 'C62',
  unitPriceCents: 2_417,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory: 'S',
  vatBasisPoints: 2_000,
  vatExemption: null,
  period: { from: '2026-11-01', until: '2026-11-30' },
}
const care: DraftLine = {
  ...subscription,
  description: 'Supervision',
  quantity: '2.5',
  unitPriceCents: 6_000,
  discountBasisPoints: 1_000,
  vatCategory: 'E',
  vatBasisPoints: 0,
  vatExemption: 'VATEX-FR-CGI261-4',
  period: null,
}
const draft = {
  lines: [subscription, care],
  discount: { basisPoints: 0, cents: 500, label: 'Fidélité' },
  orderReference: 'BC-12',
  note: 'Merci.',
}

test('what was kept is typed and read back as it was', () => {
  for (const language of ['fr', 'en'] as const) {
    const { fields, unreadable } = readDocument(editedOf(draft, language))
    expect(unreadable.size).toBe(0)
    expect(fields).toEqual(draft)
  }
})

test('a line that takes a deposit off still names it', () => {
  const taken = { ...care, quantity: '-1', depositId: '0199a0a0-0000-7000-8000-000000000001' }
  const { fields } = readDocument(editedOf({ ...draft, lines: [subscription, taken] }, 'fr'))
  expect(fields?.lines).toEqual([subscription, taken])
})

test('the reference line: 24,17 and 20 % make 4,83 and 29,00', () => {
  const { sums } = readDocument(editedOf({ ...draft, lines: [subscription], discount: noDiscount }, 'fr'))
  expect([sums.exclCents, sums.vatCents, sums.inclCents]).toEqual([2_417, 483, 2_900])
})

test('a blank line is no line: it is neither saved nor counted', () => {
  const edited = editedOf({ ...draft, lines: [] }, 'fr')
  expect(edited.lines).toHaveLength(1)
  expect(readDocument(edited).fields.lines).toEqual([])
})

test('what cannot be read is named by its line and leaves what was last read there; all the rest is saved', () => {
  const edited = editedOf({ ...draft, discount: noDiscount }, 'fr')
  const [, second] = edited.lines
  const key = second?.key ?? ''
  const typed = ['6', '60 euros', 'douze'].reduce(
    (lines, price) => changed(lines, key, { price }),
    edited.lines,
  )
  const { fields, unreadable, sums } = readDocument({ ...edited, lines: typed, discount: '120 %' })
  const stands = { ...care, unitPriceCents: 600 }
  expect(fields).toEqual({ ...draft, discount: noDiscount, lines: [subscription, stands] })
  expect([...unreadable.keys()]).toEqual([`${second?.key}.price`, 'discount'])
  expect(sums.exclCents).toBe(2_417 + 1_350)
})

const noDiscount = { basisPoints: 0, cents: 0, label: '' }

test('a line beyond a billion euros is said at its price, and keeps no other from being saved', () => {
  const begun = editedOf({ ...draft, lines: [subscription, subscription] }, 'fr')
  const key = begun.lines[0]?.key ?? ''
  const lines = changed(begun.lines, key, { quantity: '9999999', price: '9999999,99' })
  const { fields, unreadable } = readDocument({ ...begun, lines })
  expect([...unreadable]).toEqual([[placeOf(key, 'price'), 'billing.editor.unreadable.huge']])
  expect(fields.lines.map(({ unitPriceCents }) => unitPriceCents)).toEqual([0, 2_417])
})
