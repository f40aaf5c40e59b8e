import type { Payment, PaymentState } from '#contract/fees'
import type { PaymentRow } from './payment-queries.ts'

export function shownPayment(row: PaymentRow): Payment {
  const { id, receivedOn, cents, method, reference, refundOf, refundedCents, recordedBy, allocations } = row
  return {
    id,
    patient: { id: row.patientId, name: row.patientName },
    practitioner: { id: row.practitionerId, name: row.practitionerName },
    receivedOn,
    cents,
    method,
    reference,
    state: stateOf(row),
    refundOf,
    refundedCents,
    canUndo: refundOf === null && refundedCents === 0 && row.recordedToday,
    recordedBy,
    recordedAt: row.recordedAt.toISOString(),
    allocations,
  }
}

function stateOf({ refundOf, refundedCents, isUndone }: PaymentRow): PaymentState {
  if (isUndone) return 'undone'
  if (refundOf !== null) return 'refund'
  return refundedCents === 0 ? 'received' : 'refunded'
}
