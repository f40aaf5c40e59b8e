import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import {
  activateSubscription,
  addExtra,
  addCoupon,
  addPlan,
  addPlanOption,
  applyCoupon,
  cancelSubscription,
  changePlan,
  extendTrial,
  getCatalogue,
  getPriceEffect,
  getSubscription,
  listSubscriptions,
  pauseSubscription,
  previewPlanChange,
  previewRenewal,
  reactivateSubscription,
  recordPaymentByHand,
  removeCoupon,
  resumeSubscription,
  reversePayment,
  setSubscriptionOptions,
  startSubscription,
  withdrawPlanChange,
  type Plan,
  type Subscription,
} from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { renewDue } from '../renewal/renewing.ts'
import { moveByTheClock } from './by-the-clock.ts'

let now = new Date('2026-11-10T09:00:00Z')
const clock = { now: () => now }
const server = await testServer({ clock })
const log = { error: () => {}, warn: () => {}, info: () => {} } as never // nothing of it is looked at here
let told: Stories
let companyId: string
let admin: Browserless
let solo: Plan
let cabinet: Plan

beforeAll(async () => {
  told = await tellStories(server.pool)
  companyId = String((await told.run(`SELECT id FROM billing_companies WHERE key = 'main'`))[0]?.['id'])
  admin = await server.as('administrator')
  solo = await admin.call(addPlan, {
    body: {
      key: 'essentiel',
      name: 'Essentiel',
      description: 'Abonnement à MaGestionPsy',
      monthlyCents: 3_000,
    },
  })
  cabinet = await admin.call(addPlan, {
    body: { key: 'groupe', name: 'Groupe', description: 'Abonnement Groupe', monthlyCents: 6_000 },
  })
  await told.run(`INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
    SELECT plan_id, months, '2020-01-01', price_cents * factor, vat_basis_points
    FROM plan_prices, (VALUES (1, 1), (12, 10)) sold (months, factor) WHERE price_cents >= 3000`)
})

const renew = (until: string) => renewDue(server.db, { until, companyId, vat: { taxed: true }, hold: false })

/** What documents of a subscription come to, credit notes below zero. */
const documents = async (id: string) =>
  (
    await told.run(
      `SELECT kind, total_excl_cents AS excl FROM invoices WHERE subscription_id = $1 ORDER BY created_at, id`,
      id,
    )
  ).map((row) => [row['kind'], row['excl']])

const clientOf = async (subscription: Subscription) =>
  (await told.run(`SELECT status FROM clients WHERE id = $1`, subscription.client.id))[0]

/** Subscribed on the 1st of November, which is invoiced. */
async function subscribed(name: string, over: { planId?: string; intervalMonths?: 1 | 12 } = {}) {
  const clientId = await told.client(name, { status: 'prospect' })
  const { id } = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: '2026-11-01', trialDays: 0, ...over },
  })
  await renew('2026-11-10')
  return admin.call(getSubscription, { params: { id } })
}

test('who subscribes on a trial is a prospect, and a client once it is over', async () => {
  const clientId = await told.client('Lucie Morel', { status: 'freemium' })
  await subscribed('Paule Payante')
  const trial = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: '2026-11-10', trialDays: 14 },
  })
  expect(trial).toMatchObject({ status: 'trialing', trialEndsOn: '2026-11-24', nextPeriodOn: '2026-11-24' })
  expect(await clientOf(trial)).toEqual({ status: 'prospect' })
  expect(trial.nextInvoice).toMatchObject({ from: '2026-11-24', until: '2026-12-23', inclCents: 3_600 })

  const longer = await admin.call(extendTrial, {
    params: { id: trial.id },
    body: { revision: trial.revision, endsOn: '2026-12-01', afterTrial: 'ends' },
  })
  expect(longer).toMatchObject({ cancelOn: '2026-12-01', nextPeriodOn: null, nextInvoice: null })

  const paying = await admin.call(activateSubscription, {
    params: { id: trial.id },
    body: { revision: longer.revision },
  })
  expect(paying).toMatchObject({ status: 'active', payingFrom: '2026-11-10', cancelOn: null })
  expect(await clientOf(paying)).toMatchObject({ status: 'active' })
})

