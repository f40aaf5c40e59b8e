import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import {
  activateSubscription,
  addExtra,
  addPlan,
  cancelSubscription,
  changePlan,
  getSubscription,
  pauseSubscription,
  previewCancellation,
  previewPause,
  removeCoupon,
  removeExtra,
  startSubscription,
  type Plan,
  type StopEffect,
  type Subscription,
} from '#contract/billing'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { renewDue } from '../renewal/renewing.ts'
import { moveByTheClock } from './by-the-clock.ts'

const today = '2026-11-10'
let now = new Date(`${today}T09:00:00Z`)
const clock = { now: () => now }
const server = await testServer({ clock })
const log = { error: () => {}, warn: () => {}, info: () => {} } as never // nothing of it is looked at here
const owner = new pg.Client({ connectionString: server.database.adminUrl })
await owner.connect()
atTheEnd(() => owner.end())
let told: Stories
let companyId: string
let admin: Browserless
let solo: Plan
let group: Plan

beforeAll(async () => {
  told = await tellStories(server.pool)
  companyId = String((await told.run(`SELECT id FROM billing_companies WHERE key = 'main'`))[0]?.['id'])
  admin = await server.as('administrator')
  const plan = (key: string, name: string, monthlyCents: number) =>
    admin.call(addPlan, { body: { key, name, description: `Abonnement ${name}`, monthlyCents } })
  solo = await plan('essentiel', 'Essentiel', 3_000)
  group = await plan('groupe', 'Groupe', 6_000)
  await told.run(`INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
    SELECT plan_id, 1, '2020-01-01', price_cents, vat_basis_points FROM plan_prices WHERE price_cents >= 3000`)
  await told.run(
    `INSERT INTO coupons (code, percent_basis_points, periods) VALUES ('SALON', 2000, 3) ON CONFLICT DO NOTHING`,
  )
})

const renew = (until = today) => renewDue(server.db, { until, companyId, vat: { taxed: true }, hold: false })
const known = (id: string) => admin.call(getSubscription, { params: { id } })

let number = 0
/** On the 10th, of a period that began on the 1st; invoiced and issued, then 21,00 € wait: 21 of 30 days of another plan. */
async function changed(): Promise<Subscription> {
  const clientId = await told.client(`Odette Prorata${++number}`, { status: 'prospect' })
  const { id } = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: '2026-11-01', trialDays: 0 },
  })
  await renew()
  await owner.query(
    `UPDATE invoices SET state = 'issued', origin = 'import', number = $2, issued_on = $3, due_on = $3 WHERE subscription_id = $1`,
    [id, `ST-${number}`, today],
  )
  const { revision } = await known(id)
  return admin.call(changePlan, {
    params: { id },
    body: { revision, planId: group.id, intervalMonths: 1, when: 'now', prorated: true },
  })
}

/** What its drafts come to in truth. */
const drafts = async (id: string) =>
  (
    await told.run(
      `SELECT kind, total_excl_cents AS excl, total_vat_cents AS vat FROM invoices WHERE subscription_id = $1 AND state = 'draft' ORDER BY id`,
      id,
    )
  ).map((row) => [row['kind'], row['excl'], row['vat']])
const seen = ({ documents }: StopEffect) =>
  documents.map(({ kind, exclCents, vatCents }) => [kind, exclCents, vatCents])

test('who cancels for the end of the period sees the last invoice, and it is made so', async () => {
  now = new Date(`${today}T09:00:00Z`)
  const { id, revision } = await changed()
  const preview = await admin.call(previewCancellation, {
    params: { id },
    query: { when: 'period_end', credit: 'no' },
  })
  expect(preview).toMatchObject({ on: '2026-12-01', waitingCents: 0 })
  expect(seen(preview)).toEqual([['invoice', 2_100, 420]])
  expect((await known(id)).status).toBe('active')

  const cancelled = await admin.call(cancelSubscription, {
    params: { id },
    body: { revision, when: 'period_end', credit: false, why: '' },
  })
  expect(cancelled).toMatchObject({ nextInvoice: null, invoicedUntil: '2026-11-30', cancelOn: '2026-12-01' })
  expect(cancelled.can).not.toContain('cancel')
  // Who looks at it meanwhile still sees what the end brings.
  expect(
    await admin.call(previewCancellation, { params: { id }, query: { when: 'period_end', credit: 'no' } }),
  ).toEqual(preview)
  now = new Date('2026-12-01T09:00:00Z')
  await moveByTheClock({ db: server.db, clock, log })
  expect(await drafts(id)).toEqual([['invoice', 2_100, 420]])
})

