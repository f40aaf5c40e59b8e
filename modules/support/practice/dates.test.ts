import { expect, test } from 'vitest'
import { dayOf } from './dates.ts'

test('an answer is expected today, tomorrow or on a date, by the days of Paris', () => {
  const evening = new Date('2026-11-20T22:30:00Z') // 23:30 in Paris
  expect(dayOf('2026-11-20T22:45:00Z', evening)).toBe('today')
  expect(dayOf('2026-11-20T23:00:00Z', evening)).toBe('tomorrow')
  expect(dayOf('2026-11-21T22:59:00Z', evening)).toBe('tomorrow')
  expect(dayOf('2026-11-21T23:00:00Z', evening)).toBe('other')
})

test('the night in which clocks change is one night', () => {
  expect(dayOf('2026-10-25T08:00:00Z', new Date('2026-10-24T21:30:00Z'))).toBe('tomorrow')
  expect(dayOf('2026-03-30T08:00:00Z', new Date('2026-03-28T23:30:00Z'))).toBe('tomorrow')
  expect(dayOf('2027-01-01T08:00:00Z', new Date('2026-12-31T12:00:00Z'))).toBe('tomorrow')
})
