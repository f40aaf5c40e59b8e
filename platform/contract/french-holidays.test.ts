import { describe, expect, test } from 'vitest'
import { easterOf, holidaysBetween, holidaysOf, territories } from './french-holidays.ts'

const on = (year: number, name: string, territory: (typeof territories)[number] = 'national') =>
  holidaysOf(year, territory)
    .filter((holiday) => holiday.name === name)
    .map((holiday) => holiday.on)

/** As printed in any calendar of those years. */
const printed: Readonly<Record<number, [easter: string, ascension: string, whitMonday: string]>> = {
  2024: ['2024-03-31', '2024-05-09', '2024-05-20'],
  2025: ['2025-04-20', '2025-05-29', '2025-06-09'],
  2026: ['2026-04-05', '2026-05-14', '2026-05-25'],
  2027: ['2027-03-28', '2027-05-06', '2027-05-17'],
  2028: ['2028-04-16', '2028-05-25', '2028-06-05'],
  2029: ['2029-04-01', '2029-05-10', '2029-05-21'],
  2030: ['2030-04-21', '2030-05-30', '2030-06-10'],
}

test.each(Object.entries(printed))('Easter of %s and what hangs on it', (year, [easter, ascension, whit]) => {
  expect(easterOf(Number(year))).toBe(easter)
  expect(on(Number(year), 'ascension')).toEqual([ascension])
  expect(on(Number(year), 'whit_monday')).toEqual([whit])
})

test('Easter at the two ends of its range, and in the years other rules get wrong', () => {
  expect([1818, 1943, 1954, 1981, 2038, 2049, 2076].map(easterOf)).toEqual([
    '1818-03-22',
    '1943-04-25',
    '1954-04-18',
    '1981-04-19',
    '2038-04-25',
    '2049-04-18',
    '2076-04-19',
  ])
})

test('Easter is always a Sunday between 22 March and 25 April', () => {
  for (let year = 1900; year <= 2200; year++) {
    const easter = easterOf(year)
    expect(new Date(easter).getUTCDay(), easter).toBe(0)
    expect(easter.slice(5) >= '03-22' && easter.slice(5) <= '04-25', easter).toBe(true)
  }
})

test('the whole country has eleven, in their order', () => {
  expect(holidaysOf(2026, 'national').map((holiday) => holiday.on)).toEqual([
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-08',
    '2026-05-14',
    '2026-05-25',
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ])
})

describe('besides them', () => {
  test('Alsace and Moselle keep Good Friday and the day after Christmas', () => {
    expect(on(2026, 'good_friday', 'alsace_moselle')).toEqual(['2026-04-03'])
    expect(on(2026, 'st_stephen', 'alsace_moselle')).toEqual(['2026-12-26'])
    expect(on(2026, 'good_friday')).toEqual([])
  })

  test.each([
    ['mayotte', '04-27'],
    ['martinique', '05-22'],
    ['guadeloupe', '05-27'],
    ['saint_martin', '05-28'],
    ['guyane', '06-10'],
    ['saint_barthelemy', '10-09'],
    ['reunion', '12-20'],
  ] as const)('the end of slavery is remembered in %s on %s', (territory, day) => {
    expect(on(2026, 'abolition_of_slavery', territory)).toEqual([`2026-${day}`])
  })

  test('Polynesia gave its day of autonomy for Matari’i in 2025', () => {
    const days = (year: number) =>
      holidaysOf(year, 'polynesie').flatMap((holiday) =>
        ['internal_autonomy', 'matarii'].includes(holiday.name) ? holiday.on : [],
      )
    expect([days(2024), days(2025)]).toEqual([['2024-06-29'], ['2025-11-20']])
  })
})

test('those of some days reach over the end of a year, both days included', () => {
  const names = holidaysBetween('2026-12-25', '2027-01-01', 'alsace_moselle').map(({ name }) => name)
  expect(names).toEqual(['christmas', 'st_stephen', 'new_year'])
  expect(holidaysBetween('2026-12-27', '2026-12-30', 'national')).toEqual([])
})

test('a day on which two fall is named once, by the whole country’s', () => {
  // 10 June 2030 is Whit Monday, and the end of slavery in Guyane.
  expect(holidaysOf(2030, 'guyane').filter(({ on: day }) => day === '2030-06-10')).toEqual([
    { on: '2030-06-10', name: 'whit_monday' },
  ])
  for (const territory of territories)
    for (let year = 2024; year <= 2060; year++) {
      const days = holidaysOf(year, territory).map((holiday) => holiday.on)
      expect(new Set(days).size, `${territory} ${year}`).toBe(days.length)
    }
})
