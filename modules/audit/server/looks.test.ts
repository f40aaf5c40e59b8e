import { expect, test } from 'vitest'
import { openRecently } from './looks.ts'

/** How often the work was done. */
function counted() {
  let times = 0
  const work = async () => void times++
  return { work, times: () => times }
}

test('the same is done again once its time has passed, and another thing always is', async () => {
  const once = openRecently(1_000)
  const { work, times } = counted()
  await once('one', 0, work)
  await once('one', 999, work)
  expect(times()).toBe(1)
  await once('other', 999, work)
  expect(times()).toBe(2)
  await once('one', 1_000, work)
  expect(times()).toBe(3)
})

test('what was only asked about does not stay known for longer', async () => {
  const once = openRecently(1_000)
  const { work, times } = counted()
  await once('one', 0, work)
  await once('one', 900, work)
  await once('one', 1_100, work)
  expect(times()).toBe(2)
})

test('a clock that goes back forgets rather than hides', async () => {
  const once = openRecently(1_000)
  const { work, times } = counted()
  await once('one', 10_000, work)
  await once('one', 5_000, work)
  expect(times()).toBe(2)
})

test('of very many the oldest are forgotten', async () => {
  const once = openRecently(1_000)
  const { work, times } = counted()
  for (let count = 0; count <= 10_000; count++) await once(String(count), 0, work)
  expect(times()).toBe(10_001)
  await once('9999', 1, work)
  expect(times()).toBe(10_001)
  await once('0', 1, work)
  expect(times()).toBe(10_002)
})

test('who comes while it is under way waits for it, and fails with it; then it is tried again', async () => {
  const once = openRecently(1_000)
  const { promise, reject: fail } = Promise.withResolvers<void>()
  const first = once('one', 0, () => promise)
  const { work, times } = counted()
  const second = once('one', 1, work)
  fail(new Error('disk full'))
  await expect(first).rejects.toThrow('disk full')
  await expect(second).rejects.toThrow('disk full')
  expect(times()).toBe(0)
  await once('one', 2, work)
  expect(times()).toBe(1)
})
