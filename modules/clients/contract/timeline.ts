import { z } from 'zod'
import { Cents } from '#platform/contract/money.ts'
import { Id, Instant } from '#platform/contract/ids.ts'
import { SubscriptionStatus } from './client.ts'

const happened = {
  id: z.string(),
  at: Instant,
  /** Some facts are known to the day only; `at` is then that day's beginning in Paris. */
  precision: z.enum(['instant', 'day']),
}

/** One thing that happened to a client. */
export const TimelineEntry = z.discriminatedUnion('kind', [
  z.object({
    ...happened,
    kind: z.literal('action'),
    /** From the audit log: `client.updated`. */
    verb: z.string(),
    /** Null for what no log line tells. */
    actor: z.string().nullable(),
    /** The one it was done in, for whoever may read tickets. */
    ticket: z.object({ id: Id, number: z.int(), subject: z.string() }).nullable(),
    /** Names of the client's fields, with their values as the API gives them. */
    changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  }),
  z.object({
    ...happened,
    kind: z.literal('subscription'),
    event: z.enum(['started', 'trial_ends', 'paying', 'stopped_paying']),
    plan: z.string(),
    status: SubscriptionStatus,
    /** Excluding VAT. */
    monthlyCents: Cents,
  }),
  z.object({
    ...happened,
    kind: z.literal('invoice'),
    document: z.enum(['invoice', 'credit_note']),
    number: z.string(),
    totalInclCents: Cents,
    unpaidCents: Cents,
  }),
  z.object({
    ...happened,
    kind: z.literal('payment'),
    method: z.enum(['direct_debit', 'card', 'transfer', 'cheque']),
    amountCents: Cents,
  }),
])
export type TimelineEntry = z.infer<typeof TimelineEntry>
