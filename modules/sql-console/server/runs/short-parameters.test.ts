import { expect, test } from 'vitest'
import { read } from '../statements/reading.ts'
import { problemsOf } from './handlers.ts'

test.each([
  ['SELECT 1 FROM clients WHERE city LIKE $1', 200],
  ["SELECT 1 FROM clients WHERE city LIKE '%' || lower($1) || '%'", 200],
  ['SELECT translate(city, $1, city), city LIKE $1 FROM clients', 32],
])('what stands beside something long is short, as a parameter too: %s', (text, most) => {
  const found = read(text)
  expect(problemsOf(found)).toEqual([])
  expect(problemsOf(found, ['x'.repeat(most)])).toEqual([])
  expect(problemsOf(found, [null])).toEqual([])
  expect(problemsOf(found, ['x'.repeat(most + 1)])).toMatchObject([{ reason: 'uninterruptible', name: '$1' }])
})
