import { expect, test } from 'vitest'
import type { Change, Report } from '#contract/sql-console'
import { driftBetween } from './drift.ts'

type Row = Record<string, unknown>
const change = (before: Row | null, after: Row | null): Change => ({
  table: 'tags',
  before,
  after,
  changed: ['name'],
  masked: {},
  cut: [],
})
const none = { inserted: 0, updated: 0, deleted: 0 }
/** One statement that changed these. */
const report = (...changes: Change[]): Report => {
  const updated = changes.filter(({ before, after }) => before && after).length
  const deleted = changes.filter(({ after }) => !after).length
  const inserted = changes.filter(({ before }) => !before).length
  const told = { dropped: false, truncated: false, rowsGone: null, inexact: null }
  return {
    statements: [
      {
        effects: changes.length ? { tags: { inserted, updated, deleted, ...told } } : {},
        changes,
        moreChanges: 0,
      },
    ],
    atCommit: { effects: {}, changes: [], moreChanges: 0 },
    failure: null,
    spreads: null,
  } as unknown as Report // what is looked at
}
const named = (id: number, from: string, to: string) => change({ id, name: from }, { id, name: to })

test('what is the same on both sides is nothing', () => {
  expect(driftBetween(report(named(1, 'a', 'b')), report(named(1, 'a', 'b')))).toEqual([])
})

test('a row more is the one that was not approved', () => {
  const more = named(2, 'a', 'b')
  expect(driftBetween(report(named(1, 'a', 'b')), report(named(1, 'a', 'b'), more))).toEqual([
    {
      statement: 0,
      table: 'tags',
      approved: { ...none, updated: 1 },
      found: { ...none, updated: 2 },
      missing: [],
      unexpected: [more],
      otherwise: [],
      hidden: [],
    },
  ])
})

test('the same count of other rows is told on both sides', () => {
  const [meant, came] = [named(1, 'a', 'b'), named(2, 'a', 'b')]
  expect(driftBetween(report(meant), report(came))).toMatchObject([
    { missing: [meant], unexpected: [came], otherwise: [] },
  ])
})

test('the same row with another value is no other row: the value is told as it was approved and as it was found', () => {
  for (const [meant, came, then, now] of [
    [named(1, 'a', 'b'), named(1, 'z', 'b'), 'a', 'z'],
    [named(1, 'a', 'b'), named(1, 'a', 'c'), 'b', 'c'],
    [change(null, { id: 1, name: 'a' }), change(null, { id: 1, name: 'b' }), 'a', 'b'],
  ] as const)
    expect(driftBetween(report(meant), report(came))).toMatchObject([
      {
        missing: [],
        unexpected: [],
        otherwise: [{ before: { id: 1, name: then }, after: { id: 1, name: now }, changed: ['name'] }],
      },
    ])
})

test('ids that are made anew are no drift beside a value that is', () => {
  const tag = (id: string, name: string) => change(null, { id, name })
  const [one, other] = ['019aac72-cbf8-7a47-88fb-2e17fe1f2e2b', '019aac72-ce20-7059-81e7-525a80fd6359']
  const [came, approved] = [report(tag(other, 'new')), report(tag(one, 'new'))]
  const two = (made: Report, value: string): Report => ({
    ...made,
    statements: [...report(named(1, 'a', value)).statements, ...made.statements],
  })
  expect(driftBetween(two(approved, 'b'), two(came, 'c'))).toMatchObject([
    { statement: 0, otherwise: [{ changed: ['name'] }] },
  ])
})

test('what a statement draws by chance is no drift', () => {
  const text = 'update a; update b set name = random()'
  const drawn = (value: string): Report => {
    const [statement] = report(named(1, 'a', value)).statements
    if (!statement) throw new Error('one was made')
    return { ...report(), unrepeatable: ['random'], statements: [{ ...statement, from: 10, to: 38 }] }
  }
  expect(driftBetween(drawn('b'), drawn('c'), text)).toEqual([])
  expect(driftBetween(drawn('b'), drawn('c'), 'update a')).toHaveLength(1)
})

test('where nothing that is shown differs, it is in what is masked of one of the rows', () => {
  const masked = { ...named(1, '•••', '•••'), masked: { name: 'identity' as const } }
  const failure = { statement: 0, code: 'drifted', message: 'tags', detail: null, hint: null, at: null }
  expect(driftBetween(report(masked), { ...report(masked), failure })).toMatchObject([
    { table: 'tags', hidden: [masked], missing: [], unexpected: [] },
  ])
})

test('an instant that is made anew hides no row that was another one before', () => {
  const at = (id: number, from: string, instant: number) =>
    change({ id, name: from }, { id, name: 'b', updated_at: instant })
  const came = at(2, 'z', 20)
  expect(driftBetween(report(at(1, 'a', 10), at(2, 'a', 10)), report(at(1, 'a', 20), came))).toMatchObject([
    { otherwise: [{ before: { id: 2, name: 'a' }, after: { id: 2, name: 'z' }, changed: ['name'] }] },
  ])
})

test('a row that has disappeared is told, of two equal ones too', () => {
  const keyless = change({ name: 'a' }, null)
  expect(driftBetween(report(keyless, keyless), report(keyless))).toMatchObject([
    { approved: { deleted: 2 }, found: { deleted: 1 }, missing: [keyless], unexpected: [] },
  ])
  expect(driftBetween(report(keyless), report())).toMatchObject([{ found: null, missing: [keyless] }])
})

test('rows are named only where all of them are told, and bare', () => {
  const [one, other] = [report(named(1, 'a', 'b')), report(named(2, 'a', 'b'))]
  const cut = { ...other, statements: other.statements.map((part) => ({ ...part, moreChanges: 3 })) }
  for (const found of [cut, { ...other, spreads: 'identity' as const }]) {
    expect(driftBetween({ ...one, statements: [...one.statements] }, found)).toEqual(
      found === cut ? [] : [expect.objectContaining({ missing: [], unexpected: [] })],
    )
  }
})

test('a table that the failure does not name has not drifted, whatever was made anew in it', () => {
  const anew = (id: string) => change(null, { id, name: 'a' })
  const rest = { dropped: false, truncated: false, rowsGone: null, inexact: null }
  const both = (id: string, updated: number): Report => {
    const made = report(anew(id))
    const logs = { logs: { ...none, updated, ...rest } }
    return {
      ...made,
      statements: made.statements.map((part) => ({ ...part, effects: { ...part.effects, ...logs } })),
    }
  }
  const failure = { statement: 0, code: 'drifted', message: 'logs', detail: null, hint: null, at: null }
  const drifts = driftBetween(both('x', 1), { ...both('y', 2), failure })
  expect(drifts.map(({ table }) => table)).toEqual(['logs'])
})
