import { expect, test } from 'vitest'
import type { Effect } from '#contract/sql-console'
import { effectsOf, toldOf, whereFrom } from './verdict.ts'

const effect = (part: Partial<Effect>): Effect => ({
  inserted: 0,
  updated: 0,
  deleted: 0,
  truncated: false,
  dropped: false,
  rowsGone: null,
  inexact: null,
  ...part,
})

test('what weighs most is told first, and what is gone with its table is told once', () => {
  expect(
    toldOf({
      clients: effect({ updated: 3 }),
      notes: effect({ deleted: 1, inserted: 2 }),
      old_invoices: effect({ dropped: true, rowsGone: 12, deleted: 12 }),
      logs: effect({ truncated: true, rowsGone: null, inserted: 1 }),
      tags: effect({
        lost: [
          { column: 'colour', values: 3 },
          { column: 'name', values: null },
        ],
      }),
      tickets: effect({ rewritten: { rows: 9, bytes: 8192 } }),
    }),
  ).toEqual([
    { what: 'dropped', table: 'old_invoices', count: 12 },
    { what: 'truncated', table: 'logs', count: null },
    { what: 'lost', table: 'tags', column: 'colour', count: 3 },
    { what: 'lost', table: 'tags', column: 'name', count: null },
    { what: 'deleted', table: 'notes', count: 1 },
    { what: 'updated', table: 'clients', count: 3 },
    { what: 'inserted', table: 'notes', count: 2 },
    { what: 'inserted', table: 'logs', count: 1 },
    { what: 'rewritten', table: 'tickets', count: 9 },
  ])
  expect(toldOf({ clients: effect({}) })).toEqual([])
})

const report = (first: Record<string, Effect>, end: Record<string, Effect> = {}) => ({
  statements: [{ effects: first }],
  atCommit: { effects: end },
})

test('the effects of a script are those of its statements and of its end together', () => {
  const both = report(
    { clients: effect({ updated: 2 }) },
    { clients: effect({ updated: 1 }), logs: effect({ inserted: 1 }) },
  )
  expect(effectsOf(both)).toMatchObject({ clients: { updated: 3 }, logs: { inserted: 1 } })
})

test('a table that changes without being named is told to change by a cascade or a trigger', () => {
  const one = report(
    { clients: effect({ deleted: 1 }), notes: effect({ deleted: 4 }) },
    { totals: effect({ updated: 1 }) },
  )
  expect(whereFrom('clients', 'DELETE FROM "clients"', one)).toBe('named')
  expect(whereFrom('notes', 'DELETE FROM clients -- footnotes', one)).toBe('besides')
  expect(whereFrom('totals', 'DELETE FROM clients', one)).toBe('at-commit')
})
