import { expect, test } from 'vitest'
import { draftOf, timesOf } from './away.ts'

const draft = {
  practitionerId: null,
  kind: 'holiday',
  from: '2026-12-24',
  to: '2026-12-31',
  at: '',
  until: '',
  label: '',
} as const

test('an absence of whole days ends with the last of them', () => {
  expect(timesOf(draft, 'absence')).toEqual({
    startsLocal: '2026-12-24T00:00',
    endsLocal: '2027-01-01T00:00',
  })
  expect(timesOf({ ...draft, to: '' }, 'absence')).toMatchObject({ endsLocal: '2026-12-25T00:00' })
})

test('hours are of the first day and of the last', () => {
  expect(timesOf({ ...draft, at: '14:00', until: '12:00' }, 'absence')).toEqual({
    startsLocal: '2026-12-24T14:00',
    endsLocal: '2026-12-31T12:00',
  })
})

test('what makes no sense is not sent', () => {
  expect(timesOf({ ...draft, from: '' }, 'absence')).toBeUndefined()
  expect(timesOf({ ...draft, to: '2026-12-20' }, 'absence')).toBeUndefined()
  expect(timesOf({ ...draft, at: '18:00' }, 'slot')).toBeUndefined()
  expect(timesOf({ ...draft, at: '18:00', until: '17:00' }, 'slot')).toBeUndefined()
})

test('an opening has one day and may last until midnight', () => {
  expect(timesOf({ ...draft, at: '18:00', until: '00:00' }, 'slot')).toEqual({
    startsLocal: '2026-12-24T18:00',
    endsLocal: '2026-12-25T00:00',
  })
})

test('what was said comes back as it was typed', () => {
  const known = {
    id: 'a',
    practitionerId: 'p',
    startsAt: '',
    endsAt: '',
    label: 'Ski',
    kind: 'holiday',
  } as const
  const times = { startsLocal: '2026-12-24T00:00', endsLocal: '2027-01-01T00:00' }
  expect(draftOf({ ...known, ...times }, null)).toMatchObject({
    from: '2026-12-24',
    to: '2026-12-31',
    at: '',
    until: '',
  })
  expect(timesOf(draftOf({ ...known, ...times }, null), 'absence')).toEqual(times)
})
