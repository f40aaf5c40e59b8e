import { expect, test } from 'vitest'
import { differences, emptyDraft, wire } from './draft.ts'
import { monthsBefore } from './months-before.ts'

test('only what was changed is told, and an emptied day or origin is told as none', () => {
  const before = { ...emptyDraft, bornOn: '2012-03-04', originId: 'o', city: 'Metz' }
  const after = { ...before, bornOn: '', originId: '', phone: '0639981234' }
  expect(wire(after, differences(before, after))).toEqual({
    bornOn: null,
    originId: null,
    phone: '0639981234',
  })
  expect(wire(emptyDraft, ['practitionerId', 'city'])).toEqual({ city: '' })
})

test('months are counted back to the same day, or the last one a month has', () => {
  expect(monthsBefore(3, new Date(2026, 4, 31))).toBe('2026-02-28')
  expect(monthsBefore(12, new Date(2026, 10, 22))).toBe('2025-11-22')
})
