/** Money that came in, and what it paid: nothing is taken away again, it is taken back by a payment below zero. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const paymentMethods = ['direct_debit', 'card', 'transfer', 'cheque'] as const
export const PaymentMethod = z.enum(paymentMethods)
export type PaymentMethod = z.infer<typeof PaymentMethod>

export const paymentSources = ['hand', 'bank', 'direct_debit', 'card', 'import'] as const
export const PaymentSource = z.enum(paymentSources)

/** Why a payment stands below zero: entered by mistake, sent back to the client, or taken back by their bank. */
export const takenBackWhys = ['mistake', 'refund', 'returned'] as const
export const TakenBackWhy = z.enum(takenBackWhys)

/** No payment of a vendor of subscriptions comes near a million euros: a slip of the keyboard does. */
export const largestPaymentCents = 100_000_000

export const PaidAmount = Cents.min(1).max(largestPaymentCents)
/** What of a payment or a credit note goes to which invoice. */
export const Allocation = z.object({ invoiceId: Id, amountCents: PaidAmount })
export type Allocation = z.infer<typeof Allocation>
const Allocations = z.array(Allocation).max(200)

export const PaymentClient = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
})

export const Payment = z.object({
  id: Id,
  client: PaymentClient,
  receivedOn: Day,
  /** Below zero: it takes back another one, or was sent to the client. */
  amountCents: Cents,
  method: PaymentMethod,
  source: PaymentSource,
  reference: z.string(),
  recordedAt: Instant,
  /** Null: by itself, from a file or a provider. */
  recordedBy: z.string().nullable(),
  /** The payment it takes back. */
  reversesId: Id.nullable(),
  why: TakenBackWhy.nullable(),
  /** Of the payments that took this one back: what they took together, as a positive amount. */
  takenBackCents: Cents,
  allocatedCents: Cents,
  /** What is left of it for the client's other invoices. */
  availableCents: Cents,
  /** Negative where a payment below zero reopened an invoice. */
  allocations: z.array(z.object({ invoiceId: Id, number: z.string(), amountCents: Cents })),
})
export type Payment = z.infer<typeof Payment>

/** `available`: something is left to be given to an invoice. `taken_back`: rows below zero. */
export const paymentStates = ['available', 'taken_back'] as const

export const listPayments = endpoint({
  method: 'GET',
  path: '/payments',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Payments and what was taken back, newest first, with the sums of the whole filtered list',
  input: {
    query: z.object({
      ...pageQuery,
      client: Id.optional(),
      source: PaymentSource.optional(),
      method: PaymentMethod.optional(),
      state: z.enum(paymentStates).optional(),
      from: Day.optional(),
      until: Day.optional(),
      /** Words of the client's name or e-mail, of the reference, or the beginning of an invoice's number. */
      q: line(100).optional(),
    }),
  },
  output: pageOf(Payment).extend({
    sums: z.object({ amountCents: Cents, availableCents: Cents }).nullable(),
  }),
  refreshedBy: ['payments', 'invoices'],
})

export const getPayment = endpoint({
  method: 'GET',
  path: '/payments/:id',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'One payment and what it paid',
  input: { params: z.object({ id: Id }) },
  output: Payment,
  refreshedBy: ['payments', 'invoices'],
})

const OpenInvoice = z.object({
  id: Id,
  number: z.string(),
  issuedOn: Day,
  dueOn: Day.nullable(),
  inclCents: Cents,
  outstandingCents: Cents,
})
export type OpenInvoice = z.infer<typeof OpenInvoice>

/** What a client owes, and what of their money waits for an invoice. */
export const ClientAccount = z.object({
  openInvoices: z.array(OpenInvoice),
  /** Payments with something left, the oldest first. */
  payments: z.array(z.object({ id: Id, receivedOn: Day, method: PaymentMethod, availableCents: Cents })),
  /** Credit notes with something left: positive, as they are printed. */
  creditNotes: z.array(z.object({ id: Id, number: z.string(), issuedOn: Day, availableCents: Cents })),
  owedCents: Cents,
  creditCents: Cents,
})
export type ClientAccount = z.infer<typeof ClientAccount>

