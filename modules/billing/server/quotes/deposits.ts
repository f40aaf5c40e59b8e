/** Deposits, rate by rate: what is asked before, and what the final invoice takes off again. */
import { sumsOf, type DraftLine, type QuoteFields } from '#contract/billing'

type Offered = Pick<QuoteFields, 'lines' | 'discount'>
type Vat = Pick<DraftLine, 'vatCategory' | 'vatBasisPoints' | 'vatExemption'>

/**
 * A part of what is offered, one line a rate.
 * @param basisPoints of each rate's base after the discount, rounded half up to the cent
 */
export function depositLines(offered: Offered, basisPoints: number, description: string): DraftLine[] {
  return sumsOf(offered.lines, offered.discount)
    .vat.map(({ category, basisPoints: rate, baseCents }) =>
      amountLine(description, Math.round((baseCents * basisPoints) / 10_000), {
        vatCategory: category,
        vatBasisPoints: rate,
        vatExemption: exemptionIn(offered.lines, category, rate),
      }),
    )
    .filter(({ unitPriceCents }) => unitPriceCents !== 0)
}

export type Deposit = {
  number: string | null
  issuedOn: string | null
  vat: readonly (Vat & { exclCents: number })[]
}

/**
 * What was offered, less what was asked before. A discount on the whole becomes lines too: as a discount it would take a part
 * of the deposits off as well.
 */
export function finalLines<One extends Deposit>(
  { lines, discount }: Offered,
  deposits: readonly One[],
  words: { discount: string; deposit: (one: One) => string },
): DraftLine[] {
  const off = sumsOf(lines, discount).discounts.map(({ vatCategory, vatBasisPoints, cents, label }) =>
    amountLine(
      label || words.discount,
      cents,
      { vatCategory, vatBasisPoints, vatExemption: exemptionIn(lines, vatCategory, vatBasisPoints) },
      '-1',
    ),
  )
  const taken = deposits.flatMap((one) =>
    one.vat.map(({ exclCents, ...vat }) => amountLine(words.deposit(one), exclCents, vat, '-1')),
  )
  return [...lines, ...off, ...taken]
}

const amountLine = (description: string, cents: number, vat: Vat, quantity = '1'): DraftLine => ({
  description,
  quantity,
  unit: 'C62',
  unitPriceCents: cents,
  discountBasisPoints: 0,
  discountCents: 0,
  ...vat,
  period: null,
})

const exemptionIn = (lines: readonly DraftLine[], category: string, rate: number): string | null =>
  lines.find(
    ({ vatCategory, vatBasisPoints, vatExemption }) =>
      vatCategory === category && vatBasisPoints === rate && vatExemption !== null,
  )?.vatExemption ?? null
