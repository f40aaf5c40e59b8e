import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  daysBetween,
  deadlineFor,
  easterSunday,
  holidayOn,
  monthsAfter,
  monthsWhenExtended,
  plusDays,
} from '#contract/privacy'

describe('the month is counted as Regulation 1182/71 counts', () => {
  // Guidelines 01/2022 of the European Data Protection Board on the right of access, paragraph 160.
  test.each([
    ['2022-03-05', '2022-04-05'],
    ['2022-08-31', '2022-09-30'],
  ])('the EDPB’s examples: received on %s, due on %s', (received, due) => {
    expect(deadlineFor(received)).toEqual({ on: due, counted: due, movedBy: null })
  })

  test.each([
    ['2027-01-28', '2027-02-28', 'the same number'],
    ['2027-01-31', '2027-02-28', 'February has no 31st'],
    ['2028-01-31', '2028-02-29', 'nor in a leap year'],
    ['2028-01-29', '2028-02-29', 'which has a 29th'],
    ['2027-03-31', '2027-04-30', 'April has no 31st'],
    ['2026-12-15', '2027-01-15', 'over the end of a year'],
  ])('received on %s, the month ends on %s: %s', (received, counted) => {
    expect(deadlineFor(received).counted).toBe(counted)
  })
})

describe('a deadline that falls on no working day moves to the next one', () => {
  test.each([
    ['2026-09-10', '2026-10-10', '2026-10-12', 'saturday'],
    ['2026-09-11', '2026-10-11', '2026-10-12', 'sunday'],
    ['2026-06-14', '2026-07-14', '2026-07-15', 'national_day'],
    ['2026-03-06', '2026-04-06', '2026-04-07', 'easter_monday'],
    ['2026-04-14', '2026-05-14', '2026-05-15', 'ascension'],
    ['2026-04-25', '2026-05-25', '2026-05-26', 'whit_monday'],
    // Friday the 1st, then a weekend.
    ['2026-04-01', '2026-05-01', '2026-05-04', 'labour_day'],
    // The Sunday before Easter Monday leads past it.
    ['2027-02-28', '2027-03-28', '2027-03-30', 'sunday'],
    // Christmas on a Friday.
    ['2026-11-25', '2026-12-25', '2026-12-28', 'christmas'],
    // New Year's Day on a Friday, from a month of 30 days.
    ['2026-12-01', '2027-01-01', '2027-01-04', 'new_year'],
  ])('received on %s: not %s but %s (%s)', (received, counted, on, movedBy) => {
    expect(deadlineFor(received)).toEqual({ on, counted, movedBy })
  })

  test('the day of receipt may be a Sunday: only the last day of a period moves', () => {
    expect(deadlineFor('2026-11-22').on).toBe('2026-12-22')
  })

  test('two further months are counted from the receipt, and move likewise', () => {
    expect(deadlineFor('2026-04-14', monthsWhenExtended)).toEqual({
      on: '2026-07-15',
      counted: '2026-07-14',
      movedBy: 'national_day',
    })
  })
})

describe('the public holidays of France', () => {
  // As service-public.fr announces them.
  test.each([
    [2024, ['2024-04-01', '2024-05-09', '2024-05-20']],
    [2025, ['2025-04-21', '2025-05-29', '2025-06-09']],
    [2026, ['2026-04-06', '2026-05-14', '2026-05-25']],
    [2027, ['2027-03-29', '2027-05-06', '2027-05-17']],
  ])('Easter Monday, Ascension and Whit Monday of %i', (year, [easter, ascension, whit]) => {
    expect(holidayOn(easter!)).toBe('easter_monday')
    expect(holidayOn(ascension!)).toBe('ascension')
    expect(holidayOn(whit!)).toBe('whit_monday')
    expect(plusDays(easterSunday(year), 1)).toBe(easter)
  })

  // The earliest and the latest day Easter can fall on, and the two exceptions of Gauss's rule.
  test.each([
    [1818, '1818-03-22'],
    [1943, '1943-04-25'],
    [1954, '1954-04-18'],
    [1981, '1981-04-19'],
    [2000, '2000-04-23'],
    [2038, '2038-04-25'],
  ])('Easter of %i fell on %s', (year, day) => expect(easterSunday(year)).toBe(day))

  test('there are eleven a year, but where Ascension falls on 1 or 8 May', () => {
    const inYear = (year: number) => {
      const first = `${year}-01-01`
      const days = Array.from({ length: daysBetween(first, `${year + 1}-01-01`) }, (_, at) =>
        plusDays(first, at),
      )
      return days.filter((day) => holidayOn(day) !== null).length
    }
    expect([2023, 2024, 2025, 2026].map(inYear)).toEqual([11, 11, 11, 11])
    // Ascension on 1 May: in 2008, and on 8 May: in 1997 and 2059.
    expect([1997, 2008, 2059].map(inYear)).toEqual([10, 10, 10])
  })

  test('Good Friday and 26 December are holidays of Alsace-Moselle alone', () => {
    expect([holidayOn('2026-04-03'), holidayOn('2026-12-26')]).toEqual([null, null])
  })
})

describe('whatever the day of receipt', () => {
  const day = fc.integer({ min: 0, max: 109_000 }).map((after) => plusDays('1900-01-01', after))
  const isWorkingDay = (one: string) =>
    holidayOn(one) === null && ![0, 6].includes(new Date(`${one}T12:00:00Z`).getUTCDay())

  test('the deadline is a working day, at most four days after the month ends, and none lies between', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(1, 3), (received, months) => {
        const { on, counted, movedBy } = deadlineFor(received, months)
        expect(isWorkingDay(on)).toBe(true)
        const moved = daysBetween(counted, on)
        expect(moved === 0).toBe(movedBy === null)
        expect(moved).toBeGreaterThanOrEqual(0)
        expect(moved).toBeLessThanOrEqual(4)
        for (let at = 0; at < moved; at++) expect(isWorkingDay(plusDays(counted, at))).toBe(false)
      }),
    )
  })

  test('the month is counted as Temporal counts it', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 30 }), (received, months) => {
        expect(monthsAfter(received, months)).toBe(
          Temporal.PlainDate.from(received).add({ months }, { overflow: 'constrain' }).toString(),
        )
      }),
    )
  })

  test('who asks later is not answered earlier', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 40 }), (received, later) => {
        expect(deadlineFor(plusDays(received, later)).on >= deadlineFor(received).on).toBe(true)
      }),
    )
  })

  test('an extension gives more time than the first month', () => {
    fc.assert(
      fc.property(day, (received) => {
        expect(deadlineFor(received, monthsWhenExtended).on > deadlineFor(received).on).toBe(true)
      }),
    )
  })
})
