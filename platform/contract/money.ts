import { z } from 'zod'

/** An amount in cents of a euro: an integer, never a fraction (decision 14). */
export const Cents = z.int()
export type Cents = z.infer<typeof Cents>

/**
 * VAT on a taxable base.
 * @param base cents excluding VAT, the sum of the lines of one rate (EN 16931 BR-CO-17)
 * @param rate basis points: 2000 is 20 %
 * @returns cents, rounded half away from zero
 */
export function vatOn(base: Cents, rate: number): Cents {
  const exact = Math.abs(base) * rate
  const rounded = Number.isSafeInteger(exact + 5_000)
    ? Math.floor((exact + 5_000) / 10_000)
    : Number((BigInt(Math.abs(base)) * BigInt(rate) + 5_000n) / 10_000n)
  // Never minus zero.
  return base < 0 ? 0 - rounded : rounded
}
