import { expect, test } from 'vitest'
import { staleBy } from './stale.ts'

const run = {
  text: 'UPDATE t SET a = $1 WHERE id = 1',
  parameters: ['x'],
  mode: 'simulate',
  status: 'simulated',
  target: { id: 'central' },
} as const
const tab = { text: run.text, target: 'central', parameters: ['x'], run: { isPart: false } } as const

test.each([
  ['what was run', {}, undefined],
  ['a blank before, another statement behind', { text: `-- why\n${run.text};\nSELECT 1` }, undefined],
  [
    'a part that was selected, which goes on',
    { text: `${run.text} OR true`, run: { isPart: true } },
    undefined,
  ],
  ['another text', { text: 'DELETE FROM t' }, 'text'],
  ['a condition more', { text: `${run.text} OR true` }, 'text'],
  ['one that goes on where it ended', { text: `${run.text}2` }, 'text'],
  ['another value', { parameters: ['y'] }, 'parameters'],
  ['a value that was emptied', { parameters: [null] }, 'parameters'],
  ['another database', { target: '0199aaaa-0000-7000-8000-000000000000' }, 'target'],
] as const)('%s', (_, other, expected) => {
  expect(staleBy(run, { ...tab, ...other })).toBe(expected)
})

test('rows that were read stay while one types, and what failed while one mends it', () => {
  expect(staleBy({ ...run, status: 'failed' }, { ...tab, text: 'SELECT 2' })).toBeUndefined()
  expect(staleBy({ ...run, mode: 'read' }, { ...tab, text: 'SELECT 2' })).toBeUndefined()
})
