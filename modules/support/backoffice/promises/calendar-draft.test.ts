import { expect, test } from 'vitest'
import { Calendar } from '#contract/support'
import { blankCalendar, calendarDraftOf, calendarOf, takeHolidays } from './calendar-draft.ts'

const christmas = { on: '2026-12-25', name: 'christmas' }
const newYear = { on: '2027-01-01', name: 'new_year' }

test('what is begun with is a calendar', () => {
  expect(Calendar.safeParse(calendarOf(blankCalendar())).success).toBe(true)
})

test('holidays are taken as they were looked over, and those of other years stay', () => {
  const draft = { ...blankCalendar(), holidays: ['2020-12-25', '2026-12-25'] }
  const taken = takeHolidays(draft, [christmas, newYear], (on) => on === newYear.on)
  expect(calendarOf(taken)).toMatchObject({
    holidays: ['2020-12-25', '2027-01-01'],
    names: { '2027-01-01': 'new_year' },
  })
})

test('a day with hours of its own is changed, one without is closed, and one that says no day is left out', () => {
  const special = [
    { day: '2026-12-24', name: ' Veille de Noël ', windows: [['09:00', '12:00']] as [string, string][] },
    { day: '2026-12-31', name: '', windows: [] },
    { day: '', name: 'À choisir', windows: [] },
  ]
  const calendar = calendarOf({ ...blankCalendar(), special })
  expect(calendar).toMatchObject({
    overrides: { '2026-12-24': [['09:00', '12:00']], '2026-12-31': [] },
    names: { '2026-12-24': 'Veille de Noël' },
  })
  expect(Object.keys(calendar.overrides)).toHaveLength(2)
})

test('what is changed nowhere comes out as it went in, hours of single days too', () => {
  const calendar = Calendar.parse({
    timezone: 'Indian/Reunion',
    hours: { mon: [['08:00', '12:00']], sat: [['09:00', '10:00']] },
    holidays: ['2026-12-20'],
    overrides: { '2026-12-24': [['08:00', '10:00']], '2026-12-31': [] },
    names: { '2026-12-20': 'abolition_of_slavery', '2026-12-31': 'Inventaire' },
  })
  const row = {
    id: '',
    versionId: '',
    inForceFrom: '',
    versions: [],
    name: 'Réunion',
    territory: 'reunion' as const,
    calendar,
  }
  expect(calendarOf(calendarDraftOf(row))).toEqual(calendar)
})