test('a change of plan at once costs the days that are left, to the cent, as the preview said', async () => {
  const before = await subscribed('Marc Adam')
  const wanted = { planId: cabinet.id, intervalMonths: 1 as const, when: 'now' as const }
  const preview = await admin.call(previewPlanChange, { params: { id: before.id }, query: wanted })
  // 21 of 30 days are left on the 10th: 21,00 € back and 42,00 € instead.
  expect(preview).toMatchObject({
    daysLeft: 21,
    daysOfPeriod: 30,
    exclCents: 2_100,
    document: 'next_invoice',
  })
  expect(preview.lines.map(({ exclCents }) => exclCents)).toEqual([-2_100, 4_200])
  const after = await admin.call(changePlan, {
    params: { id: before.id },
    body: { ...wanted, revision: before.revision, prorated: true },
  })
  expect(after).toMatchObject({ plan: { name: 'Groupe' }, monthlyCents: 6_000, status: 'active' })
  expect(after.nextInvoice).toMatchObject({ from: '2026-12-01', exclCents: 8_100 })
  await renew('2026-12-01')
  expect(await documents(before.id)).toEqual([
    ['invoice', 3_000],
    ['invoice', 8_100],
  ])
})

test('a cheaper plan at once gives back by a credit note when the next invoice cannot bear it', async () => {
  const before = await subscribed('Nina Perrot', { planId: cabinet.id, intervalMonths: 12 })
  await told.run(`UPDATE invoices SET state = 'draft' WHERE subscription_id = $1`, before.id)
  const after = await admin.call(changePlan, {
    params: { id: before.id },
    body: {
      planId: solo.id,
      intervalMonths: 1,
      when: 'now',
      revision: before.revision,
      prorated: true,
    },
  })
  // A new month begins today and is invoiced; 356 of 365 days of 600,00 € go back, more than a month of 30,00 € bears.
  expect(after).toMatchObject({ nextPeriodOn: '2026-12-10', intervalMonths: 1, extras: [] })
  // The year's invoice is a draft itself: it asks for less.
  expect(await documents(before.id)).toEqual([
    ['invoice', 60_000 - 58_521],
    ['invoice', 3_000],
  ])
})

test('a change that waits comes with the next period, and may be withdrawn', async () => {
  const before = await subscribed('Léo Caron')
  const planned = await admin.call(changePlan, {
    params: { id: before.id },
    body: {
      planId: cabinet.id,
      intervalMonths: 1,
      when: 'period_end',
      revision: before.revision,
      prorated: true,
    },
  })
  expect(planned).toMatchObject({
    plan: { name: 'Essentiel' },
    nextPlan: { name: 'Groupe' },
    nextInvoice: { exclCents: 6_000 },
  })
  const kept = await admin.call(withdrawPlanChange, {
    params: { id: before.id },
    body: { revision: planned.revision },
  })
  expect(kept).toMatchObject({ nextPlan: null, nextInvoice: { exclCents: 3_000 } })
})

test('who cancels for the period’s end pays until then, may change their mind, and ends by the clock', async () => {
  const before = await subscribed('Sara Faure')
  const cancelled = await admin.call(cancelSubscription, {
    params: { id: before.id },
    body: { revision: before.revision, when: 'period_end', credit: false, why: 'Départ à la retraite' },
  })
  expect(cancelled).toMatchObject({ status: 'cancelled', payingUntil: '2026-12-01', nextInvoice: null })
  const again = await admin.call(reactivateSubscription, {
    params: { id: before.id },
    body: { revision: cancelled.revision },
  })
  expect(again).toMatchObject({ status: 'active', payingUntil: null, nextPeriodOn: '2026-12-01' })
  await admin.call(cancelSubscription, {
    params: { id: before.id },
    body: { revision: again.revision, when: 'period_end', credit: false },
  })
  await onThe('2026-12-01T05:00:00Z')
  const over = await admin.call(getSubscription, { params: { id: before.id } })
  expect(over).toMatchObject({ status: 'ended', payingUntil: '2026-12-01', can: [] })
  expect(await clientOf(over)).toEqual({ status: 'freemium' })
})

test('who leaves at once gets the unused days off an invoice that is a draft still', async () => {
  const before = await subscribed('Théo Brun')
  const ended = await admin.call(cancelSubscription, {
    params: { id: before.id },
    body: { revision: before.revision, when: 'now', credit: true },
  })
  expect(ended).toMatchObject({ status: 'ended', payingUntil: '2026-11-10', nextPeriodOn: null })
  expect(await documents(before.id)).toEqual([['invoice', 900]])
})

/** The clock alone moves: nobody is signed in meanwhile. */
async function onThe(instant: string): Promise<void> {
  const before = now
  now = new Date(instant)
  try {
    await moveByTheClock({ db: server.db, clock, log })
  } finally {
    now = before
  }
}

