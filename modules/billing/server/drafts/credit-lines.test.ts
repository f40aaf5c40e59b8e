import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sumsOf, vatOnCredit, type DocumentDiscount, type DraftLine } from '#contract/billing'
import { subscriptionLine } from '../../../../tests/harness/billing.ts'
import { randomDiscount, randomLine } from '../../../../tests/harness/random-lines.ts'
import { linesChosen, linesLeft } from './credit-lines.ts'
import { isBeyond, isCreditedWhole, leftAt, type Left, type RateLeft } from './rates-left.ts'

const words = { rest: 'Solde', deposit: () => 'Acompte' }
const none = { basisPoints: 0, cents: 0, label: '' }

const issued = (lines: DraftLine[], discount: DocumentDiscount): Left => ({
  creditNotes: 0,
  rates: sumsOf(lines, discount).vat.map(({ category, basisPoints, baseCents, vatCents }) => ({
    category,
    basisPoints,
    exemption: null,
    askedCents: baseCents,
    askedVatCents: vatCents,
    creditedCents: 0,
    creditedVatCents: 0,
    takenCents: 0,
  })),
})

/** @returns what is left then, or nothing where the credit note would take back more than there is of a rate */
function credited({ rates, creditNotes }: Left, lines: DraftLine[]): Left | undefined {
  const sums = sumsOf(lines, none)
  const after = rates.map((rate): RateLeft | undefined => {
    const { baseCents = 0, basisPoints = 0 } = sums.vat.find((one) => sameRate(one, rate)) ?? {}
    if (isBeyond(leftAt(rate), baseCents)) return undefined
    const before = { baseCents: rate.creditedCents, vatCents: rate.creditedVatCents }
    const vatCents = baseCents === 0 ? 0 : vatOnCredit(baseCents, basisPoints, before)
    return {
      ...rate,
      creditedCents: rate.creditedCents + baseCents,
      creditedVatCents: rate.creditedVatCents + vatCents,
    }
  })
  const known = after.filter((rate) => rate !== undefined)
  return known.length < rates.length ? undefined : { rates: known, creditNotes: creditNotes + 1 }
}
const sameRate = (one: { category: string; basisPoints: number }, other: RateLeft) =>
  one.category === other.category && one.basisPoints === other.basisPoints

const linesOfADocument = fc
  .array(randomLine, { minLength: 1, maxLength: 12 })
  .map((lines): DraftLine[] => lines.map((line) => ({ ...subscriptionLine, ...line, vatExemption: null })))
const story = fc.record({
  lines: linesOfADocument,
  discount: randomDiscount,
  /** In which credit note each line is; of those from 3 on, what is left is credited at once. */
  notes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 12, maxLength: 12 }),
})

describe('credit notes of parts', () => {
  test('come to the whole, rate by rate, net and VAT, in whatever parts, and none takes back more', () => {
    fc.assert(
      fc.property(story, ({ lines, discount, notes }) => {
        let left = issued(lines, discount)
        for (const note of [0, 1, 2]) {
          const positions = lines.keys().filter((at) => notes[at] === note)
          const chosen = new Set([...positions].map((at) => at + 1))
          if (chosen.size > 0) left = credited(left, linesChosen({ lines, discount }, chosen)) ?? left
          for (const { askedVatCents, creditedVatCents } of left.rates)
            expect(creditedVatCents !== 0 && isBeyond(askedVatCents, creditedVatCents)).toBe(false)
        }
        const rest = linesLeft(left, [], words)
        const whole = rest.length === 0 ? left : credited(left, rest)
        for (const rate of whole?.rates ?? [])
          expect([rate.creditedCents, rate.creditedVatCents]).toEqual([rate.askedCents, rate.askedVatCents])
        expect(whole && (isCreditedWhole(whole) || whole.creditNotes === 0)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('one line after the other leave nothing, discount and all', () => {
    fc.assert(
      fc.property(linesOfADocument, randomDiscount, (lines, discount) => {
        const back = lines.flatMap((_, at) => linesChosen({ lines, discount }, new Set([at + 1])))
        const { vat } = sumsOf(back, none)
        expect(vat).toEqual(sumsOf(lines, discount).vat)
      }),
      { numRuns: 2_000 },
    )
  })

  test('bear a discount in euros by what lines come to, not by how many they are', () => {
    const lines = [9_000, 1_000].map((unitPriceCents) => ({ ...subscriptionLine, unitPriceCents }))
    const discount = { basisPoints: 0, cents: 1_000, label: 'Remise' }
    expect(linesChosen({ lines, discount }, new Set([1]))).toMatchObject([{ discountCents: 900 }])
    expect(linesChosen({ lines, discount }, new Set([2]))).toMatchObject([{ discountCents: 100 }])
  })
})
