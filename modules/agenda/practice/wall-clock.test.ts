import { expect, test } from 'vitest'
import * as clock from './wall-clock.ts'

test('a week begins on its Monday, Sundays included', () => {
  expect(clock.mondayOf('2026-11-23')).toBe('2026-11-23')
  expect(clock.mondayOf('2026-11-29')).toBe('2026-11-23')
  expect(clock.weekdayOf('2026-11-29')).toBe(7)
})

test('days are counted over the nights in which clocks change', () => {
  expect(clock.daysBetween('2026-10-24', '2026-10-26')).toBe(2)
  expect(clock.addDays('2026-03-28', 2)).toBe('2026-03-30')
})

test('a month after the 31st is the last day there is', () => {
  expect(clock.addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(clock.addMonths('2026-12-15', 1)).toBe('2027-01-15')
  expect(clock.addMonths('2026-03-31', -1)).toBe('2026-02-28')
})

test('an hour after 23:30 is half past midnight of the next day', () => {
  expect(clock.addMinutes('2026-11-23T23:30', 60)).toBe('2026-11-24T00:30')
  expect(clock.minuteOn('2026-11-23', '2026-11-24T00:30')).toBe(1470)
})

test('the same instant is another hour in Paris and in Réunion', () => {
  const now = new Date('2026-11-22T23:30:00Z')
  expect(clock.localNow('Europe/Paris', now)).toBe('2026-11-23T00:30')
  expect(clock.localNow('Indian/Reunion', now)).toBe('2026-11-23T03:30')
  expect(clock.localNow('America/Cayenne', now)).toBe('2026-11-22T20:30')
})
