import { expect, test } from 'vitest'
import { bucketsIn } from './buckets.ts'

const days = (from: string, many: number) =>
  Array.from({ length: many }, (_, at) => ({
    on: new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10),
    opened: 2,
    resolved: 1,
    open: at,
  }))

test.for([
  [7, 340, 'day', 7],
  [30, 1_100, 'day', 30],
  [30, 340, 'week', 6],
  [366, 1_400, 'week', 54],
  [366, 1_100, 'month', 13],
  [366, 200, 'month', 13],
] as const)('%s days in %s pixels stand by %s: %s', ([many, width, unit, count]) => {
  const { unit: by, buckets } = bucketsIn(days('2026-11-01', many), width)
  expect([by, buckets.length]).toEqual([unit, count])
})

test('a week begins on Monday; what came is summed up, what stood open is that of its last day', () => {
  // The first of November 2026 is a Sunday.
  const { buckets } = bucketsIn(days('2026-11-01', 30), 340)
  expect(buckets.slice(0, 2)).toEqual([
    { from: '2026-11-01', until: '2026-11-01', opened: 2, resolved: 1, open: 0 },
    { from: '2026-11-02', until: '2026-11-08', opened: 14, resolved: 7, open: 7 },
  ])
})
