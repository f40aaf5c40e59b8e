import { expect, test } from 'vitest'
import { uuidv7 } from './ids.ts'

test('an id is a UUID of version 7 that bears its millisecond (RFC 9562, 5.7)', () => {
  const id = uuidv7(0x017f22e279b0)
  expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('no two ids are the same, however many are made in one millisecond', () => {
  const ids = Array.from({ length: 20_000 }, () => uuidv7(1))
  expect(new Set(ids).size).toBe(ids.length)
})
