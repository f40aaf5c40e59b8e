/** What is sold, who subscribes, and the run that invoices. */
import * as billing from '#contract/billing'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { dayOf } from '#platform/server/clock.ts'
import type { AnyInput } from '../../harness/browserless.ts'
import { billableClient, openBilling } from '../../harness/billing.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

let number = 0
const today = () => dayOf(new Date())
const day = (days: number) => Temporal.PlainDate.from(today()).add({ days }).toString()

/** A plan of 24,17 € that is sold from long ago. */
async function sold(server: TenancyServer, over: { unpriced?: boolean } = {}) {
  await openBilling(server.db)
  const as = await server.as('administrator')
  const plan = await as.call(billing.addPlan, {
    body: {
      key: `plan-${++number}-${crypto.randomUUID().slice(0, 8)}`,
      name: 'Essentiel',
      description: 'Abonnement à MaGestionPsy',
      monthlyCents: 2_417,
    },
  })
  if (!over.unpriced)
    await server.pool.query(
      `INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
       SELECT $1, months, '2020-01-01', cents, 2000 FROM (VALUES (1, 2417), (12, 24170)) sold (months, cents)`,
      [plan.id],
    )
  return { as, plan }
}

async function offered(server: TenancyServer) {
  const { as } = await sold(server)
  return as.call(billing.addPlanOption, {
    body: { key: `option-${++number}`, name: 'SMS', monthlyCents: 500, vatBasisPoints: 2_000 },
  })
}

async function coupon(server: TenancyServer) {
  const as = await server.as('administrator')
  return as.call(billing.addCoupon, {
    body: {
      code: `CODE-${crypto.randomUUID().slice(0, 8).toUpperCase()}`,
      percentBasisPoints: 1_000,
      amountCents: null,
      periods: null,
      validUntil: null,
      usesAtMost: null,
    },
  })
}

/** Somebody about to subscribe. */
async function willing(server: TenancyServer) {
  const { plan } = await sold(server)
  const clientId = await billableClient(server.db, 'Lucie Morel')
  const body = { clientId, planId: plan.id, startsOn: today(), trialDays: 0 }
  return { as: await server.as('sales'), plan, clientId, body }
}

async function subscribed(
  server: TenancyServer,
  over: Partial<{ trialDays: number; startsOn: string }> = {},
) {
  const { as, body, plan, clientId } = await willing(server)
  const subscription = await as.call(billing.startSubscription, { body: { ...body, ...over } })
  return { as, subscription, plan, clientId, params: { id: subscription.id } }
}

type Body = (about: Awaited<ReturnType<typeof subscribed>>, server: TenancyServer) => Promise<object> | object

/** An act with the revision that stands, and with one that no longer does. */
const act = (
  endpoint: AnyEndpoint,
  body: Body = () => ({}),
  start: Parameters<typeof subscribed>[1] = {},
) => ({
  endpoint,
  write: {
    endpoint,
    async tell(server: TenancyServer) {
      const about = await subscribed(server, start)
      const said = await body(about, server)
      const { revision } = await about.as.call(billing.getSubscription, { params: about.params })
      return { as: about.as, input: { params: about.params, body: { revision, ...said } } as AnyInput } // the endpoint's own words
    },
  },
  changed: {
    endpoint,
    refusal: billing.subscriptionChanged,
    async tell(server: TenancyServer) {
      const about = await subscribed(server, start)
      const said = await body(about, server)
      return { as: about.as, input: { params: about.params, body: { revision: 9_999, ...said } } as AnyInput } // as above
    },
  },
  /** It has ended. */
  cannot: {
    endpoint,
    refusal: billing.subscriptionCannot,
    async tell(server: TenancyServer) {
      const about = await subscribed(server, start)
      const said = await body(about, server)
      await server.pool.query(`UPDATE subscriptions SET status = 'ended' WHERE id = $1`, [about.params.id])
      const { revision } = await about.as.call(billing.getSubscription, { params: about.params })
      return { as: about.as, input: { params: about.params, body: { revision, ...said } } as AnyInput } // as above
    },
  },
})