test('who cancels at once sees what goes back weighed against what waited', async () => {
  now = new Date(`${today}T09:00:00Z`)
  for (const credit of [false, true]) {
    const { id, revision } = await changed()
    const preview = await admin.call(previewCancellation, {
      params: { id },
      query: { when: 'now', credit: credit ? 'yes' : 'no' },
    })
    // 42,00 € of the new plan go back, less the 21,00 € that were never asked for.
    expect(seen(preview)).toEqual([credit ? ['credit_note', -2_100, -420] : ['invoice', 2_100, 420]])
    await admin.call(cancelSubscription, {
      params: { id },
      body: { revision, when: 'now', credit, why: '' },
    })
    expect(await drafts(id)).toEqual(seen(preview))
  }
})

test('a pause says what waits for the resumption', async () => {
  now = new Date(`${today}T09:00:00Z`)
  const { id, revision } = await changed()
  expect(await admin.call(previewPause, { params: { id }, query: { credit: 'no' } })).toEqual({
    on: today,
    documents: [],
    waitingCents: 2_100,
  })
  const preview = await admin.call(previewPause, { params: { id }, query: { credit: 'yes' } })
  expect(seen(preview)).toEqual([['credit_note', -2_100, -420]])
  await admin.call(pauseSubscription, {
    params: { id },
    body: { revision, resumesOn: null, credit: true, why: '' },
  })
  expect(await drafts(id)).toEqual(seen(preview))
})

test('both lines of a change by days are taken back in one, and no more goes back later than was asked for', async () => {
  now = new Date(`${today}T09:00:00Z`)
  const before = await changed()
  const { id } = before
  expect(before.extras.map(({ exclCents, prorated }) => [exclCents, prorated])).toEqual([
    [-2_100, true],
    [4_200, true],
  ])
  const { extras } = await admin.call(addExtra, {
    params: { id },
    body: { description: 'Formation', quantity: '1', unitPriceCents: 9_000, vatBasisPoints: 2_000 },
  })
  const one = extras.find(({ exclCents }) => exclCents === 4_200)
  const after = await admin.call(removeExtra, { params: { id, extraId: one?.id ?? '' } })
  expect(after.extras).toMatchObject([{ description: 'Formation', prorated: false }])
  expect(after).toMatchObject({ plan: { name: 'Groupe' }, monthlyCents: 3_000 })
  const formation = after.extras[0]?.id ?? ''
  const { revision } = await admin.call(removeExtra, { params: { id, extraId: formation } })
  await admin.call(cancelSubscription, {
    params: { id },
    body: { revision, when: 'now', credit: true, why: '' },
  })
  expect(await drafts(id), '21 of 30 days of 30,00 €').toEqual([['credit_note', -2_100, -420]])
})

test('a coupon is in what is paid a month from the first day, so that the first renewal moves nothing', async () => {
  now = new Date(`${today}T09:00:00Z`)
  const clientId = await told.client('Renée Remise', { status: 'prospect' })
  const { id, monthlyCents, nextInvoice } = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: today, trialDays: 0, couponCode: 'SALON' },
  })
  expect(monthlyCents).toBe(2_400)
  expect(nextInvoice?.lines).toMatchObject([{ discountBasisPoints: 2_000, exclCents: 2_400, extraId: null }])
  await renew()
  expect(await known(id)).toMatchObject({ monthlyCents: 2_400, priceChanges: [] })

  const other = await told.client('Renaud Remise', { status: 'prospect' })
  const trial = await admin.call(startSubscription, {
    body: { clientId: other, planId: solo.id, startsOn: today, trialDays: 14, couponCode: 'SALON' },
  })
  const paying = await admin.call(activateSubscription, {
    params: { id: trial.id },
    body: { revision: trial.revision },
  })
  expect([trial.monthlyCents, paying.monthlyCents]).toEqual([2_400, 2_400])
  const dearer = await admin.call(changePlan, {
    params: { id: trial.id },
    body: { revision: paying.revision, planId: group.id, intervalMonths: 1, when: 'now', prorated: true },
  })
  expect(dearer).toMatchObject({ monthlyCents: 4_800, priceChanges: [] })
  const coupon = dearer.coupons[0]?.couponId ?? ''
  const whole = await admin.call(removeCoupon, { params: { id: trial.id, couponId: coupon } })
  expect(whole).toMatchObject({ monthlyCents: 6_000, events: [{ data: { code: 'SALON' } }, {}, {}, {}, {}] })
})
