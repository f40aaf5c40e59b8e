import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysIn, endOfPeriod, leftOn, prorated } from './proration.ts'

test.for([
  ['the whole on its first day', '2026-11-01', 30, 2_417],
  ['half of it in the middle', '2026-11-16', 15, 1_209],
  ['a thirtieth on its last day', '2026-11-30', 1, 81],
  ['nothing when it is over', '2026-12-01', 0, 0],
] as const)('of a month of 24,17 € there is left %s', ([, day, left, cents]) => {
  const november = { from: '2026-11-01', until: '2026-12-01' }
  expect(leftOn(november, day)).toBe(left)
  expect(prorated(2_417, left, daysIn(november))).toBe(cents)
})

test('what is used and what is left are the whole, to the cent or one cent', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e7, max: 1e7 }),
      fc
        .integer({ min: 1, max: 366 })
        .chain((of) => fc.tuple(fc.constant(of), fc.integer({ min: 0, max: of }))),
      (cents, [of, left]) => {
        expect(prorated(cents, of, of)).toBe(cents)
        expect(prorated(cents, 0, of)).toBe(0)
        expect(
          Math.abs(prorated(cents, left, of) + prorated(cents, of - left, of) - cents),
        ).toBeLessThanOrEqual(1)
        expect(Math.abs(prorated(cents, left, of))).toBeLessThanOrEqual(Math.abs(cents))
      },
    ),
  )
})

test('the 31st comes back after short months, and a 29th of February after four years', () => {
  const days = (anchor: string, months: number, count: number) => {
    const all = [anchor]
    for (let one = 0; one < count; one++) all.push(endOfPeriod(anchor, all.at(-1) ?? anchor, months))
    return all
  }
  expect(days('2026-01-31', 1, 4)).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2026-05-31',
  ])
  expect(days('2028-02-29', 12, 4).at(-1)).toBe('2032-02-29')
})
