import { expect, test } from 'vitest'
import type { Change } from '#contract/sql-console'
import { changedRow, changedTables, sinceRow } from './changed-rows.ts'

const before = { id: 7, name: 'Ana', city: null, tags: ['a'] }
const change = (part: Partial<Change>): Change => ({
  table: 'clients',
  before: null,
  after: null,
  changed: [],
  masked: {},
  cut: [],
  ...part,
})

test('of a row that changed, only what differs is told; the rest is there when asked for', () => {
  const after = { ...before, city: 'Nancy', tags: ['b'] }
  const row = changedRow(change({ before, after, changed: ['city', 'tags'], cut: ['tags'] }))
  expect(row).toMatchObject({ kind: 'updated', name: '7' })
  expect(row.cells).toEqual([
    { column: 'city', masked: null, isCut: false, before: null, after: 'Nancy' },
    { column: 'tags', masked: null, isCut: true, before: '["a"]', after: '["b"]' },
  ])
  expect(row.same.map(({ column, value }) => [column, value])).toEqual([
    ['id', '7'],
    ['name', 'Ana'],
  ])
})

test('a masked cell that changed is told to have, though both sides read the same', () => {
  const row = changedRow(
    change({
      before: { id: 1, iban: '•••' },
      after: { id: 1, iban: '•••' },
      changed: ['iban'],
      masked: { iban: 'financial' },
    }),
  )
  expect(row.cells).toEqual([
    { column: 'iban', masked: 'financial', isCut: false, before: '•••', after: '•••' },
  ])
})

test('a row that came or went shows what it holds, without what is empty', () => {
  const gone = changedRow(change({ before }))
  expect(gone.kind).toBe('deleted')
  expect(gone.cells.map(({ column }) => column)).toEqual(['id', 'name', 'tags'])
  expect(gone.same.map(({ column }) => column)).toEqual(['city'])
  expect(changedRow(change({ after: before })).kind).toBe('inserted')
})

test('how many of all the changes are shown is said', () => {
  const found = changedTables({
    statements: [{ changes: [change({ before }), change({ before, table: 'notes' })], moreChanges: 98 }],
    atCommit: { changes: [change({ before })], moreChanges: 1 },
  })
  expect(found).toMatchObject({ shown: 3, of: 102, tables: [{ table: 'clients' }, { table: 'notes' }] })
})

test('a row that somebody changed since is named by all of its key, and tells what changed', () => {
  const one = {
    table: 'notes',
    before: { client_id: '3', day: '2026-01-01', text: '•••' },
    after: { client_id: '3', day: '2026-01-01', text: '•••' },
    changed: ['text'],
    masked: { text: 'identity' as const },
    cut: [],
  }
  expect(sinceRow(one)).toMatchObject({
    kind: 'updated',
    name: 'client_id = 3, day = 2026-01-01',
    cells: [{ column: 'text', masked: 'identity' }],
    same: [],
  })
  const gone = { ...one, before: { id: '7' }, after: null, changed: [], masked: {} }
  expect(sinceRow(gone)).toMatchObject({ kind: 'deleted', name: 'id = 7' })
})
