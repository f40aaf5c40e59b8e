/** What is left of an issued document, rate by rate, in cents as they are printed: for credit notes, and for final invoices. */
import type { VatCategory } from '#contract/billing'

export type RateLeft = {
  /** Null, like the rate: of what was taken over without being frozen, all rates together. */
  category: VatCategory | null
  basisPoints: number | null
  /** VATEX code. */
  exemption: string | null
  askedCents: number
  askedVatCents: number
  creditedCents: number
  creditedVatCents: number
  /** Of a deposit: what final invoices took off and no credit note gave back. */
  takenCents: number
}

export type Left = {
  rates: readonly RateLeft[]
  /** Issued ones. */
  creditNotes: number
}

export const leftAt = ({ askedCents, creditedCents, takenCents }: RateLeft): number =>
  askedCents - creditedCents - takenCents

/** What asked for nothing is credited whole by a credit note of nothing. */
export const isCreditedWhole = ({ rates, creditNotes }: Left): boolean =>
  creditNotes > 0 && rates.every(({ askedCents, creditedCents }) => askedCents === creditedCents)

export const isTaken = ({ rates }: Pick<Left, 'rates'>): boolean =>
  rates.some(({ takenCents }) => takenCents !== 0)

/** The rate a document's part belongs to; what was never frozen has one for all. */
export const rateOf = (
  { rates }: Pick<Left, 'rates'>,
  { category, basisPoints }: { category: string; basisPoints: number },
): RateLeft | undefined =>
  rates.find((rate) => rate.category === category && rate.basisPoints === basisPoints)

/** Whether an amount is not within what there is, which may lie below zero. */
export const isBeyond = (leftCents: number, cents: number): boolean =>
  cents !== 0 && (Math.sign(cents) !== Math.sign(leftCents) || Math.abs(cents) > Math.abs(leftCents))
