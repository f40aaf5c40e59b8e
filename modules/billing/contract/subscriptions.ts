/** Who subscribes to what, and what becomes of it. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line, Revision, text } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { IntervalMonths, VatRate } from './catalogue.ts'
import { subscriptionActs } from './subscription-life.ts'

export const subscriptionStates = ['trialing', 'active', 'past_due', 'paused', 'cancelled', 'ended'] as const
export const SubscriptionStatus = z.enum(subscriptionStates)
/** How it is paid; null: as the client's billing profile says. */
export const SubscriptionPaymentMeans = z.enum(['transfer', 'direct_debit', 'card', 'cheque'])

export const Subscriber = z.object({ id: Id, firstName: z.string(), lastName: z.string(), email: z.string() })

export const SubscriptionSummary = z.object({
  id: Id,
  client: Subscriber,
  plan: z.object({ id: Id, name: z.string() }),
  status: SubscriptionStatus,
  intervalMonths: IntervalMonths,
  /** What it adds to MRR while it pays, excluding VAT. */
  monthlyCents: Cents,
  startedOn: Day,
  trialEndsOn: Day.nullable(),
  payingFrom: Day.nullable(),
  /** The first day that is not paid for any more. */
  payingUntil: Day.nullable(),
  /** The first day of the first period that is not invoiced yet. */
  nextPeriodOn: Day.nullable(),
  cancelOn: Day.nullable(),
  resumesOn: Day.nullable(),
  holdForReview: z.boolean(),
  isCurrent: z.boolean(),
})
export type SubscriptionSummary = z.infer<typeof SubscriptionSummary>

export const subscriptionSorts = [
  'client',
  '-client',
  'nextPeriodOn',
  '-nextPeriodOn',
  'monthly',
  '-monthly',
  'startedOn',
  '-startedOn',
] as const

export const subscriptionFilter = {
  status: SubscriptionStatus.optional(),
  plan: Id.optional(),
  client: Id.optional(),
  /** Have this option. */
  option: Id.optional(),
  /** Pay on this day: paying_from <= day < paying_until. */
  payingOn: Day.optional(),
  /** Trials that end up to and including a day. */
  trialEndsUntil: Day.optional(),
  /** Whose next period begins up to and including a day. */
  dueUntil: Day.optional(),
  /** `all`: those that are history too. */
  which: z.enum(['current', 'all']).default('current'),
  q: line(100).optional(),
}

export const listSubscriptions = endpoint({
  method: 'GET',
  path: '/subscriptions',
  realm: 'staff',
  may: 'subscriptions.read',
  summary: 'Subscriptions, filtered, with what the whole filtered list pays a month',
  input: {
    query: z.object({
      ...subscriptionFilter,
      ...pageQuery,
      sort: z.enum(subscriptionSorts).default('nextPeriodOn'),
    }),
  },
  output: pageOf(SubscriptionSummary).extend({
    sums: z.object({ monthlyCents: Cents }),
    /** Current ones, whatever the filters. */
    byStatus: z.array(z.object({ status: SubscriptionStatus, count: z.int(), monthlyCents: Cents })),
    /** MRR of today and of the last day of last month. */
    mrr: z.object({ on: Day, cents: Cents, before: z.object({ on: Day, cents: Cents }) }),
  }),
  refreshedBy: ['subscriptions', 'clients'],
})

/** A line as it would stand on the document. */
export const SubscriptionLine = z.object({
  description: z.string(),
  /** Decimal with three places at most, below zero for what is taken back. */
  quantity: z.string(),
  unitPriceCents: Cents,
  discountBasisPoints: z.int(),
  discountCents: Cents,
  exclCents: Cents,
  vatBasisPoints: z.int(),
})
export type SubscriptionLine = z.infer<typeof SubscriptionLine>

/** The invoice of the next period as it stands now. */
export const NextInvoice = z.object({
  from: Day,
  /** Inclusive. */
  until: Day,
  /** `extraId`: one of `extras`, not what comes back each period. */
  lines: z.array(SubscriptionLine.extend({ extraId: Id.nullable() })),
  exclCents: Cents,
  vatCents: Cents,
  inclCents: Cents,
})

