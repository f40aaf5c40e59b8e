import { expect, test } from 'vitest'
import type { Invoice } from '#contract/billing'
import { creditLeftCents, documentCan } from './document-can.ts'

const may = () => true
const note = (over: Partial<Invoice>): Invoice =>
  ({
    typeCode: 381,
    number: 'AV-2026-000001',
    inclCents: -2_900,
    paidCents: 0,
    credits: [],
    ...over,
  }) as Invoice // what decides

test('what is left of a credit note is what pays no invoice and was not sent back', () => {
  expect(creditLeftCents(note({}))).toBe(2_900)
  expect(creditLeftCents(note({ paidCents: -1_000 }))).toBe(1_900)
  expect(creditLeftCents(note({ paidCents: -2_900 }))).toBe(0)
  // A draft is no credit yet, and an invoice none at all.
  expect(creditLeftCents(note({ number: null }))).toBe(0)
  expect(creditLeftCents(note({ typeCode: 380, inclCents: 2_900 }))).toBe(0)
})

test('a credit note that is used up is sent back no more, but what it pays may be said anew', () => {
  const used = note({
    paidCents: -2_900,
    credits: [{ id: 'a', number: 'FA-2026-000001', amountCents: 2_900 }],
  })
  expect(documentCan.allocate(used, may)).toBe(true)
  expect(documentCan.refund(used, may)).toBe(false)
  expect(documentCan.allocate(note({ paidCents: -2_900 }), may)).toBe(false)
  expect([documentCan.allocate(note({}), () => false), documentCan.refund(note({}), () => false)]).toEqual([
    false,
    false,
  ])
})
