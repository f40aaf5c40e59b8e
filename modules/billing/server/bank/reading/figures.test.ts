import fc from 'fast-check'
import { expect, test } from 'vitest'
import { centsOf, dayOfText } from './figures.ts'

test.each([
  ['29,00', 2_900],
  ['29.00', 2_900],
  ['29', 2_900],
  ['29,5', 2_950],
  ['1 234,56', 123_456],
  ['1 234,56 €', 123_456],
  ['1 234,56 EUR', 123_456],
  ['1.234,56', 123_456],
  ['1,234.56', 123_456],
  ['1.234.567,89', 123_456_789],
  ["1'234.50", 123_450],
  ['-12,00', -1_200],
  ['−12,00', -1_200],
  ['12,00-', -1_200],
  ['(12,00)', -1_200],
  ['+7', 700],
  ['0,00', 0],
])('%s is an amount', (written, cents) => {
  expect(centsOf(written)).toBe(cents)
})

test.each(['', 'abc', '1.234', '1,234', '12,345', '1,2,3', '-1-', '1e3', '1.23.456,00', '--1', '12,00 $'])(
  '« %s » is none, or could be two',
  (written) => {
    expect(centsOf(written)).toBeUndefined()
  },
)

test('whatever a French bank writes of an amount is read back', () => {
  const format = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2 })
  fc.assert(
    fc.property(fc.integer({ min: -1e11, max: 1e11 }), (cents) => {
      expect(centsOf(format.format(cents / 100))).toBe(cents)
    }),
  )
})

test.each([
  ['27/02/2026', '2026-02-27'],
  ['27-02-26', '2026-02-27'],
  ['7.2.2026', '2026-02-07'],
  ['2026-02-27', '2026-02-27'],
  ['2026-02-27 08:33:00', '2026-02-27'],
  ['20260227', '2026-02-27'],
])('%s is a day', (written, day) => {
  expect(dayOfText(written)).toBe(day)
})

test.each(['', '31/02/2026', '2026-13-01', '00/00/0000', '02/27/2026', 'hier', '27/02', '01/01/1900'])(
  '« %s » is no day',
  (written) => {
    expect(dayOfText(written)).toBeUndefined()
  },
)
