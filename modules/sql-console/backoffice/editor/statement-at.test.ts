import { expect, test } from 'vitest'
import { failedAt, lineAndColumn, parametersIn, statementAt, statementsIn } from './statement-at.ts'

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

const parts = (text: string) => statementsIn(text).map(({ from, to }) => text.slice(from, to))

test('statements are told apart by semicolons that stand in no string, name or comment', () => {
  expect(parts('select 1; -- un;\nselect \'a;b\';;\n/* ; */ select "c;d" ; ')).toEqual([
    'select 1',
    "select 'a;b'",
    'select "c;d"',
  ])
  expect(parts("select $f$ ; $f$; select e'\\';'")).toEqual(['select $f$ ; $f$', "select e'\\';'"])
  expect(parts(' ; ')).toEqual([])
})

test('what failed is shown at its place, else as the whole statement, and at the end of all nowhere', () => {
  const text = "insert into a values (1);\n insert into b values ('x');\nselect 1"
  expect(failedAt(text, { at: 39, statement: 1 })).toEqual({ from: 39, to: 40 })
  const whole = failedAt(text, { at: null, statement: 1 })
  expect(whole && text.slice(whole.from, whole.to)).toBe("insert into b values ('x')")
  expect(failedAt(text, { at: null, statement: null })).toBeUndefined()
})
