import { expect, test } from 'vitest'
import { lineAndColumn, parametersIn, statementAt } from './statement-at.ts'

const two = [
  { from: 0, to: 8 },
  { from: 10, to: 18 },
]

test('the statement meant is the one in which the cursor stands, or the last one before it', () => {
  expect(statementAt(two, 0)).toBe(0)
  expect(statementAt(two, 9)).toBe(0)
  expect(statementAt(two, 10)).toBe(1)
  expect(statementAt(two, 400)).toBe(1)
  expect(statementAt([{ from: 5, to: 9 }], 2)).toBe(0)
  expect(statementAt([], 3)).toBeUndefined()
})

test('lines and columns are counted from one, as an editor shows them', () => {
  expect(lineAndColumn('select 1\nfrom t', 0)).toEqual({ line: 1, column: 1 })
  expect(lineAndColumn('select 1\nfrom t', 9)).toEqual({ line: 2, column: 1 })
  expect(lineAndColumn('select 1\nfrom t', 14)).toEqual({ line: 2, column: 6 })
  expect(lineAndColumn('select 1', 99)).toEqual({ line: 1, column: 9 })
})

test('a parameter in a string, a comment, a dollar quote or a name is none', () => {
  expect(parametersIn('select $1, $3')).toBe(3)
  expect(parametersIn('select \'$4\', "$5" -- $6\n/* $7 */ from t where a = $2')).toBe(2)
  expect(parametersIn('select $body$ $9 $body$')).toBe(0)
  expect(parametersIn('select a$8 from t')).toBe(0)
})