const paused = async ({ as, params, subscription }: Awaited<ReturnType<typeof subscribed>>) => {
  await as.call(billing.pauseSubscription, {
    params,
    body: { revision: subscription.revision, resumesOn: null, credit: false },
  })
  return {}
}
const cancelled = async ({ params }: Awaited<ReturnType<typeof subscribed>>, server: TenancyServer) => {
  await server.pool.query(
    `UPDATE subscriptions SET status = 'cancelled', cancel_on = $2, paying_until = $2, next_period_on = NULL WHERE id = $1`,
    [params.id, day(20)],
  )
  return {}
}
const toAYear: Body = ({ plan }) => ({ planId: plan.id, intervalMonths: 12, when: 'now', prorated: true })
const trial = { trialDays: 14 }

const acts = {
  update: act(billing.updateSubscription, () => ({ paymentMeans: 'card', holdForReview: true })),
  activate: act(billing.activateSubscription, undefined, trial),
  extend: act(billing.extendTrial, () => ({ endsOn: day(30), afterTrial: 'pays' }), trial),
  change: act(billing.changePlan, toAYear),
  withdraw: act(billing.withdrawPlanChange),
  pause: act(billing.pauseSubscription, () => ({ resumesOn: null, credit: false })),
  resume: act(billing.resumeSubscription, paused),
  cancel: act(billing.cancelSubscription, () => ({ when: 'now', credit: false })),
  reactivate: act(billing.reactivateSubscription, cancelled),
  options: act(billing.setSubscriptionOptions, async (_, server) => ({
    options: [{ optionId: (await offered(server)).id, quantity: 1 }],
  })),
  coupon: act(billing.applyCoupon, async (_, server) => ({ code: (await coupon(server)).code })),
} as const

const plan = { name: 'Essentiel', description: 'Abonnement à MaGestionPsy' }
const price = {
  intervalMonths: 3,
  inForceFrom: day(1),
  priceCents: 7_000,
  vatBasisPoints: 2_000,
  appliesTo: 'next_periods',
} as const

export const writes: readonly WriteStory[] = [
  ...Object.values(acts).map(({ write }) => write),
  {
    endpoint: billing.startSubscription,
    async tell(server) {
      const { as, body } = await willing(server)
      return { as, input: { body } }
    },
  },
  {
    endpoint: billing.addExtra,
    async tell(server) {
      const { as, params } = await subscribed(server)
      return {
        as,
        input: {
          params,
          body: { description: 'Formation', quantity: '1', unitPriceCents: 9_000, vatBasisPoints: 2_000 },
        },
      }
    },
  },
  {
    endpoint: billing.removeExtra,
    async tell(server) {
      const { as, params } = await subscribed(server)
      const { extras } = await as.call(billing.addExtra, {
        params,
        body: { description: 'Formation', quantity: '1', unitPriceCents: 9_000, vatBasisPoints: 2_000 },
      })
      return { as, input: { params: { ...params, extraId: extras[0]?.id } } }
    },
  },
  {
    endpoint: billing.removeCoupon,
    async tell(server) {
      const { as, params, subscription } = await subscribed(server)
      const { id, code } = await coupon(server)
      await as.call(billing.applyCoupon, { params, body: { revision: subscription.revision, code } })
      return { as, input: { params: { ...params, couponId: id } } }
    },
  },
  {
    endpoint: billing.addPlan,
    tell: async (server) => ({
      as: await server.as('administrator'),
      input: { body: { key: `plan-${++number}`, ...plan, monthlyCents: 2_417 } },
    }),
  },
  {
    endpoint: billing.updatePlan,
    async tell(server) {
      const { as, plan: known } = await sold(server)
      return { as, input: { params: { id: known.id }, body: { ...plan, archived: true } } }
    },
  },
  {
    endpoint: billing.addPlanPrice,
    async tell(server) {
      const { as, plan: known } = await sold(server)
      return { as, input: { params: { id: known.id }, body: price } }
    },
  },
  {
    endpoint: billing.addPlanOption,
    tell: async (server) => ({
      as: await server.as('administrator'),
      input: { body: { key: `option-${++number}`, name: 'SMS', monthlyCents: 500, vatBasisPoints: 2_000 } },
    }),
  },
  {
    endpoint: billing.updatePlanOption,
    async tell(server) {
      const { id } = await offered(server)
      const body = { name: 'SMS', monthlyCents: 600, vatBasisPoints: 2_000 }
      return { as: await server.as('administrator'), input: { params: { id }, body } }
    },
  },
  {
    endpoint: billing.addCoupon,
    tell: async (server) => ({
      as: await server.as('administrator'),
      input: {
        body: {
          code: `ETE-${++number}`,
          percentBasisPoints: null,
          amountCents: 500,
          periods: 3,
          validUntil: null,
          usesAtMost: null,
        },
      },
    }),
  },
  {
    endpoint: billing.updateCoupon,
    async tell(server) {
      const { id } = await coupon(server)
      const body = { validUntil: day(10), usesAtMost: 5, archived: false }
      return { as: await server.as('administrator'), input: { params: { id }, body } }
    },
  },
  {
    endpoint: billing.runRenewal,
    async tell(server) {
      await openBilling(server.db)
      return { as: await server.as('billing'), input: { body: { until: today(), hold: true } } }
    },
  },
  {
    endpoint: billing.releaseHeld,
    async tell(server) {
      await openBilling(server.db)
      return { as: await server.as('billing'), input: { body: { invoiceIds: [crypto.randomUUID()] } } }
    },
  },
]

