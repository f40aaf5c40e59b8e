import { expect, test } from 'vitest'
import { meantBy } from './meant.ts'

const text = 'select 1; select 2'
const statement = { command: 'SELECT', does: 'reads', parameters: 0 } as const
const statements = [
  { ...statement, from: 0, to: 8 },
  { ...statement, from: 10, to: 18 },
]
const nothing = { from: 12, to: 12, cursor: 12 }

test('reading runs what is selected, else the statement at the cursor', () => {
  expect(meantBy(text, 'read', { from: 0, to: 8, cursor: 8 }, statements)).toEqual({
    what: 'selection',
    from: 0,
    to: 8,
  })
  expect(meantBy(text, 'read', nothing, statements)).toEqual({
    what: 'statement',
    from: 10,
    to: 18,
    n: 2,
    of: 2,
  })
})

test('a simulation is of the whole text, unless a part of it is selected', () => {
  expect(meantBy(text, 'simulate', nothing, statements)).toEqual({ what: 'all', from: 0, to: 18 })
  expect(meantBy(text, 'simulate', { from: 10, to: 18, cursor: 18 }, statements).what).toBe('selection')
})

test('of a text that nobody could look into, all of it runs; blanks are no selection', () => {
  expect(meantBy(text, 'read', nothing, undefined).what).toBe('all')
  expect(meantBy(text, 'read', { from: 9, to: 10, cursor: 10 }, statements).what).toBe('statement')
})
