/** What is sold: plans whose prices are versioned, options, coupons. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, Instant, line } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** Basis points; the rates a French invoice may bear (BR-FR-16), the normal one first (CGI articles 278 and following). */
export const vatRates = [2_000, 1_000, 550, 210, 850, 175, 105, 1_300, 90, 0] as const
export const VatRate = z.int().refine((rate) => (vatRates as readonly number[]).includes(rate), {
  params: { code: 'vat_rate_unlawful' },
})

/** Months a period lasts. */
export const intervals = [1, 3, 6, 12] as const
export const IntervalMonths = z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)])
export type IntervalMonths = z.infer<typeof IntervalMonths>

/**
 * - `next_periods`      everybody's periods that begin by then
 * - `new_subscriptions` who subscribed before keeps the former price
 */
export const AppliesTo = z.enum(['next_periods', 'new_subscriptions'])
export type AppliesTo = z.infer<typeof AppliesTo>

export const PlanPrice = z.object({
  id: Id,
  intervalMonths: IntervalMonths,
  inForceFrom: Day,
  /** Excluding VAT, for the whole interval. */
  priceCents: Cents,
  vatBasisPoints: z.int(),
  appliesTo: AppliesTo,
  by: z.string().nullable(),
  createdAt: Instant,
  stands: z.enum(['past', 'now', 'to_come']),
})
export type PlanPrice = z.infer<typeof PlanPrice>

export const Plan = z.object({
  id: Id,
  key: z.string(),
  name: z.string(),
  description: z.string(),
  trialDays: z.int(),
  position: z.int(),
  archived: z.boolean(),
  /** Current subscriptions that have not ended. */
  subscribers: z.int(),
  /** Those of them that pay today, and what they pay a month, excluding VAT. */
  payers: z.int(),
  monthlyCents: Cents,
  /** The newest first. */
  prices: z.array(PlanPrice),
})
export type Plan = z.infer<typeof Plan>

export const PlanOption = z.object({
  id: Id,
  key: z.string(),
  name: z.string(),
  /** Excluding VAT, for one month and one piece. */
  monthlyCents: Cents,
  vatBasisPoints: z.int(),
  archived: z.boolean(),
  /** Current subscriptions that have it and have not ended. */
  subscribers: z.int(),
})
export type PlanOption = z.infer<typeof PlanOption>

export const Coupon = z.object({
  id: Id,
  code: z.string(),
  /** One of both. */
  percentBasisPoints: z.int().nullable(),
  amountCents: Cents.nullable(),
  /** Of how many periods it takes something off; null: of all. */
  periods: z.int().nullable(),
  validUntil: Day.nullable(),
  usesAtMost: z.int().nullable(),
  uses: z.int(),
  archived: z.boolean(),
})
export type Coupon = z.infer<typeof Coupon>

/** On one plan and interval there is one price a day. */
export const priceDayTaken = refusal('price_day_taken')
/** What was invoiced stays: a price begins today at the earliest. */
export const priceInThePast = refusal('price_in_the_past', 422)
export const catalogueKeyTaken = refusal('catalogue_key_taken')
export const couponCodeTaken = refusal('coupon_code_taken')

const one = z.object({ id: Id })
const touches = ['subscriptions'] as const
const Amount = Cents.min(0).max(100_000_000)
const Key = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]{2,40}$/, { error: 'catalogue_key_wrong' })

export const getCatalogue = endpoint({
  method: 'GET',
  path: '/catalogue',
  realm: 'staff',
  may: 'subscriptions.read',
  summary: 'Plans with every version of their prices, options and coupons',
  output: z.object({ plans: z.array(Plan), options: z.array(PlanOption), coupons: z.array(Coupon) }),
  refreshedBy: ['subscriptions'],
})

const planWords = {
  name: line(80).min(1),
  /** What the line of an invoice says. */
  description: line(300).min(1),
  trialDays: z.int().min(0).max(90).default(14),
}

export const addPlan = endpoint({
  method: 'POST',
  path: '/catalogue/plans',
  realm: 'staff',
  may: 'catalogue.manage',
  records: 'plan.added',
  stepUp: false,
  summary: 'A plan with its first monthly price, in force from today',
  input: {
    body: z.object({ key: Key, ...planWords, monthlyCents: Amount, vatBasisPoints: VatRate.default(2_000) }),
  },
  output: Plan,
  status: 201,
  refusals: [catalogueKeyTaken],
  touches,
})

