/** The sums of a document, from its lines: the same in the browser while one types, in the linter and in what is frozen. */
import { vatOn } from '#platform/contract/money.ts'
import type { ContentDiscount, ContentVat, VatCategory } from './content.ts'

export type LineInput = {
  /** Decimal with three places at most, maybe negative: '1', '-2.5'. */
  quantity: string
  unitPriceCents: number
  /** One of both is 0. */
  discountBasisPoints: number
  discountCents: number
  vatCategory: VatCategory
  vatBasisPoints: number
}

export type DocumentDiscount = { basisPoints: number; cents: number; label: string }

export type Sums = {
  lines: { discountCents: number; exclCents: number }[]
  discounts: ContentDiscount[]
  vat: Pick<ContentVat, 'category' | 'basisPoints' | 'baseCents' | 'vatCents'>[]
  linesCents: number
  discountCents: number
  exclCents: number
  vatCents: number
  inclCents: number
}

/**
 * EN 16931: each line is rounded to the cent (BR-DEC-23), VAT is reckoned once a category and rate on the sum of its lines less
 * its part of the document's discount (BR-CO-17), and totals are sums of those (BR-CO-10, -13, -14, -15).
 * @param discount off the document: a percentage of each rate's lines, or an amount shared out by them, to the cent
 * @returns cents; rates in the order of the highest first
 */
export function sumsOf(lines: readonly LineInput[], discount: DocumentDiscount): Sums {
  const reckoned = lines.map(lineSums)
  const bases = new Map<string, { category: VatCategory; basisPoints: number; cents: number }>()
  for (const [index, line] of lines.entries()) {
    const key = `${line.vatCategory} ${line.vatBasisPoints}`
    const base = bases.get(key) ?? { category: line.vatCategory, basisPoints: line.vatBasisPoints, cents: 0 }
    base.cents += reckoned[index]?.exclCents ?? 0
    bases.set(key, base)
  }
  const rates = [...bases.values()].toSorted(
    (one, other) => other.basisPoints - one.basisPoints || (one.category < other.category ? -1 : 1),
  )
  const parts = sharedOut(
    rates.map(({ cents }) => cents),
    discount,
  )
  const discounts = rates
    .map(({ category, basisPoints }, index) => ({
      label: discount.label,
      vatCategory: category,
      vatBasisPoints: basisPoints,
      cents: parts[index] ?? 0,
    }))
    .filter(({ cents }) => cents !== 0)
  const vat = rates.map(({ category, basisPoints, cents }, index) => {
    const baseCents = cents - (parts[index] ?? 0)
    return { category, basisPoints, baseCents, vatCents: vatOn(baseCents, basisPoints) }
  })
  const linesCents = sum(reckoned.map(({ exclCents }) => exclCents))
  const discountCents = sum(parts)
  const vatCents = sum(vat.map((one) => one.vatCents))
  const exclCents = linesCents - discountCents
  return {
    lines: reckoned,
    discounts,
    vat,
    linesCents,
    discountCents,
    exclCents,
    vatCents,
    inclCents: exclCents + vatCents,
  }
}

export function lineSums(
  line: Pick<LineInput, 'quantity' | 'unitPriceCents' | 'discountBasisPoints' | 'discountCents'>,
) {
  const grossCents = roundedProduct(thousandths(line.quantity), line.unitPriceCents, 1_000n)
  const discountCents =
    line.discountBasisPoints > 0
      ? roundedProduct(BigInt(grossCents), line.discountBasisPoints, 10_000n)
      : line.discountCents
  return { discountCents, exclCents: grossCents - discountCents }
}

/** @throws RangeError when it is no decimal of three places at most */
export function thousandths(quantity: string): bigint {
  const parts = /^(-?)(\d{1,9})(?:\.(\d{1,3}))?$/.exec(quantity)
  if (!parts) throw new RangeError('a quantity has three decimals at most')
  const [, sign, whole = '0', fraction = ''] = parts
  return BigInt(`${sign}${whole}${fraction.padEnd(3, '0')}`)
}

/** Half away from zero, like PostgreSQL's numeric. */
function roundedProduct(one: bigint, other: number, per: bigint): number {
  const exact = one * BigInt(other)
  const rounded = (magnitude(exact) + per / 2n) / per
  return Number(exact < 0n ? -rounded : rounded)
}

/**
 * VAT of a rate on what a credit note takes back: so much that all that was taken back so far, this included, bears the VAT of its
 * sum. Rounded by itself each time, several credit notes would take back a cent more than was asked, or leave one.
 * @param baseCents of this credit note
 * @param before what earlier ones took back of the same document and rate
 */
export const vatOnCredit = (
  baseCents: number,
  rate: number,
  before: { baseCents: number; vatCents: number },
): number => vatOn(before.baseCents + baseCents, rate) - before.vatCents

/**
 * The parts of each of these in an amount, to the cent.
 * @param bases cents by which it is shared out; where they come to nothing, nothing is
 */
export const partsOf = (cents: number, bases: readonly number[]): number[] =>
  sharedOut(bases, { basisPoints: 0, cents, label: '' })

/** To the cent: what is left after rounding down goes to those that lost most, the first of equals first. */
function sharedOut(bases: readonly number[], { basisPoints, cents }: DocumentDiscount): number[] {
  if (basisPoints > 0) return bases.map((base) => roundedProduct(BigInt(base), basisPoints, 10_000n))
  const total = BigInt(sum(bases))
  if (cents === 0 || total === 0n) return bases.map(() => 0)
  const exact = bases.map((base) => BigInt(cents) * BigInt(base))
  // BigInt division cuts towards zero, whatever the signs.
  const parts = exact.map((part) => Number(part / total))
  const byLoss = exact
    .map((part, index) => ({ index, loss: magnitude(part % total) }))
    .toSorted((one, other) => Number(other.loss - one.loss) || one.index - other.index)
  let left = cents - sum(parts)
  for (const { index } of byLoss) {
    if (left === 0) break
    parts[index] = (parts[index] ?? 0) + Math.sign(left)
    left -= Math.sign(left)
  }
  return parts
}

const magnitude = (value: bigint) => (value < 0n ? -value : value)
const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0)
