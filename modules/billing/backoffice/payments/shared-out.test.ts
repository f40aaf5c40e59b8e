import { expect, test } from 'vitest'
import { allocationsOf, sharedOut, sumOf } from './shared-out.ts'

const owed = [
  { id: 'a', outstandingCents: 2_900 },
  { id: 'b', outstandingCents: 2_900 },
]

test('money goes to the oldest first, and no further than it reaches', () => {
  expect([...sharedOut(3_000, owed)]).toEqual([
    ['a', 2_900],
    ['b', 100],
  ])
  expect(sumOf(sharedOut(9_000, owed))).toBe(5_800)
  expect([...sharedOut(0, owed)]).toEqual([])
})

test('what gets nothing is not named', () => {
  expect(
    allocationsOf(
      new Map([
        ['a', 0],
        ['b', 5],
      ]),
    ),
  ).toEqual([{ invoiceId: 'b', amountCents: 5 }])
})