test('a short pause changes nothing for who looks back; after a month it is another subscription', async () => {
  const before = await subscribed('Emma Roux')
  const paused = await admin.call(pauseSubscription, {
    params: { id: before.id },
    body: { revision: before.revision, resumesOn: '2026-11-20', credit: false },
  })
  expect(paused).toMatchObject({ status: 'paused', payingUntil: '2026-11-10', nextInvoice: null })
  await onThe('2026-11-20T05:00:00Z')
  const soon = await admin.call(getSubscription, { params: { id: before.id } })
  // Days that were paid come first.
  expect(soon).toMatchObject({ status: 'active', payingUntil: null, nextPeriodOn: '2026-12-01' })
  await admin.call(pauseSubscription, {
    params: { id: before.id },
    body: { revision: soon.revision, resumesOn: '2027-01-20', credit: false },
  })
  await onThe('2027-01-20T05:00:00Z')
  const former = await admin.call(getSubscription, { params: { id: before.id } })
  expect(former).toMatchObject({ status: 'ended', isCurrent: false, payingUntil: '2026-11-10' })
  const later = await admin.call(getSubscription, { params: { id: String(former.successorId) } })
  expect(later).toMatchObject({ status: 'active', payingFrom: '2027-01-20', nextPeriodOn: '2027-01-20' })
})

test('who is paused resumes on the day by hand too', async () => {
  const before = await subscribed('Yanis Petit')
  const paused = await admin.call(pauseSubscription, {
    params: { id: before.id },
    body: { revision: before.revision, resumesOn: null, credit: false },
  })
  expect(
    await admin.call(resumeSubscription, { params: { id: before.id }, body: { revision: paused.revision } }),
  ).toMatchObject({ id: before.id, status: 'active', nextPeriodOn: '2026-12-01' })
})

test('a coupon is used as often as it says, and one at a time', async () => {
  const { id: couponId } = await admin.call(addCoupon, {
    body: {
      code: 'noel',
      percentBasisPoints: 1_000,
      amountCents: null,
      periods: 2,
      validUntil: null,
      usesAtMost: 1,
    },
  })
  const one = await subscribed('Alice Meyer')
  const other = await subscribed('Jules Weber')
  const with10 = await admin.call(applyCoupon, {
    params: { id: one.id },
    body: { revision: one.revision, code: 'NOEL' },
  })
  expect(with10.nextInvoice).toMatchObject({ exclCents: 2_700 })
  const refused = await admin.refused(applyCoupon, {
    params: { id: other.id },
    body: { revision: other.revision, code: 'NOEL' },
  })
  expect(refused.code).toBe('coupon_unusable')
  const without = await admin.call(removeCoupon, { params: { id: one.id, couponId } })
  expect(without).toMatchObject({ coupons: [], nextInvoice: { exclCents: 3_000 } })
})

test('options and one-off lines stand on the next invoice', async () => {
  const before = await subscribed('Rémi Noël')
  const sms = await admin.call(addPlanOption, {
    body: { key: 'sms-plus', name: 'Rappels par SMS', monthlyCents: 500, vatBasisPoints: 2_000 },
  })
  const chosen = await admin.call(setSubscriptionOptions, {
    params: { id: before.id },
    body: { revision: before.revision, options: [{ optionId: sms.id, quantity: 3 }] },
  })
  expect(chosen.nextInvoice).toMatchObject({ exclCents: 4_500 })
  const more = await admin.call(addExtra, {
    params: { id: before.id },
    body: { description: 'Formation', quantity: '2', unitPriceCents: 5_000, vatBasisPoints: 2_000 },
  })
  expect(more.nextInvoice).toMatchObject({ exclCents: 14_500, vatCents: 2_900 })
  const none = await admin.call(setSubscriptionOptions, {
    params: { id: before.id },
    body: { revision: more.revision, options: [] },
  })
  expect(none).toMatchObject({ options: [], nextInvoice: { exclCents: 13_000 } })
})

test('whoever saw an older state is told, and nothing is changed', async () => {
  const before = await subscribed('Inès Gay')
  const body = { revision: before.revision, when: 'period_end', credit: false } as const
  await admin.call(cancelSubscription, { params: { id: before.id }, body })
  expect((await admin.refused(cancelSubscription, { params: { id: before.id }, body })).code).toBe(
    'subscription_changed',
  )
  expect(
    (
      await admin.refused(cancelSubscription, {
        params: { id: before.id },
        body: { ...body, revision: before.revision + 1 },
      })
    ).code,
  ).toBe('subscription_cannot')
})

