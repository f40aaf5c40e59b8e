import { expect, test } from 'vitest'
import { durationTyped, readDuration } from './durations.ts'

test('hours and minutes are read as people write them', () => {
  expect(
    ['4 h 30', '4h30', '4:30', '4 heures', '45', '45 min', '90mn', '2 h 5 min'].map(readDuration),
  ).toEqual([270, 270, 270, 240, 45, 45, 90, 125])
})

test('nothing is nothing promised; days, and what is no duration, are none', () => {
  expect(readDuration('  ')).toBeNull()
  expect(['2 j', '1 jour', '1 day', '4 h 75', '0', 'bientôt', '-3 h'].map(readDuration)).toEqual(
    Array.from({ length: 7 }),
  )
})

test('what was read is written so that it is read again', () => {
  for (const minutes of [1, 45, 60, 65, 270, 1_440, 10_000])
    expect(readDuration(durationTyped(minutes))).toBe(minutes)
})
