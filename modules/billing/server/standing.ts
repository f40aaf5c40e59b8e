import type { InvoiceState } from '#contract/billing'

export type Facts = {
  kind: string
  state: string
  dueOn: string | null
  totalInclCents: number
  /** By money and by credit notes. */
  paidCents: number
  /** Of it by credit notes. */
  creditedCents: number
}

export type Standing = { state: InvoiceState; daysLate: number; outstandingCents: number }

/**
 * Where a document stands on a day. What is due today is not late yet; a credit note is never owed.
 * @param today the day in Paris, as text
 */
export function standingOf(
  { kind, state, dueOn, totalInclCents, paidCents, creditedCents }: Facts,
  today: string,
): Standing {
  const nothing = { daysLate: 0, outstandingCents: 0 }
  if (state === 'draft') return { ...nothing, state: 'draft' }
  if (kind === 'credit_note') return { ...nothing, state: 'issued' }
  if (paidCents >= totalInclCents)
    return { ...nothing, state: totalInclCents > 0 && creditedCents >= totalInclCents ? 'credited' : 'paid' }
  const daysLate = dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today))
  return {
    state: daysLate > 0 ? 'overdue' : 'unpaid',
    daysLate,
    outstandingCents: totalInclCents - paidCents,
  }
}

function daysBetween(one: string, other: string): number {
  return Temporal.PlainDate.from(one).until(other, { largestUnit: 'days' }).days
}