export const Subscription = SubscriptionSummary.extend({
  revision: z.int(),
  paymentMeans: SubscriptionPaymentMeans.nullable(),
  pausedOn: Day.nullable(),
  /** The last day that an invoice was made for and that did not go back. */
  invoicedUntil: Day.nullable(),
  /** A change that waits for the next period. */
  nextPlan: z.object({ planId: Id, name: z.string(), intervalMonths: IntervalMonths }).nullable(),
  /** What may be done to it as it stands. */
  can: z.array(z.enum(subscriptionActs)),
  nextInvoice: NextInvoice.nullable(),
  options: z.array(
    z.object({ optionId: Id, name: z.string(), quantity: z.int(), monthlyCents: Cents, fromOn: Day }),
  ),
  coupons: z.array(
    z.object({
      couponId: Id,
      code: z.string(),
      percentBasisPoints: z.int().nullable(),
      amountCents: Cents.nullable(),
      appliedOn: Day,
      /** Null: for all periods to come. */
      periodsLeft: z.int().nullable(),
    }),
  ),
  /** What stands on the next invoice besides. */
  extras: z.array(
    z.object({
      id: Id,
      description: z.string(),
      quantity: z.string(),
      unitPriceCents: Cents,
      exclCents: Cents,
      vatBasisPoints: z.int(),
      /** Of a change of plan by days: such lines go together. */
      prorated: z.boolean(),
    }),
  ),
  /** The latest first. */
  periods: z.array(
    z.object({
      from: Day,
      until: Day,
      invoiceId: Id.nullable(),
      number: z.string().nullable(),
      exclCents: Cents.nullable(),
      why: z.string(),
    }),
  ),
  priceChanges: z.array(z.object({ on: Day, oldMonthlyCents: Cents, newMonthlyCents: Cents })),
  /** What happened, the latest first. */
  events: z.array(
    z.object({
      id: Id,
      at: Instant,
      kind: z.string(),
      by: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  /** It was taken up again after a pause of a month or more: as this one. */
  successorId: Id.nullable(),
})
export type Subscription = z.infer<typeof Subscription>

export const subscriptionChanged = refusal('subscription_changed')
/** The state machine knows no such step from here; `values.status`. */
export const subscriptionCannot = refusal('subscription_cannot')
/** Its credit note was issued, or a draft asks for less since. */
export const prorationGivenBack = refusal('proration_given_back')
export const subscriptionExists = refusal('subscription_exists')
export const clientCannotSubscribe = refusal('client_cannot_subscribe', 422)
/** No price of the plan is in force on that day for that interval. */
export const planHasNoPrice = refusal('plan_has_no_price', 422)
export const couponUnusable = refusal('coupon_unusable', 422)
/** Its last stop lies in the same month: it cannot begin anew before the next one. */
export const returnsTooSoon = refusal('subscription_returns_too_soon')

const one = z.object({ id: Id })
const touches = ['subscriptions', 'clients', 'invoices'] as const
const When = z.enum(['now', 'period_end'])

export const getSubscription = endpoint({
  method: 'GET',
  path: '/subscriptions/:id',
  realm: 'staff',
  may: 'subscriptions.read',
  summary: 'One subscription with its next invoice, its periods and its history',
  input: { params: one },
  output: Subscription,
  refreshedBy: ['subscriptions', 'invoices', 'clients'],
})

export const startSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.started',
  stepUp: false,
  summary: 'A client subscribes to a plan, with or without a trial',
  input: {
    body: z.object({
      clientId: Id,
      planId: Id,
      intervalMonths: IntervalMonths.default(1),
      startsOn: Day,
      /** 0: it pays from its first day. */
      trialDays: z.int().min(0).max(90),
      /** What becomes of the trial by itself. */
      afterTrial: z.enum(['pays', 'ends']).default('pays'),
      couponCode: z.string().trim().toUpperCase().max(30).nullable().default(null),
      paymentMeans: SubscriptionPaymentMeans.nullable().default(null),
      holdForReview: z.boolean().default(false),
    }),
  },
  output: Subscription,
  status: 201,
  refusals: [subscriptionExists, clientCannotSubscribe, planHasNoPrice, couponUnusable, returnsTooSoon],
  touches,
})

export const updateSubscription = endpoint({
  method: 'PUT',
  path: '/subscriptions/:id',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.updated',
  stepUp: false,
  summary: 'How it is paid, and whether its renewals wait for a look',
  input: {
    params: one,
    body: z.object({
      revision: Revision,
      paymentMeans: SubscriptionPaymentMeans.nullable(),
      holdForReview: z.boolean(),
    }),
  },
  output: Subscription,
  refusals: [subscriptionChanged],
  touches,
})

export const activateSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/activation',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.activated',
  stepUp: false,
  summary: 'Ends the trial today: the first period begins',
  input: { params: one, body: z.object({ revision: Revision }) },
  output: Subscription,
  refusals: [subscriptionChanged, subscriptionCannot, planHasNoPrice, returnsTooSoon],
  touches,
})

