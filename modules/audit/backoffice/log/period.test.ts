import { expect, test } from 'vitest'
import { firstDayOf, presetOf } from './period.ts'

test('a day begins at midnight in Paris', () => {
  expect(firstDayOf('today', new Date('2026-11-21T23:30:00Z'))).toBe('2026-11-22')
})

test('seven days are today and the six before, over the end of a month too', () => {
  expect(firstDayOf('week', new Date('2026-03-03T12:00:00Z'))).toBe('2026-02-25')
  expect(firstDayOf('thirty', new Date('2026-03-03T12:00:00Z'))).toBe('2026-02-02')
  expect(firstDayOf('month', new Date('2026-03-03T12:00:00Z'))).toBe('2026-03-01')
})

test('an address that asks for a known period is recognised as such', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  expect(presetOf({ from: '2026-11-16' }, now)).toBe('week')
  expect(presetOf({ from: '2026-11-16', to: '2026-11-20' }, now)).toBeUndefined()
  expect(presetOf({}, now)).toBeUndefined()
})
