import { expect, test } from 'vitest'
import { addressState, aDay, anId, oneOf, wholeNumber, wordsUpTo } from './address-state.ts'
import { understand } from './url-state.ts'

const id = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
const State = addressState({
  view: oneOf(['day', 'week']),
  on: aDay,
  patient: anId,
  q: wordsUpTo(5),
  days: wholeNumber(1, 365),
})

test('words are read as what they are, and what is not asked for is missing', () => {
  const raw = { view: 'week', on: '2028-02-29', patient: id.toUpperCase(), q: ' abc ', days: '7', other: 'x' }
  expect(understand(State, raw)).toEqual({ view: 'week', on: '2028-02-29', patient: id, q: 'abc', days: 7 })
  expect(understand(State, {})).toEqual({})
})

test.each([
  ['a word that is not among them', { view: 'year' }],
  ['a day that does not exist', { on: '2026-02-30' }],
  ['a day of another age', { on: '1626-02-03' }],
  ['an instant', { on: '2026-02-03T10:00' }],
  ['what is no id', { patient: `${id}0` }],
  ['too many words', { q: 'abcdef' }],
  ['a number out of range', { days: '366' }],
  ['a number that is none', { days: '1e2' }],
  ['the same filter twice', { view: ['day', 'week'] }],
])('%s makes no sense and is left out, the others hold', (_, wrong) => {
  expect(understand(State, { q: 'abc', ...wrong })).toEqual('q' in wrong ? {} : { q: 'abc' })
})
