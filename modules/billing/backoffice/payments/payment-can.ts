import type { Payment } from '#contract/billing'

export type PaymentAct = 'allocate' | 'reverse' | 'refund'

/** What can be done with a payment: what was taken back whole, or takes another back, is over. */
export function paymentCan({ amountCents, takenBackCents, availableCents }: Payment): PaymentAct[] {
  if (amountCents < 0 || takenBackCents >= amountCents) return []
  return [
    'allocate',
    ...(availableCents > 0 ? (['refund'] as const) : []),
    ...(takenBackCents === 0 ? (['reverse'] as const) : []),
  ]
}
