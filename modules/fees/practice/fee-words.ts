import type { Due, Payment } from '#contract/fees'
import type { Tone } from '#platform/ui/badge.tsx'
import type { Translate } from '#platform/ui/messages.tsx'

/** What a line is for; an appointment without an act is an appointment. */
export function whatOf(t: Translate, { label, status }: Pick<Due, 'label' | 'status'>): string {
  const name = t('fees.due.label', { label: label || 'none' })
  if (status === 'late_cancelled') return `${name}, ${t('fees.due.late_cancelled')}`
  return status === 'no_show' ? `${name}, ${t('fees.due.no_show')}` : name
}

/** How a due stands, by a word and a tone. */
export function dueLook({ leftCents, paidCents, daysLate }: Due) {
  if (leftCents < 0) return { word: 'fees.due.overpaid', tone: 'danger' } as const
  if (leftCents === 0) return { word: 'fees.due.paid', tone: 'success' } as const
  if (paidCents > 0) return { word: 'fees.due.partly', tone: 'warning' } as const
  if (daysLate === null) return { word: 'fees.due.planned', tone: 'neutral' } as const
  return { word: 'fees.due.owed', tone: daysLate > 30 ? 'danger' : 'warning' } as const
}

export function paymentLook({ state, refundedCents, cents }: Payment) {
  if (state === 'refunded' && refundedCents < cents)
    return { word: 'fees.payment.refunded-part', tone: 'warning' } as const
  const tones: Record<Payment['state'], Tone> = {
    received: 'success',
    refunded: 'warning',
    undone: 'neutral',
    refund: 'info',
  }
  return { word: `fees.payment.${state}`, tone: tones[state] } as const
}

export const noteTones = { unpaid: 'info', paid: 'success', cancelled: 'neutral' } as const
