/** Cards: the page where a client pays is a provider's, who tells us by a signed call (standardwebhooks.com). */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { invoiceNotPayable } from './payments.ts'

export const checkoutStates = ['open', 'paid', 'failed', 'expired', 'refunded'] as const
export const CardCheckout = z.object({
  id: Id,
  invoiceId: Id,
  number: z.string(),
  provider: z.string(),
  amountCents: Cents,
  state: z.enum(checkoutStates),
  /** Where the client pays; null once it is over. */
  url: z.string().nullable(),
  paymentId: Id.nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
})
export type CardCheckout = z.infer<typeof CardCheckout>

/** A page to pay this invoice is open already: it is the one to be sent. */
export const checkoutOver = refusal('checkout_over')
/** Not from the provider: not signed with the secret we share, or signed too long ago. */
export const webhookForged = refusal('webhook_forged', 403)
export const webhookStale = refusal('webhook_stale', 403)
export const webhookUnreadable = refusal('webhook_unreadable', 422)

const one = z.object({ id: Id })
const staff = {
  realm: 'staff',
  may: 'payments.write',
  about: 'card_checkout',
  stepUp: false,
  touches: ['payments', 'invoices'],
} as const

export const listCardCheckouts = endpoint({
  method: 'GET',
  path: '/invoices/:id/card-checkouts',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Pages by which an invoice could or can be paid by card, newest first',
  input: { params: one },
  output: z.object({ rows: z.array(CardCheckout), available: z.boolean() }),
  refreshedBy: ['payments', 'invoices'],
})

/** Asked again while one is open, it is the same one. */
export const openCardCheckout = endpoint({
  ...staff,
  method: 'POST',
  path: '/invoices/:id/card-checkouts',
  records: 'card_checkout.opened',
  summary: 'Opens a page where what is left of an invoice is paid by card',
  status: 201,
  input: { params: one },
  output: CardCheckout,
  refusals: [invoiceNotPayable],
})

/** Of the provider: whatever is told twice is known, and changes nothing. */
export const receiveCardEvent = endpoint({
  method: 'POST',
  path: '/providers/card/events',
  realm: 'public',
  may: 'anyone',
  records: 'card_event.taken_in',
  about: 'card_checkout',
  stepUp: false,
  summary: 'What the card provider tells, signed (webhook-id, webhook-timestamp, webhook-signature)',
  input: { file: { maxBytes: 64 * 1024, mediaTypes: ['application/json'] } },
  output: z.object({ outcome: z.enum(['done', 'known', 'ignored']) }),
  refusals: [webhookForged, webhookStale, webhookUnreadable],
  touches: ['payments', 'invoices'],
})

/** The sandbox stands in for the provider on a developer's machine: its page, and what somebody does there. */
export const getSandboxCheckout = endpoint({
  method: 'GET',
  path: '/card-sandbox/:id',
  realm: 'staff',
  may: 'payments.write',
  summary: 'What the sandbox’s page shows',
  input: { params: one },
  output: CardCheckout,
  refreshedBy: ['payments'],
})

export const actInSandbox = endpoint({
  ...staff,
  method: 'POST',
  path: '/card-sandbox/:id/act',
  records: 'card_sandbox.acted',
  summary: 'Pays, fails or lets a page of the sandbox expire; it tells by the same signed call as a provider',
  input: { params: one, body: z.object({ act: z.enum(['pay', 'fail', 'expire', 'refund']) }) },
  output: CardCheckout,
  refusals: [checkoutOver],
})
