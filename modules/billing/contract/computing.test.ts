import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vatOn } from '#platform/contract/money.ts'
import { randomDiscount, randomLines } from '../../../tests/harness/random-lines.ts'
import { lineSums, sumsOf, thousandths } from './computing.ts'

const none = { basisPoints: 0, cents: 0, label: '' }
const line = {
  quantity: '1',
  unitPriceCents: 2_417,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory: 'S' as const,
  vatBasisPoints: 2_000,
}
const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0)

test('the reference invoice: 24,17 and 4,83 make 29,00', () => {
  expect(sumsOf([line], none)).toMatchObject({ exclCents: 2_417, vatCents: 483, inclCents: 2_900 })
})

test('VAT is reckoned on the sum of a rate, not on each line (BR-CO-17)', () => {
  // Three times 0.33 € at 5.5 %: 0.02 € each would be 0.06 €, on the sum it is 0.05 €.
  const cheap = { ...line, unitPriceCents: 33, vatBasisPoints: 550 }
  expect(sumsOf([cheap, cheap, cheap], none).vatCents).toBe(5)
})

test('an amount off is shared out by what each rate weighs, to the cent', () => {
  const lines = [2_000, 1_000, 550].map((vatBasisPoints) => ({
    ...line,
    unitPriceCents: 1_000,
    vatBasisPoints,
  }))
  const sums = sumsOf(lines, { basisPoints: 0, cents: 100, label: 'Geste' })
  expect(sums.discounts.map(({ vatBasisPoints, cents }) => [vatBasisPoints, cents])).toEqual([
    [2_000, 34],
    [1_000, 33],
    [550, 33],
  ])
})

test('what is too large for a double is exact all the same', () => {
  const huge = { ...line, quantity: '1', unitPriceCents: 100_000_000_000 }
  const sums = sumsOf(
    Array.from({ length: 1_000 }, () => huge),
    { basisPoints: 0, cents: 99_999_999_999, label: '' },
  )
  expect(sums.discountCents).toBe(99_999_999_999)
  expect(vatOn(100_000_000_000_143, 1_993)).toBe(19_930_000_000_028)
})

test('a quantity has three decimals at most', () => {
  expect(thousandths('-2.5')).toBe(-2_500n)
  for (const wrong of ['', '1.', '.5', '1,5', '1.0000', '1e3', '--1', 'NaN', '1234567890'])
    expect(() => thousandths(wrong), wrong).toThrow(RangeError)
})

test('no amount is minus zero: it would be printed', () => {
  expect(
    lineSums({ quantity: '-0.001', unitPriceCents: 1, discountBasisPoints: 1_000, discountCents: 0 }),
  ).toEqual({
    discountCents: 0,
    exclCents: 0,
  })
  expect(vatOn(-1, 550)).toBe(0)
})

test('whatever the lines, the sums agree with each other', () => {
  fc.assert(
    fc.property(randomLines, randomDiscount, (lines, discount) => {
      const sums = sumsOf(lines, discount)
      expect(sum(sums.lines.map(({ exclCents }) => exclCents))).toBe(sums.linesCents)
      expect(sum(sums.discounts.map(({ cents }) => cents))).toBe(sums.discountCents)
      expect(sums.linesCents - sums.discountCents).toBe(sums.exclCents)
      expect(sum(sums.vat.map(({ baseCents }) => baseCents))).toBe(sums.exclCents)
      expect(sum(sums.vat.map(({ vatCents }) => vatCents))).toBe(sums.vatCents)
      expect(sums.exclCents + sums.vatCents).toBe(sums.inclCents)
      for (const { baseCents, basisPoints, vatCents } of sums.vat)
        expect(vatCents).toBe(vatOn(baseCents, basisPoints))
      if (discount.cents > 0 && sums.linesCents !== 0) expect(sums.discountCents).toBe(discount.cents)
      const turned = sumsOf(lines.toReversed(), discount)
      expect([turned.vat, turned.discounts, turned.inclCents]).toEqual([
        sums.vat,
        sums.discounts,
        sums.inclCents,
      ])
    }),
    { numRuns: process.env['TEST_LONG'] ? 2_000 : 200 },
  )
})
