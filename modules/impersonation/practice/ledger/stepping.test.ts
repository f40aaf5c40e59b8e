import { expect, test } from 'vitest'
import type { Act } from '#contract/impersonation'
import { stepsOf } from './stepping.ts'

let made = 0
const line = (over: Partial<Act>): Act => ({
  entryId: `e${++made}`,
  at: '2026-11-22T14:00:00.000Z',
  result: 'seen',
  verb: 'impersonation.seen',
  objectType: 'endpoint',
  objectId: null,
  page: '/',
  ...over,
})
const told = (lines: Act[]) => stepsOf(lines).map(({ kind, page, deed }) => [kind, page, deed?.verb])

test('what a page asked for is one step, and coming back to it another', () => {
  expect(told([line({}), line({}), line({ page: '/agenda' }), line({ page: '/agenda' }), line({})])).toEqual([
    ['seen', '/', undefined],
    ['seen', '/agenda', undefined],
    ['seen', '/', undefined],
  ])
})

test('the beginning and the end stand in it, and a page that follows is said', () => {
  const came = { result: 'done', objectType: 'impersonation', verb: 'impersonation.started' } as const
  expect(told([line({ ...came, page: '/assistance' }), line({})])).toEqual([
    ['came', '/assistance', 'impersonation.started'],
    ['seen', '/', undefined],
  ])
})

test('a change is said once, by its outcome; an intent alone is said too, for nobody knows what became of it', () => {
  const change = { verb: 'patient.updated', objectType: 'patient', objectId: 'p', page: '/patients/p' }
  expect(told([line({ ...change, result: 'intended' }), line({ ...change, result: 'done' })])).toEqual([
    ['changed', '/patients/p', 'patient.updated'],
  ])
  expect(told([line({ ...change, result: 'intended' })])).toHaveLength(1)
})

test('what was refused is said, and each note that was opened', () => {
  const note = { verb: 'note.seen', objectType: 'note', objectId: 'n', page: '/notes/n' }
  const refused = { result: 'refused', verb: 'payment.recorded', objectType: 'payment' } as const
  expect(told([line({ page: '/notes/n' }), line(note), line(refused)])).toEqual([
    ['seen', '/notes/n', undefined],
    ['seen', '/notes/n', 'note.seen'],
    ['refused', '/', 'payment.recorded'],
  ])
})
