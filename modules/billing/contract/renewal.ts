/** Renewal: the invoices of periods that begin, each made once whatever is killed or run twice. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Subscriber } from './subscriptions.ts'

export const renewalJobKind = 'renewal'

/** A period that would be invoiced. */
export const RenewalLine = z.object({
  subscriptionId: Id,
  client: Subscriber,
  plan: z.string(),
  intervalMonths: z.int(),
  from: Day,
  /** Inclusive. */
  until: Day,
  exclCents: Cents,
  inclCents: Cents,
  /** It would stay a draft until somebody looked at it. */
  held: z.boolean(),
  /** Why no invoice would be made of it; null: one would. */
  why: z.enum(['nothing_due', 'no_price', 'client_excluded', 'client_trashed']).nullable(),
})
export type RenewalLine = z.infer<typeof RenewalLine>

export const RenewalRun = z.object({
  id: Id,
  untilOn: Day,
  startedAt: Instant,
  /** Null: it goes on, or was interrupted and will be taken up. */
  endedAt: Instant.nullable(),
  renewed: z.int(),
  held: z.int(),
  exclCents: Cents,
  by: z.string().nullable(),
})
export type RenewalRun = z.infer<typeof RenewalRun>

/** What is to come is not invoiced before its day. */
export const renewalAhead = refusal('renewal_ahead', 422)

export const previewRenewal = endpoint({
  method: 'GET',
  path: '/renewals/preview',
  realm: 'staff',
  may: 'subscriptions.read',
  summary: 'What a run up to a day would invoice, to the cent; tomorrow unless told',
  input: { query: z.object({ until: Day.optional() }) },
  output: z.object({
    until: Day,
    /** Documents that would be made, and their sums. */
    documents: z.int(),
    held: z.int(),
    exclCents: Cents,
    inclCents: Cents,
    /** Periods of which none would be made. */
    without: z.int(),
    /** The first two hundred, the highest amounts first. */
    rows: z.array(RenewalLine),
  }),
  refreshedBy: ['subscriptions', 'invoices'],
})

export const listRenewals = endpoint({
  method: 'GET',
  path: '/renewals',
  realm: 'staff',
  may: 'subscriptions.read',
  summary: 'The latest runs, and the drafts that wait for a look',
  output: z.object({
    runs: z.array(RenewalRun),
    /** Drafts of renewals that are held, the oldest first, two hundred at most. */
    held: z.array(
      z.object({
        invoiceId: Id,
        client: Subscriber,
        from: Day,
        until: Day,
        exclCents: Cents,
        inclCents: Cents,
      }),
    ),
    heldTotal: z.int(),
    /** Made, not held, and not numbered yet: the next minutes' work, or what the linter refuses. */
    waiting: z.int(),
  }),
  refreshedBy: ['subscriptions', 'invoices'],
})

export const runRenewal = endpoint({
  method: 'POST',
  path: '/renewals',
  realm: 'staff',
  may: 'invoices.issue',
  records: 'renewal.started',
  stepUp: false,
  summary: 'Invoices all periods that begin up to a day; who runs it twice gets nothing twice',
  input: {
    body: z.object({ until: Day, /** Every document stays a draft. */ hold: z.boolean().default(false) }),
  },
  output: z.object({ jobId: Id }),
  status: 202,
  refusals: [renewalAhead],
  touches: ['subscriptions', 'invoices'],
})

export const releaseHeld = endpoint({
  method: 'POST',
  path: '/renewals/release',
  realm: 'staff',
  may: 'invoices.issue',
  records: 'renewal.released',
  stepUp: false,
  summary: 'Lets drafts that were held be numbered and sent',
  input: { body: z.object({ invoiceIds: z.array(Id).min(1).max(200) }) },
  output: z.object({ jobId: Id, released: z.int() }),
  status: 202,
  touches: ['subscriptions', 'invoices'],
})
