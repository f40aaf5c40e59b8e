import { expect, test } from 'vitest'
import { changeSince } from './changes.ts'
import { linesTo } from './lines.ts'

test('a figure leads to its list, filtered in the words the server chose', () => {
  expect(linesTo({ list: 'invoices', filter: { issuedIn: '2026-09', issuedUntil: '2026-09-14' } })).toBe(
    '/invoices?issuedIn=2026-09&issuedUntil=2026-09-14',
  )
  expect(linesTo({ list: 'clients', filter: { subscription: 'past_due' } })).toBe(
    '/clients?subscription=past_due',
  )
})

test('what is late leads to where it is dunned', () => {
  expect(linesTo({ list: 'unpaid', filter: {} })).toBe('/unpaid')
})

test('a figure of everything leads to the whole list', () => {
  expect(linesTo({ list: 'clients', filter: {} })).toBe('/clients')
})

test('a change needs something to compare with', () => {
  expect(changeSince(1_000_00, 1_062_00)).toBeCloseTo(0.062)
  expect(changeSince(null, 1_062_00)).toBeNull()
  expect(changeSince(0, 1_062_00)).toBeNull()
  expect(changeSince(-50_00, 1_062_00)).toBeNull()
})