export const extendTrial = endpoint({
  method: 'PUT',
  path: '/subscriptions/:id/trial',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.trial_extended',
  stepUp: false,
  summary: 'Until when it is tried, and what becomes of it then',
  input: {
    params: one,
    body: z.object({ revision: Revision, endsOn: Day, afterTrial: z.enum(['pays', 'ends']) }),
  },
  output: Subscription,
  refusals: [subscriptionChanged, subscriptionCannot, returnsTooSoon],
  touches,
})

/** A change to the cent, before anybody decides. */
export const PlanChange = z.object({
  from: z.object({ plan: z.string(), intervalMonths: IntervalMonths, monthlyCents: Cents }),
  to: z.object({ plan: z.string(), intervalMonths: IntervalMonths, monthlyCents: Cents }),
  /** The first day of the new plan. */
  on: Day,
  /** Days of the running period that are left, and that it has. */
  daysLeft: z.int(),
  daysOfPeriod: z.int(),
  /** What is taken back and what is charged instead. */
  lines: z.array(SubscriptionLine),
  exclCents: Cents,
  /** Where they stand: on the next invoice, on a draft credit note, or nowhere. */
  document: z.enum(['next_invoice', 'credit_note', 'none']),
})
export type PlanChange = z.infer<typeof PlanChange>

const change = { planId: Id, when: When }

export const previewPlanChange = endpoint({
  method: 'GET',
  path: '/subscriptions/:id/plan-change',
  realm: 'staff',
  may: 'subscriptions.read',
  summary: 'What a change of plan would cost or give back, to the cent',
  input: {
    params: one,
    query: z.object({
      ...change,
      intervalMonths: z.coerce.number().pipe(IntervalMonths),
      prorated: z.enum(['yes', 'no']).default('yes'),
    }),
  },
  output: PlanChange,
  refusals: [subscriptionCannot, planHasNoPrice],
  refreshedBy: ['subscriptions'],
})

export const changePlan = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/plan-change',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.plan_changed',
  stepUp: false,
  summary: 'Another plan or interval, at once or with the next period',
  input: {
    params: one,
    body: z.object({
      revision: Revision,
      ...change,
      intervalMonths: IntervalMonths,
      /** Of what happens at once: by days, to the cent. */ prorated: z.boolean(),
    }),
  },
  output: Subscription,
  refusals: [subscriptionChanged, subscriptionCannot, planHasNoPrice],
  touches,
})

export const withdrawPlanChange = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/plan-change-withdrawal',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.plan_change_dropped',
  stepUp: false,
  summary: 'Keeps the plan it has',
  input: { params: one, body: z.object({ revision: Revision }) },
  output: Subscription,
  refusals: [subscriptionChanged],
  touches,
})

/** What stopping asks for and gives back, to the cent, before anybody decides. */
export const StopEffect = z.object({
  /** The first day without it. */
  on: Day,
  documents: z.array(
    z.object({
      /** A last invoice or a credit note that is drafted, or a draft that asks for that much less. */
      kind: z.enum(['invoice', 'credit_note', 'draft_reduced']),
      lines: z.array(SubscriptionLine),
      /** Below zero what goes back. */
      exclCents: Cents,
      vatCents: Cents,
      inclCents: Cents,
    }),
  ),
  /** What goes on waiting for its next invoice. */
  waitingCents: Cents,
})
export type StopEffect = z.infer<typeof StopEffect>

const Credits = z.enum(['yes', 'no']).default('no')

export const previewPause = endpoint({
  method: 'GET',
  path: '/subscriptions/:id/pause',
  realm: 'staff',
  may: 'subscriptions.read',
  summary: 'What a pause from today on would give back, to the cent',
  input: { params: one, query: z.object({ credit: Credits }) },
  output: StopEffect,
  refusals: [subscriptionCannot, returnsTooSoon],
  refreshedBy: ['subscriptions', 'invoices'],
})

