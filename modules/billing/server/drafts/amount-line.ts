import type { DraftLine } from '#contract/billing'

/** A line that says no more than an amount. @param quantity '-1': it is taken off */
export const amountLine = (
  description: string,
  cents: number,
  vat: Pick<DraftLine, 'vatCategory' | 'vatBasisPoints' | 'vatExemption'>,
  quantity: '1' | '-1' = '1',
): DraftLine => ({
  description,
  quantity,
  unit: 'C62',
  unitPriceCents: cents,
  discountBasisPoints: 0,
  discountCents: 0,
  ...vat,
  period: null,
})
