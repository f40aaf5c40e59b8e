/** What of an amount, including VAT, belongs to which rate. */
export type RatePart = { basisPoints: number; amountCents: number }

/**
 * A payment of part of a document pays each rate by what it weighs, including VAT. What rounding leaves is carried on from rate to
 * rate, so none of an amount above zero falls below zero, and the whole of a document gives each rate its own amount.
 * @returns cents that add up to the amount
 */
export function perRate(
  amountCents: number,
  rates: readonly { basisPoints: number; inclCents: number }[],
): RatePart[] {
  const total = rates.reduce((sum, { inclCents }) => sum + inclCents, 0)
  let weight = 0
  let given = 0
  return rates.map(({ basisPoints, inclCents }, index) => {
    weight += inclCents
    const isLast = index === rates.length - 1
    const until = isLast ? amountCents : total === 0 ? 0 : rounded(amountCents, weight, total)
    const share = until - given
    given = until
    return { basisPoints, amountCents: share }
  })
}

/** Half away from zero; cents times cents outgrow what a number holds exactly. */
function rounded(cents: number, weight: number, total: number): number {
  const twice = 2n * BigInt(cents) * BigInt(weight)
  const whole = BigInt(total)
  const isBelow = twice < 0n !== whole < 0n
  const size = (twice < 0n ? -twice : twice) + (whole < 0n ? -whole : whole)
  const rounded = Number(size / (2n * (whole < 0n ? -whole : whole)))
  return isBelow ? 0 - rounded : rounded
}