export const pauseSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/pause',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.paused',
  stepUp: false,
  summary: 'Nothing is invoiced and nothing counts for MRR until it is resumed',
  input: {
    params: one,
    body: z.object({
      revision: Revision,
      resumesOn: Day.nullable(),
      /** Days that are paid and not used are given back: a draft credit note. */
      credit: z.boolean(),
      why: text(300).default(''),
    }),
  },
  output: Subscription,
  refusals: [subscriptionChanged, subscriptionCannot, returnsTooSoon],
  touches,
})

export const resumeSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/resumption',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.resumed',
  stepUp: false,
  summary: 'A new period begins today; after a month or more as a subscription of its own',
  input: { params: one, body: z.object({ revision: Revision }) },
  output: Subscription,
  refusals: [subscriptionChanged, subscriptionCannot, planHasNoPrice],
  touches,
})

export const previewCancellation = endpoint({
  method: 'GET',
  path: '/subscriptions/:id/cancellation',
  realm: 'staff',
  may: 'subscriptions.read',
  summary:
    'What a cancellation would ask for or give back, to the cent; of who is cancelled already, what the end will',
  input: { params: one, query: z.object({ when: When, credit: Credits }) },
  output: StopEffect,
  refusals: [subscriptionCannot, returnsTooSoon],
  refreshedBy: ['subscriptions', 'invoices'],
})

export const cancelSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/cancellation',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.cancelled',
  stepUp: false,
  summary: 'At the end of what is paid, or at once with or without giving the rest back',
  input: {
    params: one,
    body: z.object({ revision: Revision, when: When, credit: z.boolean(), why: text(300).default('') }),
  },
  output: Subscription,
  refusals: [subscriptionChanged, subscriptionCannot, returnsTooSoon],
  touches,
})

export const reactivateSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/reactivation',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.reactivated',
  stepUp: false,
  summary: 'Withdraws a cancellation that waits for the end of the period',
  input: { params: one, body: z.object({ revision: Revision }) },
  output: Subscription,
  refusals: [subscriptionChanged, subscriptionCannot, returnsTooSoon],
  touches,
})

export const setSubscriptionOptions = endpoint({
  method: 'PUT',
  path: '/subscriptions/:id/options',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.options_changed',
  stepUp: false,
  summary: 'Options from the next period on',
  input: {
    params: one,
    body: z.object({
      revision: Revision,
      options: z.array(z.object({ optionId: Id, quantity: z.int().min(1).max(1_000) })).max(50),
    }),
  },
  output: Subscription,
  refusals: [subscriptionChanged],
  touches,
})

export const applyCoupon = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/coupons',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.coupon_applied',
  stepUp: false,
  summary: 'Takes something off the next periods',
  input: {
    params: one,
    body: z.object({ revision: Revision, code: z.string().trim().toUpperCase().min(1).max(30) }),
  },
  output: Subscription,
  refusals: [subscriptionChanged, couponUnusable],
  touches,
})

export const removeCoupon = endpoint({
  method: 'DELETE',
  path: '/subscriptions/:id/coupons/:couponId',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.coupon_removed',
  stepUp: false,
  summary: 'The next periods bear their whole price again',
  input: { params: one.extend({ couponId: Id }) },
  output: Subscription,
  touches,
})

export const addExtra = endpoint({
  method: 'POST',
  path: '/subscriptions/:id/extras',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.extra_added',
  stepUp: false,
  summary: 'A line that stands on the next invoice, once',
  input: {
    params: one,
    body: z.object({
      description: line(300).min(1),
      quantity: z.string().regex(/^\d{1,6}(\.\d{1,3})?$/, { error: 'quantity_wrong' }),
      unitPriceCents: Cents.min(0).max(100_000_000),
      vatBasisPoints: VatRate,
    }),
  },
  output: Subscription,
  status: 201,
  refusals: [subscriptionCannot],
  touches,
})

export const removeExtra = endpoint({
  method: 'DELETE',
  path: '/subscriptions/:id/extras/:extraId',
  realm: 'staff',
  may: 'subscriptions.write',
  records: 'subscription.extra_removed',
  stepUp: false,
  summary: 'Takes back a line that was to stand on the next invoice; lines of a change by days go together',
  input: { params: one.extend({ extraId: Id }) },
  output: Subscription,
  refusals: [prorationGivenBack],
  touches,
})
