import { expect, test } from 'vitest'
import { dayOf, inAWeek, monday, onDay, tomorrow } from './snooze-times.ts'

const friday = new Date(2026, 1, 27, 16, 40)

test('a ticket is put off until a morning, by one’s own clock', () => {
  expect(tomorrow(friday)).toEqual(new Date(2026, 1, 28, 9))
  expect(inAWeek(friday)).toEqual(new Date(2026, 2, 6, 9))
  expect(onDay('2026-03-04')).toEqual(new Date(2026, 2, 4, 9))
  expect(dayOf(friday)).toBe('2026-02-27')
})

test('Monday is the next one: on a Monday that of the week after, on a Sunday the day after', () => {
  expect(monday(friday)).toEqual(new Date(2026, 2, 2, 9))
  expect(monday(new Date(2026, 2, 1, 12))).toEqual(new Date(2026, 2, 2, 9))
  expect(monday(new Date(2026, 2, 2, 8))).toEqual(new Date(2026, 2, 9, 9))
})
