import { expect, test } from 'vitest'
import { latestMonths } from './latest-months.ts'

test('the latest months go back from the running one, over the turn of the year', () => {
  expect(latestMonths(3, new Date('2026-02-15T12:00:00Z'))).toEqual(['2026-02', '2026-01', '2025-12'])
})

test('the running month is the one in Paris, where it begins before it does in London', () => {
  expect(latestMonths(1, new Date('2026-08-31T22:30:00Z'))).toEqual(['2026-09'])
})
