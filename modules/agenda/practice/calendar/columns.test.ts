import { expect, test } from 'vitest'
import type { Agenda, Appointment } from '#contract/agenda'
import { columnsOf, hoursOf } from './columns.ts'
import { step, stopsOf } from './stops.ts'

const [claire, hugo] = ['claire', 'hugo']

const appointment = (
  id: string,
  startsLocal: string,
  endsLocal: string,
  over: Partial<Appointment> = {},
): Appointment => ({
  id,
  practitionerId: claire,
  patient: { id: 'zoe', name: 'Zoé Marchand' },
  title: '',
  act: null,
  startsAt: '2026-11-23T08:00:00.000Z',
  endsAt: '2026-11-23T08:45:00.000Z',
  startsLocal,
  endsLocal,
  minutes: 45,
  status: 'planned',
  place: 'office',
  remark: '',
  seriesId: null,
  feeCents: null,
  dueCents: null,
  paidCents: null,
  revision: 1,
  ...over,
})

const agenda = (over: Partial<Agenda>): Agenda => ({
  timeZone: 'Europe/Paris',
  nowLocal: '2026-11-23T08:00',
  practitioners: [
    { memberId: claire, name: 'Claire Moreau' },
    { memberId: hugo, name: 'Hugo Lefèvre' },
  ],
  departed: [],
  appointments: [],
  absences: [],
  openSlots: [],
  hours: [],
  holidays: [],
  ...over,
})

const week = { from: '2026-11-23', days: 7, who: [claire], apart: false }
const day = { ...week, days: 1 }

test('an absence of three days stands in each of them, and says whose it is where people share a column', () => {
  const away = {
    id: 'away',
    practitionerId: claire,
    startsAt: '',
    endsAt: '',
    startsLocal: '2026-11-24T14:00',
    endsLocal: '2026-11-26T12:00',
    label: '',
    kind: 'holiday' as const,
  }
  const named = (_: unknown, shared: boolean) => (shared ? 'Claire Moreau : congés' : 'congés')
  const columns = columnsOf(agenda({ absences: [away] }), week, named)
  expect(columns.map(({ absences }) => absences.map(({ from, to }) => [from, to]))).toEqual([
    [],
    [[14 * 60, 1440]],
    [[0, 1440]],
    [[0, 12 * 60]],
    [],
    [],
    [],
  ])
  const shared = columnsOf(agenda({ absences: [away] }), { ...week, who: [claire, hugo] }, named)
  expect(shared[2]?.absences[0]?.words).toBe('Claire Moreau : congés')
})

test('practitioners stand side by side, each with their own hours and appointments', () => {
  const given = agenda({
    appointments: [
      appointment('a', '2026-11-23T09:00', '2026-11-23T09:45'),
      appointment('b', '2026-11-23T09:00', '2026-11-23T10:00', { practitionerId: hugo }),
    ],
    hours: [{ practitionerId: hugo, weekday: 1, fromMinute: 540, toMinute: 720 }],
  })
  const columns = columnsOf(given, { ...day, who: [claire, hugo], apart: true }, () => '')
  expect(
    columns.map(({ practitionerId, blocks, open }) => [practitionerId, blocks.length, open.length]),
  ).toEqual([
    [claire, 1, 0],
    [hugo, 1, 1],
  ])
})

test('in the night clocks go back one may end at an earlier hour than it began, and is still seen', () => {
  const night = { ...day, from: '2026-10-25' }
  const columns = columnsOf(
    agenda({ appointments: [appointment('a', '2026-10-25T02:45', '2026-10-25T02:15')] }),
    night,
    () => '',
  )
  expect(columns[0]?.blocks).toMatchObject([{ from: 165, to: 170, lanes: 1 }])
})

test('the hours shown hold the usual day and whatever lies outside it', () => {
  expect(hoursOf([])).toEqual({ first: 480, last: 1140 })
  const late = agenda({ appointments: [appointment('a', '2026-11-23T06:30', '2026-11-23T22:10')] })
  expect(hoursOf(columnsOf(late, day, () => ''))).toEqual({ first: 360, last: 1380 })
})

test('arrows lead over appointments and the free half hours between them', () => {
  const given = agenda({
    appointments: [
      appointment('a', '2026-11-23T09:00', '2026-11-23T09:45'),
      appointment('gone', '2026-11-23T10:00', '2026-11-23T10:30', { status: 'cancelled' }),
      appointment('b', '2026-11-24T09:15', '2026-11-24T10:15'),
    ],
  })
  const columns = columnsOf(given, { ...week, days: 2 }, () => '')
  const hours = { first: 540, last: 660 }
  // What was cancelled leaves its hour free.
  expect(stopsOf(0, columns, hours).map(({ minute, id }) => id ?? minute)).toEqual(['a', 'gone', 600, 630])
  expect(step('ArrowDown', { column: 0, minute: 540, id: 'a' }, columns, hours)).toMatchObject({ id: 'gone' })
  expect(step('ArrowRight', { column: 0, minute: 540, id: 'a' }, columns, hours)).toMatchObject({
    column: 1,
    id: 'b',
  })
  expect(step('End', { column: 1, minute: 555, id: 'b' }, columns, hours)).toEqual({ column: 1, minute: 630 })
  expect(step('ArrowRight', { column: 1, minute: 630 }, columns, hours)).toBe(1)
  expect(step('ArrowLeft', { column: 0, minute: 630 }, columns, hours)).toBe(-1)
})
