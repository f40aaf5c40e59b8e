/** Deposits, rate by rate: what is asked before, and what the final invoice takes off again. */
import { sumsOf, type DraftLine, type QuoteFields } from '#contract/billing'
import { amountLine } from '../drafts/amount-line.ts'
import { leftAt, type Left } from '../drafts/rates-left.ts'

type Offered = Pick<QuoteFields, 'lines' | 'discount'>

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

/** All that is left of a deposit invoice, taken off by lines that name it. */
export const depositLinesOff = (depositId: string, { rates }: Left, description: string): DraftLine[] =>
  rates.flatMap((rate) => {
    const { category, basisPoints, exemption } = rate
    const cents = leftAt(rate)
    if (category === null || basisPoints === null || cents === 0) return []
    const vat = { vatCategory: category, vatBasisPoints: basisPoints, vatExemption: exemption }
    return { ...amountLine(description, cents, vat, '-1'), depositId }
  })

/**
 * What was offered, less what was asked before. A discount on the whole becomes lines too: as a discount it would take a part
 * of the deposits off as well.
 */
export function finalLines(
  { lines, discount }: Offered,
  deposits: readonly DraftLine[],
  word: string,
): DraftLine[] {
  const off = sumsOf(lines, discount).discounts.map(({ vatCategory, vatBasisPoints, cents, label }) =>
    amountLine(
      label || word,
      cents,
      { vatCategory, vatBasisPoints, vatExemption: exemptionIn(lines, vatCategory, vatBasisPoints) },
      '-1',
    ),
  )
  return [...lines, ...off, ...deposits]
}

const exemptionIn = (lines: readonly DraftLine[], category: string, rate: number): string | null =>
  lines.find(
    ({ vatCategory, vatBasisPoints, vatExemption }) =>
      vatCategory === category && vatBasisPoints === rate && vatExemption !== null,
  )?.vatExemption ?? null
