import { expect, test } from 'vitest'
import { differences } from './differences.ts'

const names = (tables: readonly { table: string }[]) => tables.map(({ table }) => table)

test('tables that differ come first, the widest gap on top, whichever side has more', () => {
  const { differing, same } = differences([
    { table: 'files', living: 2, spare: 2 },
    { table: 'notes', living: 40, spare: 37 },
    { table: 'profiles', living: 1, spare: 9 },
  ])
  expect(differing).toEqual([
    { table: 'profiles', living: 1, spare: 9, gap: 8 },
    { table: 'notes', living: 40, spare: 37, gap: -3 },
  ])
  expect(names(same)).toEqual(['files'])
})

test('a table that only one of the two has differs, even an empty one', () => {
  const { differing, same } = differences([
    { table: 'calls', living: 0, spare: null },
    { table: 'tasks', living: 5, spare: null },
  ])
  expect(names(differing)).toEqual(['tasks', 'calls'])
  expect(same).toEqual([])
})