export const updatePlan = endpoint({
  method: 'PUT',
  path: '/catalogue/plans/:id',
  realm: 'staff',
  may: 'catalogue.manage',
  records: 'plan.updated',
  stepUp: false,
  summary: 'Renames a plan, or keeps it from new subscriptions; prices have versions of their own',
  input: { params: one, body: z.object({ ...planWords, archived: z.boolean().default(false) }) },
  output: Plan,
  touches,
})

const NewPrice = z.object({
  intervalMonths: IntervalMonths,
  inForceFrom: Day,
  priceCents: Amount,
  vatBasisPoints: VatRate,
  appliesTo: AppliesTo,
})

export const addPlanPrice = endpoint({
  method: 'POST',
  path: '/catalogue/plans/:id/prices',
  realm: 'staff',
  may: 'catalogue.manage',
  records: 'plan.price_added',
  stepUp: false,
  summary: 'A version of a price, from a day on; periods that began before keep theirs',
  input: { params: one, body: NewPrice },
  output: Plan,
  status: 201,
  refusals: [priceDayTaken, priceInThePast],
  touches,
})

/** Who would pay otherwise, before anybody decides. */
export const getPriceEffect = endpoint({
  method: 'GET',
  path: '/catalogue/plans/:id/price-effect',
  realm: 'staff',
  may: 'catalogue.manage',
  summary: 'How many subscriptions a price would change, and by how much a month',
  input: {
    params: one,
    query: z.object({
      intervalMonths: z.coerce.number().pipe(IntervalMonths),
      inForceFrom: Day,
      priceCents: z.coerce.number().pipe(Amount),
      appliesTo: AppliesTo,
    }),
  },
  output: z.object({
    subscriptions: z.int(),
    /** A month, excluding VAT and before coupons. */
    changeCents: Cents,
  }),
})

const optionWords = { name: line(80).min(1), monthlyCents: Amount, vatBasisPoints: VatRate }

export const addPlanOption = endpoint({
  method: 'POST',
  path: '/catalogue/options',
  realm: 'staff',
  may: 'catalogue.manage',
  records: 'plan_option.added',
  stepUp: false,
  summary: 'Something sold beside a plan, by the month and the piece',
  input: { body: z.object({ key: Key, ...optionWords }) },
  output: PlanOption,
  status: 201,
  refusals: [catalogueKeyTaken],
  touches,
})

export const updatePlanOption = endpoint({
  method: 'PUT',
  path: '/catalogue/options/:id',
  realm: 'staff',
  may: 'catalogue.manage',
  records: 'plan_option.updated',
  stepUp: false,
  summary: 'Changes an option; periods that begin by now bear its new price',
  input: { params: one, body: z.object({ ...optionWords, archived: z.boolean().default(false) }) },
  output: PlanOption,
  touches,
})

export const addCoupon = endpoint({
  method: 'POST',
  path: '/catalogue/coupons',
  realm: 'staff',
  may: 'catalogue.manage',
  records: 'coupon.added',
  stepUp: false,
  summary: 'A code that takes a percentage or an amount off some periods, or all',
  input: {
    body: z
      .object({
        code: z
          .string()
          .trim()
          .toUpperCase()
          .regex(/^[A-Z0-9-]{3,30}$/, { error: 'coupon_code_wrong' }),
        percentBasisPoints: z.int().min(1).max(10_000).nullable(),
        amountCents: Cents.min(1).max(100_000_000).nullable(),
        periods: z.int().min(1).max(120).nullable(),
        validUntil: Day.nullable(),
        usesAtMost: z.int().min(1).max(1_000_000).nullable(),
      })
      .refine((coupon) => (coupon.percentBasisPoints === null) !== (coupon.amountCents === null), {
        params: { code: 'coupon_one_of_both' },
        path: ['percentBasisPoints'],
      }),
  },
  output: Coupon,
  status: 201,
  refusals: [couponCodeTaken],
  touches,
})

export const updateCoupon = endpoint({
  method: 'PUT',
  path: '/catalogue/coupons/:id',
  realm: 'staff',
  may: 'catalogue.manage',
  records: 'coupon.updated',
  stepUp: false,
  summary: 'Until when and how often a coupon may be used; who has it keeps it',
  input: {
    params: one,
    body: z.object({
      validUntil: Day.nullable(),
      usesAtMost: z.int().min(1).max(1_000_000).nullable(),
      archived: z.boolean(),
    }),
  },
  output: Coupon,
  touches,
})