test('who is behind has caught up as soon as they pay, and is behind again when it is taken back', async () => {
  const one = await subscribed('Gaël Vidal')
  const invoice = await told.invoice(one.client.id, { on: '2026-10-01' })
  await told.run(`UPDATE subscriptions SET status = 'past_due' WHERE id = $1`, one.id)
  const owner = new pg.Client({ connectionString: server.database.adminUrl })
  await owner.connect()
  await owner.query(`SET session_replication_role = replica`)
  await owner.query(`UPDATE invoices SET subscription_id = $1 WHERE id = $2`, [one.id, invoice])
  await owner.end()
  const { id } = await admin.call(recordPaymentByHand, {
    body: {
      clientId: one.client.id,
      amountCents: 2_900,
      receivedOn: '2026-11-10',
      method: 'transfer',
      reference: '',
      allocations: [{ invoiceId: invoice, amountCents: 2_900 }],
    },
  })
  const status = async () => (await admin.call(getSubscription, { params: { id: one.id } })).status
  expect(await status()).toBe('active')
  await admin.call(reversePayment, { params: { id }, body: { reason: 'Saisi deux fois' } })
  expect(await status()).toBe('past_due')
})

test('the effect of a price is known before it is set', async () => {
  const { subscriptions, changeCents } = await admin.call(getPriceEffect, {
    params: { id: solo.id },
    query: { intervalMonths: '1', inForceFrom: '2027-06-01', priceCents: '3100', appliesTo: 'next_periods' },
  })
  expect(subscriptions).toBeGreaterThan(3)
  expect(changeCents).toBe(subscriptions * 100)
  const { plans } = await admin.call(getCatalogue, {})
  expect(plans.find(({ key }) => key === 'essentiel')?.prices.map(({ stands }) => stands)).toContain('now')
})

test('the preview of a run is what the run makes, to the cent', async () => {
  const preview = await admin.call(previewRenewal, { query: { until: '2026-12-05' } })
  const made = await renew('2026-12-05')
  expect({ documents: preview.documents, exclCents: preview.exclCents }).toEqual({
    documents: made.renewed,
    exclCents: made.exclCents,
  })
})

test('a figure of the catalogue is that of the subscriptions it leads to', async () => {
  const today = dayOf(clock.now())
  const list = (query: { plan?: string; option?: string; payingOn?: string }) =>
    admin.call(listSubscriptions, { query })
  const trial = await admin.call(startSubscription, {
    body: {
      clientId: await told.client('Essai Gratuit', { status: 'prospect' }),
      planId: solo.id,
      startsOn: today,
      trialDays: 14,
    },
  })
  expect(trial.status).toBe('trialing')
  const letters = await admin.call(addPlanOption, {
    body: { key: 'lettres', name: 'Courriers', monthlyCents: 300, vatBasisPoints: 2_000 },
  })
  await admin.call(setSubscriptionOptions, {
    params: { id: trial.id },
    body: { revision: trial.revision, options: [{ optionId: letters.id, quantity: 1 }] },
  })
  const { plans, options } = await admin.call(getCatalogue, {})
  for (const { id, subscribers, payers, monthlyCents } of plans) {
    expect((await list({ plan: id })).total).toBe(subscribers)
    const paying = await list({ plan: id, payingOn: today })
    expect([paying.total, paying.sums.monthlyCents]).toEqual([payers, monthlyCents])
  }
  const sold = plans.find(({ id }) => id === solo.id)
  expect(sold?.payers).toBeGreaterThan(0)
  expect(sold?.subscribers).toBeGreaterThan(sold?.payers ?? 0)
  for (const { id, subscribers } of options) expect((await list({ option: id })).total).toBe(subscribers)
  expect(options.find(({ id }) => id === letters.id)?.subscribers).toBe(1)
})

test('MRR of the list is that of the figures, which equal a full recount', async () => {
  const { mrr, sums } = await admin.call(listSubscriptions, { query: { limit: '200' } })
  const [{ cents } = {}] = await told.run(
    `SELECT sum(monthly_cents)::bigint AS cents FROM subscriptions WHERE paying_from <= $1 AND (paying_until IS NULL OR paying_until > $1)`,
    mrr.on,
  )
  // Changes that a later period brought are not yet of today.
  const [{ later } = {}] = await told.run(
    `SELECT coalesce(sum(new_monthly_cents - old_monthly_cents), 0)::bigint AS later FROM subscription_price_changes WHERE changed_on > $1`,
    mrr.on,
  )
  expect(mrr.cents).toBe(Number(cents) - Number(later))
  expect(sums.monthlyCents).toBeGreaterThan(0)
  const differing = await told.run(
    `SELECT * FROM (SELECT * FROM current_figures WHERE count <> 0 OR cents <> 0) kept
     FULL JOIN recounted_figures recounted USING (measure, day, dimension)
     WHERE (kept.count, kept.cents) IS DISTINCT FROM (recounted.count, recounted.cents)`,
  )
  expect(differing).toEqual([])
})