/** It is paid for this month; another subscription of the same client stopped to be at its beginning. */
const stoppedBefore = async (server: TenancyServer, subscriptionId: string, clientId: string) => {
  await server.pool.query(
    `UPDATE subscriptions SET paying_from = date_trunc('month', $2::timestamp)::date, next_period_on = $2::date + 31 WHERE id = $1`,
    [subscriptionId, today()],
  )
  await server.pool.query(
    `INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on, paying_from, paying_until, is_current)
     SELECT $1, id, 'ended', 2417, '2020-01-01', '2020-01-01', date_trunc('month', $2::timestamp)::date, false FROM plans LIMIT 1`,
    [clientId, today()],
  )
}

/** Another one that began to be paid in the month of a day. */
const begunIn = (server: TenancyServer, clientId: string, month: string) =>
  server.pool.query(
    `INSERT INTO subscriptions (client_id, plan_id, status, monthly_cents, started_on, paying_from, paying_until, is_current)
     SELECT $1, id, 'ended', 2417, $2::date - 400, date_trunc('month', $2::timestamp)::date, date_trunc('month', $2::timestamp)::date + 1, false FROM plans LIMIT 1`,
    [clientId, month],
  )

const begunBefore = (server: TenancyServer, clientId: string) => begunIn(server, clientId, today())

/** An act as it succeeds, after something was arranged that forbids it. */
const spoilt = (
  { write, endpoint }: ReturnType<typeof act>,
  refusal: RefusalStory['refusal'],
  spoil: (server: TenancyServer, subscriptionId: string, clientId: string) => Promise<unknown>,
): RefusalStory => ({
  endpoint,
  refusal,
  async tell(server) {
    const call = await write.tell(server)
    const { id } = (call.input as { params: { id: string } }).params // as `act` makes it
    const { rows } = await server.pool.query<{ clientId: string }>(
      'SELECT client_id AS "clientId" FROM subscriptions WHERE id = $1',
      [id],
    )
    await spoil(server, id, rows[0]?.clientId ?? '')
    return call
  },
})

/** Who looks beforehand is told what who does it is told. */
const looked = (
  { refusal, tell }: RefusalStory,
  endpoint: RefusalStory['endpoint'],
  query: Record<string, string>,
): RefusalStory => ({
  endpoint,
  refusal,
  async tell(server) {
    const { as, input } = await tell(server)
    const { params } = input as { params: { id: string } } // as `act` makes it
    return { as, input: { params, query } as AnyInput } // the endpoint's own words
  },
})

