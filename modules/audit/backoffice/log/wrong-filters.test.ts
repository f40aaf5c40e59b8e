import { expect, test } from 'vitest'
import { isAddress, isReversed } from './wrong-filters.ts'

test.each(['192.0.2.7', '0.0.0.0', '2001:db8::7', '::ffff:192.0.2.7', 'FE80::1%eth0', '::'])(
  '%s is an address',
  (text) => expect(isAddress(text)).toBe(true),
)

test.each([
  '192.0.2',
  '192.0.2.256',
  '192.0.2.07',
  '192.0.2.7:443',
  '192.0.2.0/24',
  '2001:db8',
  '[::1]',
  'hôte',
  '',
])('« %s » is none', (text) => expect(isAddress(text)).toBe(false))

test('a period ends on the day it begins at the earliest, and an instant later than its instant', () => {
  expect(isReversed({ from: '2026-11-22', to: '2026-11-22' })).toBe(false)
  expect(isReversed({ from: '2026-11-23', to: '2026-11-22' })).toBe(true)
  expect(isReversed({ from: '2026-11-22T08:30:00Z', to: '2026-11-22T08:30:00.000Z' })).toBe(true)
  expect(isReversed({ from: '2026-11-23' })).toBe(false)
})
