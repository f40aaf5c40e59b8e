import { expect, test } from 'vitest'
import { wantsMore } from './wants-more.ts'

test.each([
  ['the end is far', { rows: 50, at: 10, cameFromQueue: true }, false],
  ['the end comes near', { rows: 50, at: 40, cameFromQueue: true }, true],
  ['on the last one', { rows: 50, at: 49, cameFromQueue: false }, true],
  ['beyond what was read, coming from the queue', { rows: 50, at: -1, cameFromQueue: true }, true],
  ['from elsewhere, and not in the queue', { rows: 50, at: -1, cameFromQueue: false }, false],
  ['before the first page is there', { rows: 0, at: -1, cameFromQueue: true }, false],
  ['not within a thousand', { rows: 1_000, at: -1, cameFromQueue: true }, false],
])('%s', (_, standing, wanted) => {
  expect(wantsMore(standing)).toBe(wanted)
})
