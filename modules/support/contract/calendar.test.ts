import { describe, expect, test } from 'vitest'
import { Calendar, holidaysOf } from './calendar.ts'

const weekly = {
  mon: [
    ['09:00', '12:30'],
    ['14:00', '18:00'],
  ],
}
const paris = { timezone: 'Europe/Paris', hours: weekly }

/** Which field is wrong, and how. */
const problems = (calendar: unknown) =>
  (Calendar.safeParse(calendar).error?.issues ?? []).map((issue) => [
    issue.path.join('.'),
    issue.code === 'custom' ? issue.params?.['code'] : issue.message,
  ])

describe('a calendar', () => {
  test('needs no more than a zone and its hours', () => {
    expect(Calendar.parse(paris)).toEqual({ ...paris, holidays: [], overrides: {} })
  })

  test('may have several windows a day, in any order, that touch, and the last of which ends at midnight', () => {
    const hours = {
      mon: [
        ['12:00', '24:00'],
        ['00:00', '06:00'],
        ['06:00', '12:00'],
      ],
    }
    expect(Calendar.safeParse({ ...paris, hours }).success).toBe(true)
  })

  test('names its days', () => {
    const names = { '2026-12-25': 'Noël', '2026-12-26': 'Pont' }
    expect(Calendar.parse({ ...paris, names }).names).toEqual(names)
  })
})

describe('is refused', () => {
  const hours = (...windows: unknown[]) => ({ ...paris, hours: { tue: windows } })

  test.for<[string, unknown, string[]]>([
    ['a window of no length', hours(['09:00', '09:00']), ['hours.tue.0', 'window_empty']],
    ['a window that closes before it opens', hours(['22:00', '06:00']), ['hours.tue.0', 'window_reversed']],
    [
      'a window that begins at the end of a day',
      hours(['24:00', '01:00']),
      ['hours.tue.0', 'window_reversed'],
    ],
    [
      'a window over another',
      hours(['14:00', '18:00'], ['09:00', '14:01']),
      ['hours.tue.0', 'windows_overlap'],
    ],
    [
      'the same window twice',
      hours(['09:00', '10:00'], ['09:00', '10:00']),
      ['hours.tue.1', 'windows_overlap'],
    ],
    ['a window without an end', hours(['09:00']), ['hours.tue.0', 'window_wrong']],
    ['25 o’clock', hours(['09:00', '25:00']), ['hours.tue.0.1', 'time_wrong']],
    ['past 24:00', hours(['09:00', '24:01']), ['hours.tue.0.1', 'time_wrong']],
    ['an hour of one digit', hours(['9:00', '10:00']), ['hours.tue.0.0', 'time_wrong']],
    ['a zone nobody knows', { ...paris, timezone: 'Europe/Lutece' }, ['timezone', 'time_zone_unknown']],
    ['an offset for a zone', { ...paris, timezone: '+01:00' }, ['timezone', 'time_zone_unknown']],
    ['a calendar that never opens', { ...paris, hours: { mon: [] } }, ['hours', 'calendar_never_open']],
    [
      'one that opens on a holiday alone',
      {
        ...paris,
        hours: {},
        holidays: ['2026-12-25'],
        overrides: { '2026-12-25': [['09:00', '12:00']], '2026-12-26': [] },
      },
      ['hours', 'calendar_never_open'],
    ],
    [
      'a day that is none',
      { ...paris, overrides: { '2026-02-30': [] } },
      ['overrides.2026-02-30', 'date_wrong'],
    ],
    [
      'hours of a special day that overlap',
      {
        ...paris,
        overrides: {
          '2026-02-27': [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      ['overrides.2026-02-27.1', 'windows_overlap'],
    ],
  ])('%s', ([, calendar, problem]) => {
    expect(problems(calendar)).toEqual([problem])
  })

  test.for<[string, unknown, string]>([
    ['a holiday that is no day', { ...paris, holidays: ['2026-05-01', '2026-13-01'] }, 'holidays.1'],
    ['a holiday of the year 0', { ...paris, holidays: ['0000-00-00'] }, 'holidays.0'],
    ['a day of the week there is none of', { ...paris, hours: { ...weekly, lundi: [] } }, 'hours'],
    ['a word it does not know', { ...paris, holiday: [] }, ''],
    ['no hours at all', { timezone: 'Europe/Paris' }, 'hours'],
  ])('%s', ([, calendar, field]) => {
    expect(problems(calendar).map(([path]) => path)).toContain(field)
  })
})

test('the holidays of a territory are ready to be looked over: Martinique has twelve, of which one is its own', () => {
  const days = holidaysOf('martinique', [2026, 2027])
  expect(days).toHaveLength(24)
  expect(days).toContainEqual({ on: '2026-05-22', name: 'abolition_of_slavery' })
})
