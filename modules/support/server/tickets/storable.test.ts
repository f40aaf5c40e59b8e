import { expect, test } from 'vitest'
import { allStorable, cut } from './storable.ts'

test('what is cut inside a character ends before it, and no NUL is left', () => {
  expect(cut('a'.repeat(499) + '😀', 500)).toBe(`${'a'.repeat(499)}\uFFFD…`)
  expect(cut('a\0b', 10)).toBe('ab')
})

test('every text in something is made whole; bytes and instants are left alone', () => {
  const [bytes, at] = [Buffer.from([0, 1]), new Date(0)]
  expect(allStorable({ said: ['\uD83D', { name: 'x\0' }], bytes, at, none: null, nth: 1 })).toEqual({
    said: ['\uFFFD', { name: 'x' }],
    bytes,
    at,
    none: null,
    nth: 1,
  })
})
