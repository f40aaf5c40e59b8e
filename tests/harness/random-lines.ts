/** What people may type into a document, from one line to two hundred. */
import fc from 'fast-check'
import type { DocumentDiscount, LineInput } from '#contract/billing'

const quantity = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }).map(String) },
  { weight: 3, arbitrary: fc.integer({ min: -99_999, max: 9_999_999 }).map(thousandths) },
  { weight: 1, arbitrary: fc.constantFrom('0', '0.001', '-1', '999999.999') },
)
const price = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 200_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -50_000, max: 100_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2_417) },
)
const rate = fc.oneof(
  fc.constantFrom(2_000, 1_000, 850, 550, 210, 105, 90, 175, 1_300).map((vatBasisPoints) => ({
    vatCategory: 'S' as const,
    vatBasisPoints,
  })),
  fc.constantFrom(
    { vatCategory: 'E' as const, vatBasisPoints: 0 },
    { vatCategory: 'Z' as const, vatBasisPoints: 0 },
  ),
)
const off = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ discountBasisPoints: 0, discountCents: 0 }) },
  {
    weight: 1,
    arbitrary: fc.record({
      discountBasisPoints: fc.integer({ min: 1, max: 10_000 }),
      discountCents: fc.constant(0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      discountBasisPoints: fc.constant(0),
      discountCents: fc.integer({ min: -5_000, max: 5_000 }),
    }),
  },
)

export const randomLine: fc.Arbitrary<LineInput> = fc
  .tuple(fc.record({ quantity, unitPriceCents: price }), rate, off)
  .map(([amount, vat, discount]) => ({ ...amount, ...vat, ...discount }))

export const randomLines = fc.array(randomLine, { minLength: 1, maxLength: 200, size: 'max' })

export const randomDiscount: fc.Arbitrary<DocumentDiscount> = fc
  .oneof(
    { weight: 2, arbitrary: fc.constant({ basisPoints: 0, cents: 0 }) },
    {
      weight: 1,
      arbitrary: fc.record({ basisPoints: fc.integer({ min: 1, max: 10_000 }), cents: fc.constant(0) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ basisPoints: fc.constant(0), cents: fc.integer({ min: 1, max: 1_000_000 }) }),
    },
  )
  .map((discount) => ({ ...discount, label: 'Remise' }))

/** @returns a count of thousandths as people write it: `2.5` */
function thousandths(count: number): string {
  const sign = count < 0 ? '-' : ''
  const fraction = String(Math.abs(count) % 1_000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${sign}${Math.floor(Math.abs(count) / 1_000)}${fraction === '' ? '' : `.${fraction}`}`
}