/** A plan whose prices were never said. */
const unpriced = async (server: TenancyServer, subscriptionId: string) => {
  const { rows } = await server.pool.query<{ id: string }>(
    `INSERT INTO plans (key, name, monthly_cents) VALUES ($1, 'Sans prix', 1000) RETURNING id`,
    [`bare-${++number}-${crypto.randomUUID().slice(0, 8)}`],
  )
  await server.pool.query('UPDATE subscriptions SET plan_id = $2 WHERE id = $1', [
    subscriptionId,
    rows[0]?.id,
  ])
}

const { change, pause, cancel, activate, resume, coupon: applying } = acts

export const refusals: readonly RefusalStory[] = [
  ...Object.values(acts).map(({ changed }) => changed),
  ...[acts.activate, acts.extend, change, pause, resume, cancel, acts.reactivate].map(({ cannot }) => cannot),
  spoilt(pause, billing.returnsTooSoon, stoppedBefore),
  spoilt(cancel, billing.returnsTooSoon, stoppedBefore),
  looked(pause.cannot, billing.previewPause, {}),
  looked(cancel.cannot, billing.previewCancellation, { when: 'now' }),
  looked(spoilt(pause, billing.returnsTooSoon, stoppedBefore), billing.previewPause, {}),
  looked(spoilt(cancel, billing.returnsTooSoon, stoppedBefore), billing.previewCancellation, { when: 'now' }),
  spoilt(acts.extend, billing.returnsTooSoon, (server, _, clientId) => begunIn(server, clientId, day(30))),
  {
    endpoint: billing.reactivateSubscription,
    refusal: billing.returnsTooSoon,
    async tell(server) {
      const { as, params, subscription, clientId } = await subscribed(server, trial)
      const { revision } = await as.call(billing.cancelSubscription, {
        params,
        body: { revision: subscription.revision, when: 'period_end', credit: false },
      })
      await begunIn(server, clientId, day(14))
      return { as, input: { params, body: { revision } } }
    },
  },
  spoilt(activate, billing.returnsTooSoon, (server, _, clientId) => begunBefore(server, clientId)),
  spoilt(activate, billing.planHasNoPrice, unpriced),
  spoilt(resume, billing.planHasNoPrice, unpriced),
  {
    endpoint: billing.changePlan,
    refusal: billing.planHasNoPrice,
    async tell(server) {
      const { as, params, subscription, plan: known } = await subscribed(server)
      const body = {
        revision: subscription.revision,
        planId: known.id,
        intervalMonths: 6,
        when: 'now',
        prorated: true,
      }
      return { as, input: { params, body } }
    },
  },
  {
    endpoint: billing.previewPlanChange,
    refusal: billing.planHasNoPrice,
    async tell(server) {
      const { as, params, plan: known } = await subscribed(server)
      return { as, input: { params, query: { planId: known.id, intervalMonths: '6', when: 'now' } } }
    },
  },
  {
    endpoint: billing.previewPlanChange,
    refusal: billing.subscriptionCannot,
    async tell(server) {
      const { as, params, plan: known } = await subscribed(server)
      await server.pool.query(`UPDATE subscriptions SET status = 'ended' WHERE id = $1`, [params.id])
      return { as, input: { params, query: { planId: known.id, intervalMonths: '12', when: 'now' } } }
    },
  },
  {
    endpoint: billing.addExtra,
    refusal: billing.subscriptionCannot,
    async tell(server) {
      const { as, params } = await subscribed(server)
      await server.pool.query('UPDATE subscriptions SET next_period_on = NULL WHERE id = $1', [params.id])
      const body = { description: 'Formation', quantity: '1', unitPriceCents: 9_000, vatBasisPoints: 2_000 }
      return { as, input: { params, body } }
    },
  },
  {
    endpoint: billing.applyCoupon,
    refusal: billing.couponUnusable,
    async tell(server) {
      const call = await applying.write.tell(server)
      await server.pool.query('UPDATE coupons SET archived_at = now()')
      return call
    },
  },
  {
    endpoint: billing.startSubscription,
    refusal: billing.couponUnusable,
    async tell(server) {
      const { as, body } = await willing(server)
      return { as, input: { body: { ...body, couponCode: 'INCONNU' } } }
    },
  },
  {
    endpoint: billing.startSubscription,
    refusal: billing.subscriptionExists,
    async tell(server) {
      const { as, clientId, plan: known } = await subscribed(server)
      return { as, input: { body: { clientId, planId: known.id, startsOn: today(), trialDays: 0 } } }
    },
  },
  {
    endpoint: billing.startSubscription,
    refusal: billing.clientCannotSubscribe,
    async tell(server) {
      const { as, body, clientId } = await willing(server)
      await server.pool.query(`UPDATE clients SET status = 'excluded' WHERE id = $1`, [clientId])
      return { as, input: { body } }
    },
  },
  {
    endpoint: billing.startSubscription,
    refusal: billing.planHasNoPrice,
    async tell(server) {
      const { as, body } = await willing(server)
      return { as, input: { body: { ...body, intervalMonths: 6 } } }
    },
  },
  {
    endpoint: billing.startSubscription,
    refusal: billing.returnsTooSoon,
    async tell(server) {
      const { as, body, clientId } = await willing(server)
      await begunBefore(server, clientId)
      return { as, input: { body } }
    },
  },
  {
    endpoint: billing.removeExtra,
    refusal: billing.prorationGivenBack,
    async tell(server) {
      const { as, params, subscription } = await subscribed(server, { startsOn: day(-1) })
      const { rows } = await server.pool.query<{ id: string }>(
        `WITH plan AS (INSERT INTO plans (key, name, monthly_cents) VALUES ($1, 'Soin', 9000) RETURNING id)
         INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
         SELECT id, 1, '2020-01-01', 9000, 1000 FROM plan RETURNING plan_id AS id`,
        [`care-${++number}-${crypto.randomUUID().slice(0, 8)}`],
      )
      const { extras } = await as.call(billing.changePlan, {
        params,
        body: {
          revision: subscription.revision,
          planId: rows[0]?.id ?? '',
          intervalMonths: 1,
          when: 'now',
          prorated: true,
        },
      })
      return { as, input: { params: { ...params, extraId: extras[0]?.id } } }
    },
  },
  {
    endpoint: billing.addPlan,
    refusal: billing.catalogueKeyTaken,
    async tell(server) {
      const { as, plan: known } = await sold(server)
      return { as, input: { body: { key: known.key, ...plan, monthlyCents: 1_000 } } }
    },
  },
  {
    endpoint: billing.addPlanOption,
    refusal: billing.catalogueKeyTaken,
    async tell(server) {
      const { key } = await offered(server)
      return {
        as: await server.as('administrator'),
        input: { body: { key, name: 'SMS', monthlyCents: 500, vatBasisPoints: 2_000 } },
      }
    },
  },
  {
    endpoint: billing.addPlanPrice,
    refusal: billing.priceDayTaken,
    async tell(server) {
      const { as, plan: known } = await sold(server)
      await as.call(billing.addPlanPrice, { params: { id: known.id }, body: price })
      return { as, input: { params: { id: known.id }, body: price } }
    },
  },
  {
    endpoint: billing.addPlanPrice,
    refusal: billing.priceInThePast,
    async tell(server) {
      const { as, plan: known } = await sold(server)
      return { as, input: { params: { id: known.id }, body: { ...price, inForceFrom: day(-1) } } }
    },
  },
  {
    endpoint: billing.addCoupon,
    refusal: billing.couponCodeTaken,
    async tell(server) {
      const { code } = await coupon(server)
      const body = {
        code,
        percentBasisPoints: 500,
        amountCents: null,
        periods: null,
        validUntil: null,
        usesAtMost: null,
      }
      return { as: await server.as('administrator'), input: { body } }
    },
  },
  {
    endpoint: billing.runRenewal,
    refusal: billing.renewalAhead,
    tell: async (server) => ({
      as: await server.as('billing'),
      input: { body: { until: day(1), hold: false } },
    }),
  },
]
