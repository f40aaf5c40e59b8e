import { expect, test } from 'vitest'
import type { Act, Occurrence } from '#contract/agenda'
import {
  centsOf,
  emptyDraft,
  isWanted,
  missingIn,
  rhythmOf,
  skipAndKeep,
  whatOf,
  withProposed,
} from './draft.ts'

const occurrence = (on: string, state: Occurrence['state']): Occurrence => ({
  on,
  startsLocal: `${on}T09:00`,
  state,
  outside: state === 'skipped' ? 'holiday' : null,
  taken: null,
})

test('an amount is read as people type it', () => {
  expect(centsOf('60')).toBe(6_000)
  expect(centsOf('60,5')).toBe(6_050)
  expect(centsOf('1\u202f060,50\u00a0€')).toBe(106_050)
  expect(centsOf('soixante')).toBeUndefined()
  expect(centsOf('60,555')).toBeUndefined()
})

test('of a series what is taken is left out, and a holiday is kept only when somebody wants it', () => {
  const days = [
    occurrence('2026-11-02', 'free'),
    occurrence('2026-11-09', 'taken'),
    occurrence('2026-11-11', 'skipped'),
    occurrence('2026-11-16', 'free'),
  ]
  expect(skipAndKeep(days, new Set())).toEqual({ skip: ['2026-11-09'], keep: [] })
  const turned = new Set(['2026-11-11', '2026-11-16'])
  expect(skipAndKeep(days, turned)).toEqual({ skip: ['2026-11-09', '2026-11-16'], keep: ['2026-11-11'] })
  expect(days.filter((one) => isWanted(one, turned)).map(({ on }) => on)).toEqual([
    '2026-11-02',
    '2026-11-11',
  ])
})

test('something without a patient has a title, and neither act nor fee', () => {
  const draft = {
    ...emptyDraft,
    withPatient: false,
    title: ' Supervision ',
    actId: 'act',
    fee: '60',
    minutes: '90',
  }
  expect(whatOf(draft)).toEqual({ title: 'Supervision', minutes: 90, place: 'office', remark: '' })
})

test('the act of the latest appointment is proposed, until somebody says another, its length or its price', () => {
  const act = (id: string, minutes: number): Act => ({
    id,
    name: id,
    minutes,
    colour: 1,
    monSoutienPsy: false,
    position: 0,
    archived: false,
    tariffs: [],
    revision: 1,
  })
  const offered = [act('first', 60), act('usual', 45)]
  const opened = withProposed(emptyDraft, offered, undefined)
  expect(opened).toMatchObject({ actId: 'first', minutes: '60' })
  const picked = withProposed(opened, offered, 'usual')
  expect(picked).toMatchObject({ actId: 'usual', minutes: '45' })
  // One that is offered no more is not what they come for.
  expect(withProposed(picked, offered, 'archived')).toMatchObject({ actId: 'first' })
  const settled = { ...opened, settled: true, minutes: '90' }
  expect(withProposed(settled, offered, 'usual')).toBe(settled)
})

test('what is missing is said before the server is asked', () => {
  expect([...missingIn(emptyDraft)]).toEqual(['patientId', 'startsLocal'])
  expect([...missingIn({ ...emptyDraft, withPatient: false, minutes: '4', fee: 'x' })]).toEqual([
    'title',
    'startsLocal',
    'minutes',
    'feeCents',
  ])
})

test('a series ends after so many times, or on a day that is not before it begins', () => {
  const draft = { ...emptyDraft, date: '2026-11-02', time: '09:00', repeats: true }
  expect(rhythmOf(draft)).toEqual({ startsLocal: '2026-11-02T09:00', everyWeeks: 1, count: 10 })
  expect(rhythmOf({ ...draft, ends: 'until', until: '2026-11-01' })).toBeUndefined()
  expect(rhythmOf({ ...draft, count: '105' })).toBeUndefined()
})
