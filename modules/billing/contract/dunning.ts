/** Who is late: by how much, for how long, what was written to them and what would be. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line, text } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** Days since the due day: 1 to 30, to 60, to 90, more. */
export const unpaidAges = ['to_30', 'to_60', 'to_90', 'over_90'] as const
export const UnpaidAge = z.enum(unpaidAges)
export type UnpaidAge = z.infer<typeof UnpaidAge>
export const ageOf = (daysLate: number): UnpaidAge =>
  daysLate <= 30 ? 'to_30' : daysLate <= 60 ? 'to_60' : daysLate <= 90 ? 'to_90' : 'over_90'

/**
 * Why nothing is written: the client's reminders pause, no address is known, a direct debit is under way, the buyer refused the
 * document, or the last letter was written already.
 */
export const withheldWhys = ['paused', 'no_email', 'collecting', 'refused', 'last_sent', 'no_steps'] as const
export const WithheldWhy = z.enum(withheldWhys)
export type WithheldWhy = z.infer<typeof WithheldWhy>

const Who = z.object({ id: Id, firstName: z.string(), lastName: z.string(), email: z.string() })
const Pause = z.object({
  untilOn: Day.nullable(),
  why: z.string(),
  by: z.string().nullable(),
  since: Instant,
})
export type DunningPause = z.infer<typeof Pause>

export const UnpaidInvoice = z.object({
  id: Id,
  number: z.string(),
  issuedOn: Day,
  dueOn: Day,
  daysLate: z.int(),
  inclCents: Cents,
  outstandingCents: Cents,
  client: Who,
  audience: z.enum(['business', 'private']),
  /** Null: none was written yet. */
  lastLetter: z.object({ step: z.int(), sentAt: Instant }).nullable(),
  /** The next one and the day it may be written; null: there is none to come. */
  next: z.object({ step: z.int(), on: Day }).nullable(),
  /** Null: the next letter is written once its day has come. */
  withheld: WithheldWhy.nullable(),
  /** It may be written today. */
  ready: z.boolean(),
  pause: Pause.nullable(),
})
export type UnpaidInvoice = z.infer<typeof UnpaidInvoice>

export const unpaidSorts = ['-daysLate', 'daysLate', '-outstanding', 'outstanding'] as const

export const listUnpaid = endpoint({
  method: 'GET',
  path: '/billing/unpaid',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Invoices that are late, by age, with the sums of each age',
  input: {
    query: z.object({
      ...pageQuery,
      age: UnpaidAge.optional(),
      client: Id.optional(),
      /** `ready`: a letter may be written today. */
      letter: z.enum(['ready', 'paused', 'never']).optional(),
      q: line(100).optional(),
      sort: z.enum(unpaidSorts).default('-daysLate'),
    }),
  },
  output: pageOf(UnpaidInvoice).extend({
    today: Day,
    outstandingCents: Cents,
    /** Of all that is late, whatever is filtered. */
    ages: z.array(z.object({ age: UnpaidAge, count: z.int(), cents: Cents, clients: z.int() })),
    /** Letters that may be written today. */
    ready: z.object({ count: z.int(), cents: Cents }),
  }),
  refreshedBy: ['invoices', 'payments', 'clients', 'billing-settings'],
})

/** A stretch of days at one rate and one balance. */
export const PenaltySpan = z.object({
  from: Day,
  /** The first day after it. */
  until: Day,
  days: z.int(),
  balanceCents: Cents,
  /** A year. */
  basisPoints: z.int(),
  /** As it is shown; the sum is rounded once. */
  cents: Cents,
})
export type PenaltySpan = z.infer<typeof PenaltySpan>

export const Claim = z.object({
  daysLate: z.int(),
  outstandingCents: Cents,
  penalties: z.object({
    kind: z.enum(['ecb_plus_10', 'legal_times_3', 'fixed']).nullable(),
    spans: z.array(PenaltySpan),
    cents: Cents,
  }),
  /** 40 € once an invoice, of professionals (C. com. D441-5). */
  indemnityCents: Cents,
  totalCents: Cents,
})
export type Claim = z.infer<typeof Claim>

