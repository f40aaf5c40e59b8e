import type { Allocation } from '#contract/billing'

type Open = { id: string; outstandingCents: number }

/** The oldest debt first, as the law counts where the payer says nothing (Code civil, art. 1342-10). */
export function sharedOut(cents: number, invoices: readonly Open[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>()
  let left = cents
  for (const { id, outstandingCents } of invoices) {
    const share = Math.min(left, outstandingCents)
    if (share <= 0) break
    shares.set(id, share)
    left -= share
  }
  return shares
}

export const allocationsOf = (shares: ReadonlyMap<string, number>): Allocation[] =>
  [...shares].filter(([, cents]) => cents > 0).map(([invoiceId, amountCents]) => ({ invoiceId, amountCents }))

export const sumOf = (shares: ReadonlyMap<string, number>): number =>
  [...shares.values()].reduce((sum, cents) => sum + cents, 0)
