import { expect, test } from 'vitest'
import { isQuiet } from './quiet-hours.ts'

const night = { quietFrom: '19:00:00', quietUntil: '08:00:00', timeZone: 'Europe/Paris' }
const at = (instant: string) => new Date(instant)

test('quiet hours go over midnight: they hold from their first minute until just before their last', () => {
  expect(isQuiet(night, at('2026-11-20T17:59:59Z'))).toBe(false)
  expect(isQuiet(night, at('2026-11-20T18:00:00Z'))).toBe(true)
  expect(isQuiet(night, at('2026-11-20T23:30:00Z'))).toBe(true)
  expect(isQuiet(night, at('2026-11-21T06:59:59Z'))).toBe(true)
  expect(isQuiet(night, at('2026-11-21T07:00:00Z'))).toBe(false)
})

test('a lunch break is quiet within one day', () => {
  const lunch = { ...night, quietFrom: '12:00', quietUntil: '14:00' }
  expect(isQuiet(lunch, at('2026-11-20T11:30:00Z'))).toBe(true)
  expect(isQuiet(lunch, at('2026-11-20T13:00:00Z'))).toBe(false)
  expect(isQuiet(lunch, at('2026-11-20T23:00:00Z'))).toBe(false)
})

test('they follow the clock on the wall: in summer an hour earlier, elsewhere by that place', () => {
  expect(isQuiet(night, at('2026-07-20T17:00:00Z'))).toBe(true)
  expect(isQuiet({ ...night, timeZone: 'Indian/Reunion' }, at('2026-11-20T15:00:00Z'))).toBe(true)
})

test('who said nothing has none', () => {
  const none = { quietFrom: null, quietUntil: null, timeZone: null }
  expect(isQuiet(none, at('2026-11-20T23:00:00Z'))).toBe(false)
})
