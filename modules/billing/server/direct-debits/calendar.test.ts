import { expect, test } from 'vitest'
import { bankDayFrom, banksWork, firstCollectionDay } from './calendar.ts'

test.each([
  ['2026-11-22', false, 'a Sunday'],
  ['2026-11-23', true, 'a Monday'],
  ['2026-04-03', false, 'Good Friday'],
  ['2026-04-06', false, 'Easter Monday'],
  ['2027-03-26', false, 'Good Friday'],
  ['2038-04-26', false, 'Easter Monday, as late as it comes'],
  ['2026-05-01', false, 'Labour Day'],
  ['2026-05-08', true, 'a holiday in France, on which banks settle'],
  ['2026-12-25', false, 'Christmas'],
  ['2024-12-26', false, 'the day after'],
])('%s: banks settle %s (%s)', (day, works) => {
  expect(banksWork(day)).toBe(works)
})

test('what is asked for a closed day moves to the next open one', () => {
  expect(bankDayFrom('2026-12-24')).toBe('2026-12-24')
  expect(bankDayFrom('2026-12-25')).toBe('2026-12-28')
  expect(bankDayFrom('2026-04-03')).toBe('2026-04-07')
})

test('a file of a Friday is collected on Tuesday at the earliest', () => {
  expect(firstCollectionDay('2026-11-20')).toBe('2026-11-24')
  expect(firstCollectionDay('2026-11-23')).toBe('2026-11-25')
})
