import { expect, test } from 'vitest'
import { anotherOn, stretchesOf, usualWeek, weekOf, wrongDays } from './week.ts'

const night = { weekday: 6, fromMinute: 20 * 60, toMinute: 1_440 }

test('a week is typed as it was said, midnight included', () => {
  const week = weekOf([{ weekday: 1, fromMinute: 545, toMinute: 720 }, night])
  expect(week[1]).toEqual([{ from: '09:05', to: '12:00' }])
  expect(week[6]).toEqual([{ from: '20:00', to: '00:00' }])
  expect(stretchesOf(week)).toEqual([{ weekday: 1, fromMinute: 545, toMinute: 720 }, night])
})

test('hours typed out of their order are sent in it', () => {
  const week = { ...usualWeek, 1: [...usualWeek[1]].toReversed() }
  expect(stretchesOf(week).slice(0, 2)).toEqual([
    { weekday: 1, fromMinute: 540, toMinute: 720 },
    { weekday: 1, fromMinute: 840, toMinute: 1_140 },
  ])
})

test('a day is wrong where a time is missing, an end comes first, or two overlap', () => {
  const on = (...hours: { from: string; to: string }[]) => wrongDays({ ...usualWeek, 3: hours })
  expect(on({ from: '09:00', to: '12:00' }, { from: '12:00', to: '13:00' })).toEqual([])
  expect(on({ from: '09:00', to: '' })).toEqual([3])
  expect(on({ from: '12:00', to: '09:00' })).toEqual([3])
  expect(on({ from: '09:00', to: '12:00' }, { from: '11:59', to: '13:00' })).toEqual([3])
  expect(on({ from: '20:00', to: '00:00' })).toEqual([])
})

test('another stretch begins after what is there', () => {
  expect(anotherOn([])).toEqual({ from: '09:00', to: '12:00' })
  expect(anotherOn([{ from: '09:00', to: '12:00' }])).toEqual({ from: '14:00', to: '17:00' })
})
