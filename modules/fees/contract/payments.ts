/** Money that came in, and went back. Nothing is ever deleted: what was wrong is taken back by a row below zero. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Amount, DueKind, DueRef, member, Named } from './common.ts'

export const paymentMethods = ['card', 'cash', 'cheque', 'transfer', 'health_insurance'] as const
export const PaymentMethod = z.enum(paymentMethods)
export type PaymentMethod = z.infer<typeof PaymentMethod>

/**
 * - `received`  money that came in and stayed
 * - `refunded`  went back in part or whole, on a later day
 * - `undone`    taken back whole on the day it was written down, and the row below zero that does so
 * - `refund`    another row below zero
 */
export const PaymentState = z.enum(['received', 'refunded', 'undone', 'refund'])
export type PaymentState = z.infer<typeof PaymentState>

export const Payment = z.object({
  id: Id,
  patient: Named,
  practitioner: Named,
  receivedOn: Day,
  /** Below zero: it went back. */
  cents: Cents,
  method: PaymentMethod,
  reference: z.string(),
  state: PaymentState,
  refundOf: Id.nullable(),
  /** What went back of it so far. */
  refundedCents: Cents,
  /** It was written down today, and nothing went back of it: it can be undone as if it had not been. */
  canUndo: z.boolean(),
  recordedBy: z.string().nullable(),
  recordedAt: Instant,
  /** What it was for. */
  allocations: z.array(z.object({ kind: DueKind, id: Id, on: Day, label: z.string(), cents: Cents })),
})
export type Payment = z.infer<typeof Payment>

export const PaymentFilter = z.object({
  /** Days on which it was received, both included. */
  from: Day.optional(),
  to: Day.optional(),
  method: PaymentMethod.optional(),
  patient: Id.optional(),
  practitioner: Id.optional(),
})
export type PaymentFilter = z.infer<typeof PaymentFilter>

export const listPayments = endpoint({
  ...member,
  method: 'GET',
  path: '/payments',
  may: 'fees.read',
  summary: 'Payments and refunds, those of the latest day first',
  input: { query: z.object({ ...PaymentFilter.shape, ...pageQuery }) },
  output: pageOf(
    Payment.extend({
      /** What the filtered payments of its day come to. */
      dayCents: Cents,
    }),
  ).extend({
    /** The practice's day. */
    today: Day,
    /** Of all that match, refunds taken off; a method nobody paid by is not among them. */
    sums: z.object({
      totalCents: Cents,
      methods: z.array(z.object({ method: PaymentMethod, cents: Cents })),
    }),
  }),
  refreshedBy: ['fees', 'patients'],
})

export const exportPayments = endpoint({
  ...member,
  method: 'GET',
  path: '/payments/export',
  may: 'fees.read',
  records: 'payment.listed',
  impersonated: 'refused',
  summary: 'Exactly the filtered payments, in their order, as CSV for a spreadsheet',
  input: { query: PaymentFilter },
  output: { stream: ['text/csv'] },
})

const eachOnce = (refs: readonly DueRef[]) =>
  new Set(refs.map(({ kind, id }) => `${kind} ${id}`)).size === refs.length

/** `details`: who wrote down the payment that came first, and when. */
export const alreadyPaid = refusal('already_paid')
/** More than is left to pay; `details.leftCents` says how much that is. */
export const paymentExceedsDues = refusal('payment_exceeds_dues', 422)
/** They are owed to several practitioners, each of whom is paid for themselves. */
export const severalPractitioners = refusal('payment_several_practitioners', 422)
/** The same `requestId` brought something else before. */
export const requestReused = refusal('payment_request_reused', 409)

export const recordPayment = endpoint({
  ...member,
  method: 'POST',
  path: '/payments',
  may: 'fees.manage',
  records: 'payment.recorded',
  impersonated: 'refused',
  summary: 'Writes down money that came in, for what is owed: as chosen, or the oldest first',
  input: {
    body: z.object({
      /** What the browser calls this payment: sent twice, it is written down once. */
      requestId: Id,
      patientId: Id,
      cents: Amount,
      method: PaymentMethod,
      /** Not after today, by the practice's clock. */
      receivedOn: Day,
      reference: line(120).default(''),
      /** What it is for, in the order in which it is paid; unless told, what is to be collected, the oldest first. */
      dues: z
        .array(DueRef)
        .min(1)
        .max(100)
        .refine(eachOnce, { params: { code: 'due_named_twice' } })
        .optional(),
    }),
  },
  output: Payment,
  status: 201,
  refusals: [alreadyPaid, paymentExceedsDues, severalPractitioners, requestReused],
  touches: ['fees', 'agenda'],
})

/** More than was paid and has not gone back yet; `details.leftCents` says how much that is. */
export const refundExceedsPayment = refusal('refund_exceeds_payment', 422)
/** What went back does not come back by itself. */
export const refundOfRefund = refusal('refund_of_refund', 422)
/** It was not written down today, or part of it went back already. */
export const undoTooLate = refusal('payment_undo_too_late')

export const refundPayment = endpoint({
  ...member,
  method: 'POST',
  path: '/payments/:id/refunds',
  may: 'fees.manage',
  records: 'payment.refunded',
  impersonated: 'refused',
  summary: 'Gives back a payment, in whole or in part, today: what was paid too much first, then the latest',
  input: {
    params: z.object({ id: Id }),
    body: z.object({
      requestId: Id,
      cents: Amount,
      method: PaymentMethod,
      reference: line(120).default(''),
    }),
  },
  output: Payment,
  status: 201,
  refusals: [refundExceedsPayment, refundOfRefund, requestReused],
  touches: ['fees', 'agenda'],
})

export const undoPayment = endpoint({
  ...member,
  method: 'POST',
  path: '/payments/:id/undoing',
  may: 'fees.manage',
  records: 'payment.undone',
  impersonated: 'refused',
  summary:
    'Takes back, on the same day, a payment that was written down by mistake: a row of the same day below zero',
  input: { params: z.object({ id: Id }) },
  output: Payment,
  refusals: [undoTooLate],
  touches: ['fees', 'agenda'],
})
