import { expect, test } from 'vitest'
import { nextOrder, ordered } from './ordering.ts'

const sorted = (values: (string | null)[], type: string, direction: 'asc' | 'desc' = 'asc') =>
  ordered(
    values.map((value) => [value]),
    type,
    { column: 0, direction },
  ).map((place) => values[place])

test('numbers are ordered by what they are worth, texts by the alphabet', () => {
  expect(sorted(['10', '9', '-1.5'], 'numeric')).toEqual(['-1.5', '9', '10'])
  expect(sorted(['Zoé', 'élan', 'Abel'], 'text')).toEqual(['Abel', 'élan', 'Zoé'])
  expect(sorted(['2026-02-01', '2025-12-31'], 'date')).toEqual(['2025-12-31', '2026-02-01'])
})

test('what is missing stands at the end, whichever way', () => {
  expect(sorted([null, '2', '1'], 'int4')).toEqual(['1', '2', null])
  expect(sorted([null, '2', '1'], 'int4', 'desc')).toEqual(['2', '1', null])
  expect(sorted([null, 'b', ''], 'text', 'desc')).toEqual(['b', '', null])
})

test('equals keep the order they came in', () => {
  const rows = [
    ['a', '1'],
    ['a', '2'],
    ['a', '3'],
  ]
  expect(ordered(rows, 'text', { column: 0, direction: 'desc' })).toEqual([0, 1, 2])
})

test('a third click takes the order back', () => {
  expect(nextOrder(undefined, 2)).toEqual({ column: 2, direction: 'asc' })
  expect(nextOrder({ column: 2, direction: 'asc' }, 2)).toEqual({ column: 2, direction: 'desc' })
  expect(nextOrder({ column: 2, direction: 'desc' }, 2)).toBeUndefined()
  expect(nextOrder({ column: 2, direction: 'desc' }, 1)).toEqual({ column: 1, direction: 'asc' })
})
