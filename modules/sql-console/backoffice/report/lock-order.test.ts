import { expect, test } from 'vitest'
import { heaviest } from './lock-order.ts'

test('of several locks on a table the one that holds up most is told, and the heaviest first', () => {
  expect(
    heaviest([
      { table: 'clients', mode: 'RowExclusiveLock', blocks: 'changing' },
      { table: 'notes', mode: 'RowExclusiveLock', blocks: 'changing' },
      { table: 'clients', mode: 'AccessExclusiveLock', blocks: 'reading' },
      { table: 'bills', mode: 'RowExclusiveLock', blocks: 'changing' },
    ]),
  ).toEqual([
    { blocks: 'reading', tables: ['clients'], modes: ['AccessExclusiveLock'] },
    { blocks: 'changing', tables: ['bills', 'notes'], modes: ['RowExclusiveLock'] },
  ])
})
