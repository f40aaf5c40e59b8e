import { expect, test } from 'vitest'
import { differencesFrom, normOf, type Signature } from './signatures.ts'

const usual: Signature = {
  outcome: 'done',
  code: null,
  constraint: null,
  version: 4,
  columns: {
    0: [
      ['id', 'uuid'],
      ['name', 'text'],
    ],
  },
  tables: { tasks: 'updated' },
}

test('what most have is the norm; of several as frequent, what came first', () => {
  const other = { ...usual, version: 3 }
  expect(normOf([other, usual, usual])).toEqual(usual)
  expect(normOf([other, usual])).toEqual(other)
  expect(normOf([])).toBeUndefined()
})

test('the order in which PostgreSQL gives keys of JSON back tells nobody apart', () => {
  const one = { ...usual, tables: { tasks: 'updated', calls: 'deleted' } }
  const same = { ...usual, tables: { calls: 'deleted', tasks: 'updated' } }
  const other = { ...usual, tables: {} }
  expect(normOf([other, other, one, same, one])).toEqual(one)
  expect(differencesFrom(one, same)).toEqual([])
})

test('each difference is told by itself: a type, a column, a table, what is done to it, the version', () => {
  const here: Signature = {
    ...usual,
    version: 3,
    columns: {
      0: [
        ['id', 'text'],
        ['label', 'text'],
      ],
    },
    tables: { tasks: 'updated deleted', calls: 'updated' },
  }
  expect(differencesFrom(usual, here)).toEqual([
    { about: 'schema_version', name: '', usual: '4', here: '3' },
    { about: 'column', name: 'id', usual: 'uuid', here: 'text' },
    { about: 'column', name: 'name', usual: 'text', here: null },
    { about: 'column', name: 'label', usual: null, here: 'text' },
    { about: 'table', name: 'calls', usual: null, here: 'updated' },
    { about: 'table', name: 'tasks', usual: 'updated', here: 'updated deleted' },
  ])
})

test('the same columns in another order are a difference', () => {
  const here: Signature = {
    ...usual,
    columns: {
      0: [
        ['name', 'text'],
        ['id', 'uuid'],
      ],
    },
  }
  expect(differencesFrom(usual, here)).toEqual([
    { about: 'column', name: '', usual: 'id, name', here: 'name, id' },
  ])
})

test('who failed did less, and only the failure is told', () => {
  const here: Signature = { ...usual, outcome: 'failed', code: '23505', constraint: 'tasks_key', tables: {} }
  expect(differencesFrom(usual, here).map(({ about }) => about)).toEqual(['outcome', 'code', 'constraint'])
})