export const getClientAccount = endpoint({
  method: 'GET',
  path: '/payments/accounts/:clientId',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'What a client owes, and what of their money and credit waits to be used',
  input: { params: z.object({ clientId: Id }) },
  output: ClientAccount,
  refreshedBy: ['payments', 'invoices'],
})

/** It gives more than there is. */
export const allocationTooLarge = refusal('allocation_too_large', 422)
/** More than the invoice still owes. */
export const invoiceOverpaid = refusal('invoice_overpaid', 422)
/** A draft, a credit note, or another client's. */
export const invoiceNotPayable = refusal('invoice_not_payable', 422)
export const paymentMonthClosed = refusal('payment_month_closed', 422)
export const paymentTakenBack = refusal('payment_taken_back')
/** What stands below zero is not taken back in its turn. */
export const paymentBelowZero = refusal('payment_below_zero', 422)

const write = {
  realm: 'staff',
  may: 'payments.write',
  about: 'payment',
  stepUp: false,
  touches: ['payments', 'invoices'],
} as const
const one = z.object({ id: Id })

export const recordPaymentByHand = endpoint({
  ...write,
  method: 'POST',
  path: '/payments',
  records: 'payment.recorded',
  summary: 'Writes down a payment and what it pays; what is left stays as the client’s credit',
  status: 201,
  input: {
    body: z.object({
      clientId: Id,
      amountCents: PaidAmount,
      receivedOn: Day,
      method: PaymentMethod,
      reference: line(140).default(''),
      allocations: Allocations.default([]),
    }),
  },
  output: Payment,
  refusals: [allocationTooLarge, invoiceOverpaid, invoiceNotPayable, paymentMonthClosed],
})

/** The whole of it anew: an invoice that is left out is no longer paid by it. */
export const allocatePayment = endpoint({
  ...write,
  method: 'PUT',
  path: '/payments/:id/allocations',
  records: 'payment.allocated',
  summary: 'Says anew which invoices a payment pays',
  input: { params: one, body: z.object({ allocations: Allocations }) },
  output: Payment,
  refusals: [allocationTooLarge, invoiceOverpaid, invoiceNotPayable, paymentTakenBack, paymentBelowZero],
})

export const reversePayment = endpoint({
  ...write,
  method: 'POST',
  path: '/payments/:id/reversal',
  records: 'payment.reversed',
  summary: 'Takes back a payment that was entered by mistake: its invoices are owed again',
  status: 201,
  input: { params: one, body: z.object({ reason: line(200).min(1) }) },
  output: Payment,
  refusals: [paymentTakenBack, paymentBelowZero],
})

/** From a payment that was not used up, or from a credit note: money that leaves. */
export const refundClient = endpoint({
  ...write,
  method: 'POST',
  path: '/payments/refunds',
  records: 'payment.refunded',
  stepUp: true,
  summary: 'Writes down money sent back to a client, from what is left of a payment or of a credit note',
  status: 201,
  input: {
    body: z.object({
      from: z.union([z.strictObject({ paymentId: Id }), z.strictObject({ creditNoteId: Id })]),
      amountCents: PaidAmount,
      sentOn: Day,
      method: PaymentMethod,
      reference: line(140).default(''),
    }),
  },
  output: Payment,
  refusals: [allocationTooLarge, paymentMonthClosed, paymentBelowZero],
})

export const allocateCreditNote = endpoint({
  ...write,
  method: 'PUT',
  path: '/payments/credit-notes/:id/allocations',
  records: 'credit_note.allocated',
  about: 'invoice',
  summary: 'Says anew which invoices a credit note pays',
  input: { params: one, body: z.object({ allocations: Allocations }) },
  output: ClientAccount,
  refusals: [allocationTooLarge, invoiceOverpaid, invoiceNotPayable],
})
