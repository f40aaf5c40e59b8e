import { expect, test } from 'vitest'
import { openRecently } from './looks.ts'

test('the same is new again once its time has passed, and another thing always is', () => {
  const isNew = openRecently(1_000)
  expect(isNew('one', 0)).toBe(true)
  expect(isNew('one', 999)).toBe(false)
  expect(isNew('other', 999)).toBe(true)
  expect(isNew('one', 1_000)).toBe(true)
})

test('what was only asked about does not stay known for longer', () => {
  const isNew = openRecently(1_000)
  isNew('one', 0)
  isNew('one', 900)
  expect(isNew('one', 1_100)).toBe(true)
})

test('a clock that goes back forgets rather than hides', () => {
  const isNew = openRecently(1_000)
  isNew('one', 10_000)
  expect(isNew('one', 5_000)).toBe(true)
})

test('of very many the oldest are forgotten', () => {
  const isNew = openRecently(1_000)
  for (let count = 0; count <= 10_000; count++) expect(isNew(String(count), 0)).toBe(true)
  expect(isNew('0', 1)).toBe(true)
  expect(isNew('9999', 1)).toBe(false)
})
