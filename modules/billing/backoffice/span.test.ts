import { expect, test } from 'vitest'
import { daysOf, spanOf } from './span.ts'

test('a month and a year are known by their days, and these by them', () => {
  expect(daysOf('2028-02')).toEqual({ from: '2028-02-01', until: '2028-02-29' })
  expect(daysOf('2026')).toEqual({ from: '2026-01-01', until: '2026-12-31' })
  for (const span of ['2028-02', '2026-12', '2026']) expect(spanOf(daysOf(span))).toBe(span)
})

test('any other stretch of days is none', () => {
  expect(spanOf({ from: '2026-01-02', until: '2026-01-31' })).toBeNull()
  expect(spanOf({ from: '2026-01-01', until: '2026-02-28' })).toBeNull()
  expect(spanOf({ from: '2026-01-01' })).toBeNull()
})
