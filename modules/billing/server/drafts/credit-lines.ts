/** The lines of a credit note, such that whatever is credited in parts comes to the whole, to the cent and rate by rate. */
import {
  partsOf,
  sumsOf,
  type DocumentDiscount,
  type DraftFields,
  type DraftLine,
  type LineInput,
  type Sums,
  type VatCategory,
} from '#contract/billing'
import { amountLine } from './amount-line.ts'
import type { HeldDeposit } from './draft-queries.ts'
import { leftAt, rateOf, type Left } from './rates-left.ts'

/**
 * Some lines, each less its part of the document's discount: of a rate they are shared out over all of its lines, so that lines
 * which are credited one by one take back neither a cent more than the document asked nor a cent less.
 * @param positions from 1
 */
export function linesChosen(
  fields: Pick<DraftFields, 'lines' | 'discount'>,
  positions: ReadonlySet<number>,
): DraftLine[] {
  const { sums, parts } = partsOfDiscount(fields)
  return fields.lines.flatMap((line, at) => {
    if (!positions.has(at + 1)) return []
    const part = parts[at] ?? 0
    const off = sums.lines[at]?.discountCents ?? 0
    return part === 0 ? line : { ...line, discountBasisPoints: 0, discountCents: off + part }
  })
}

/** What each line bears of the document's discount, to the cent. */
export function partsOfDiscount({
  lines,
  discount,
}: {
  lines: readonly LineInput[]
  discount: DocumentDiscount
}): { sums: Sums; parts: readonly number[] } {
  const sums = sumsOf(lines, discount)
  const parts = lines.map(() => 0)
  for (const { vatCategory, vatBasisPoints, cents } of sums.discounts) {
    const ofRate = [...lines.keys()].filter(
      (at) => lines[at]?.vatCategory === vatCategory && lines[at].vatBasisPoints === vatBasisPoints,
    )
    const shared = partsOf(
      cents,
      ofRate.map((at) => sums.lines[at]?.exclCents ?? 0),
    )
    for (const [index, at] of ofRate.entries()) parts[at] = shared[index] ?? 0
  }
  return { sums, parts }
}

/** What no credit note took back yet, one line a rate; deposits that were taken off are given back by lines of their own. */
export function linesLeft(
  left: Left,
  held: readonly HeldDeposit[],
  words: { rest: string; deposit: (number: string, issuedOn: string) => string },
): DraftLine[] {
  const rest = left.rates.flatMap((rate) => {
    const { category, basisPoints, exemption } = rate
    if (category === null || basisPoints === null) return []
    const given = held
      .filter((one) => one.vatCategory === category && one.vatBasisPoints === basisPoints)
      .reduce((sum, { exclCents }) => sum + exclCents, 0)
    const cents = leftAt(rate) + given
    const vat = { vatCategory: category, vatBasisPoints: basisPoints, vatExemption: exemption }
    return cents === 0 ? [] : amountLine(words.rest, cents, vat)
  })
  const back = held.map(({ depositId, number, issuedOn, vatCategory, vatBasisPoints, exclCents }) => ({
    ...amountLine(
      words.deposit(number, issuedOn),
      exclCents,
      { vatCategory, vatBasisPoints, vatExemption: exemptionAt(left, vatCategory, vatBasisPoints) },
      '-1',
    ),
    depositId,
  }))
  return [...rest, ...back]
}

const exemptionAt = (left: Left, category: VatCategory, basisPoints: number): string | null =>
  rateOf(left, { category, basisPoints })?.exemption ?? null
