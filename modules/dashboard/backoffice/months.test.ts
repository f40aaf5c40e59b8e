import { expect, test } from 'vitest'
import { monthsAfter, monthsBetween } from './months.ts'

test('months go over the turn of the year in both directions', () => {
  expect(monthsAfter('2026-12', 1)).toBe('2027-01')
  expect(monthsAfter('2026-01', -1)).toBe('2025-12')
  expect(monthsAfter('2026-03', -15)).toBe('2024-12')
})

test('the months to choose from go from the newest to the oldest, both included', () => {
  expect(monthsBetween('2025-11', '2026-02')).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
  expect(monthsBetween('2026-02', '2026-02')).toEqual(['2026-02'])
})

test('a first month in the distant past does not fill the menu', () => {
  expect(monthsBetween('1900-01', '2026-02')).toHaveLength(60)
})