/** What was looked at is not what would be sent now: paid meanwhile, written by somebody else, or withheld. */
export const letterOutdated = refusal('dunning_letter_outdated')
/** Nothing is due any more, or it is no invoice that was issued. */
export const nothingLate = refusal('dunning_nothing_late')

export const previewLetter = endpoint({
  method: 'GET',
  path: '/invoices/:id/dunning-letter',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'The next letter about an invoice as it would be written today, and what would be claimed',
  input: { params: z.object({ id: Id }) },
  output: z.object({
    invoice: UnpaidInvoice,
    claim: Claim,
    letter: z
      .object({
        step: z.int(),
        of: z.int(),
        to: z.string(),
        subject: z.string(),
        body: z.string(),
        withPenalties: z.boolean(),
      })
      .nullable(),
  }),
  refusals: [nothingLate],
  refreshedBy: ['invoices', 'payments', 'clients', 'billing-settings'],
})

const touches = ['invoices'] as const

export const sendLetter = endpoint({
  method: 'POST',
  path: '/invoices/:id/dunning-letters',
  realm: 'staff',
  may: 'payments.write',
  records: 'dunning.sent',
  about: 'invoice',
  stepUp: false,
  summary: 'Writes the next letter about an invoice, as it was looked at and maybe changed',
  input: {
    params: z.object({ id: Id }),
    body: z.object({
      step: z.int().min(1),
      outstandingCents: Cents,
      subject: line(150).min(1),
      body: text(5_000).min(1),
    }),
  },
  output: z.object({ letterId: Id }),
  status: 201,
  refusals: [letterOutdated, nothingLate],
  touches,
})

export const dunningJobKind = 'billing.dunning'

/** Result of the job: `{ sent, withheld, cents }`. */
export const startDunning = endpoint({
  method: 'POST',
  path: '/billing/dunning/runs',
  realm: 'staff',
  may: 'payments.write',
  records: 'dunning.started',
  about: 'dunning',
  stepUp: false,
  summary: 'Writes the letters that may be written today: all of them, or those of some invoices',
  input: { body: z.object({ ids: z.array(Id).min(1).max(1_000).nullable().default(null) }) },
  output: z.object({ jobId: Id }),
  status: 202,
  touches,
})

export const DunningLetter = z.object({
  id: Id,
  invoice: z.object({ id: Id, number: z.string() }),
  step: z.int(),
  daysLate: z.int(),
  outstandingCents: Cents,
  penaltiesCents: Cents,
  indemnityCents: Cents,
  sentTo: z.string(),
  subject: z.string(),
  body: z.string(),
  sentAt: Instant,
  /** Null: by the installation itself. */
  sentBy: z.string().nullable(),
})
export type DunningLetter = z.infer<typeof DunningLetter>

export const getClientDunning = endpoint({
  method: 'GET',
  path: '/clients/:id/dunning',
  realm: 'staff',
  may: 'invoices.read',
  summary: 'Whether a client is reminded, and every letter that was written to them, the latest first',
  input: { params: z.object({ id: Id }) },
  output: z.object({ pause: Pause.nullable(), letters: z.array(DunningLetter) }),
  refreshedBy: ['invoices'],
})

export const pauseDunning = endpoint({
  method: 'PUT',
  path: '/clients/:id/dunning-pause',
  realm: 'staff',
  may: 'payments.write',
  records: 'dunning.paused',
  about: 'client',
  stepUp: false,
  summary: 'Writes no reminders to a client until a day, or until somebody ends it',
  input: {
    params: z.object({ id: Id }),
    body: z.object({ untilOn: Day.nullable().default(null), why: line(300).min(3) }),
  },
  output: Pause,
  touches,
})

export const resumeDunning = endpoint({
  method: 'DELETE',
  path: '/clients/:id/dunning-pause',
  realm: 'staff',
  may: 'payments.write',
  records: 'dunning.resumed',
  about: 'client',
  stepUp: false,
  summary: 'Reminds a client again',
  input: { params: z.object({ id: Id }) },
  output: z.undefined(),
  status: 204,
  touches,
})
