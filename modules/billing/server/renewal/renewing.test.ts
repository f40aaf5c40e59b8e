import { beforeAll, expect, test } from 'vitest'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { renewDue, type RenewalOrder } from './renewing.ts'

const server = await testServer()
let told: Stories
let companyId: string
const taxed = { taxed: true } as const

beforeAll(async () => {
  told = await tellStories(server.pool)
  const [company] = await told.run(`SELECT id FROM billing_companies WHERE key = 'main'`)
  companyId = String(company?.['id'])
  await told.run(`INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
    SELECT id, months, '2020-01-01', cents, 2000 FROM plans, (VALUES (1, 2417), (12, 26000)) price (months, cents)`)
})

const renew = (until: string, over: Partial<RenewalOrder> = {}) =>
  renewDue(server.db, { until, companyId, vat: taxed, hold: false, ...over })

async function subscriber(name: string, next: string, more = ''): Promise<string> {
  const client = await told.client(name)
  const id = await told.subscribe(client, { from: next })
  await told.run(
    `UPDATE subscriptions SET anchor_on = $2, next_period_on = $2 ${more} WHERE id = $1`,
    id,
    next,
  )
  return id
}

const documentsOf = (id: string) =>
  told.run(
    `SELECT period_from, period_until, state, held, total_excl_cents, total_vat_cents, total_incl_cents FROM invoices
     WHERE subscription_id = $1 ORDER BY period_from`,
    id,
  )

test('the reference subscription makes 24,17 € and 4,83 € of VAT, once', async () => {
  const id = await subscriber('Mireille Thouvenin', '2026-03-01')
  expect(await renew('2026-03-01')).toMatchObject({ renewed: 1, exclCents: 2_417 })
  expect(await renew('2026-03-01')).toMatchObject({ renewed: 0 })
  expect(await documentsOf(id)).toEqual([
    {
      period_from: '2026-03-01',
      period_until: '2026-03-31',
      state: 'draft',
      held: false,
      total_excl_cents: 2_417,
      total_vat_cents: 483,
      total_incl_cents: 2_900,
    },
  ])
})

test('who began on the 31st is billed on the last day of short months, and on the 31st again', async () => {
  const id = await subscriber('Hugo Roche', '2026-01-31')
  await renew('2026-05-31')
  expect((await documentsOf(id)).map((one) => [one['period_from'], one['period_until']])).toEqual([
    ['2026-01-31', '2026-02-27'],
    ['2026-02-28', '2026-03-30'],
    ['2026-03-31', '2026-04-29'],
    ['2026-04-30', '2026-05-30'],
    ['2026-05-31', '2026-06-29'],
  ])
})

test('two runs at once make each document once', async () => {
  const ids = await Promise.all(
    Array.from({ length: 12 }, (_, index) => subscriber(`Paul Martin${index}`, '2026-06-01')),
  )
  const both = await Promise.all([renew('2026-06-01'), renew('2026-06-01')])
  expect(both[0].renewed + both[1].renewed).toBeGreaterThanOrEqual(12)
  for (const id of ids)
    expect((await documentsOf(id)).filter((one) => one['period_from'] === '2026-06-01')).toHaveLength(1)
})

test('a run that is killed between two batches goes on where it stopped', async () => {
  await Promise.all(Array.from({ length: 3 }, (_, index) => subscriber(`Rose Petit${index}`, '2026-07-03')))
  const killed = renew('2026-07-03', {
    onBatch: async () => {
      throw new Error('killed')
    },
  })
  await expect(killed).rejects.toThrow('killed')
  const [{ count } = {}] = await told.run(`SELECT count(*) FROM invoices WHERE period_from = '2026-07-03'`)
  expect(count).toBe(0)
  await renew('2026-07-03')
  const [{ count: after } = {}] = await told.run(
    `SELECT count(*) FROM invoices WHERE period_from = '2026-07-03'`,
  )
  expect(after).toBe(3)
})

test('options, a coupon and an extra stand on the document; MRR is what recurs', async () => {
  const id = await subscriber('Anne Leroy', '2026-08-01')
  await told.run(
    `WITH chosen AS (INSERT INTO plan_options (key, name, monthly_cents, vat_basis_points) VALUES ('sms', 'SMS', 500, 2000) RETURNING id)
     INSERT INTO subscription_options (subscription_id, option_id, quantity, from_on) SELECT $1, id, 2, '2026-08-01' FROM chosen`,
    id,
  )
  await told.run(
    `WITH given AS (INSERT INTO coupons (code, percent_basis_points, periods) VALUES ('BIENVENUE', 5000, 1) RETURNING id)
     INSERT INTO subscription_coupons (subscription_id, coupon_id, applied_on, periods_left) SELECT $1, id, '2026-08-01', 1 FROM given`,
    id,
  )
  await told.run(
    `INSERT INTO subscription_extras (subscription_id, description, quantity, unit_price_cents, vat_basis_points)
     VALUES ($1, 'Formation', 1.5, 1000, 2000)`,
    id,
  )
  await renew('2026-08-01')
  // Half of 24,17 € is 12,09 € off, rounded away from zero; half of 10,00 €; and the whole training.
  expect(await documentsOf(id)).toMatchObject([
    { total_excl_cents: 1_208 + 500 + 1_500, total_vat_cents: 642 },
  ])
  const mrr = async () => (await told.run(`SELECT monthly_cents FROM subscriptions WHERE id = $1`, id))[0]
  expect(await mrr()).toEqual({ monthly_cents: 1_708 })
  await renew('2026-09-01')
  expect((await documentsOf(id))[1]).toMatchObject({ total_excl_cents: 3_417 })
  expect(await mrr()).toEqual({ monthly_cents: 3_417 })
})

test('a trial that ends begins to pay, and its client becomes one', async () => {
  const client = await told.client('Zoé Garnier', { status: 'prospect' })
  const id = await told.subscribe(client, { status: 'trialing' })
  await told.run(
    `UPDATE subscriptions SET trial_ends_on = '2026-09-10', anchor_on = '2026-09-10', next_period_on = '2026-09-10' WHERE id = $1`,
    id,
  )
  await renew('2026-09-10')
  expect(
    await told.run(
      `SELECT s.status, paying_from, next_period_on, c.status AS client
       FROM subscriptions s JOIN clients c ON c.id = client_id WHERE s.id = $1`,
      id,
    ),
  ).toEqual([
    {
      status: 'active',
      paying_from: '2026-09-10',
      next_period_on: '2026-10-10',
      client: 'active',
    },
  ])
})

test('a new price holds for periods that begin by then, and not for who keeps a former one', async () => {
  const one = await subscriber('Luc Bernard', '2026-10-01')
  const year = await subscriber('Eva Blanc', '2026-10-01', ', interval_months = 12')
  await told.run(`INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points, applies_to)
    SELECT id, 1, date '2026-11-01', 2900, 2000, 'next_periods' FROM plans
    UNION ALL SELECT id, 1, date '2026-12-01', 3900, 2000, 'new_subscriptions' FROM plans`)
  await renew('2026-12-01')
  expect((await documentsOf(one)).map((document) => document['total_excl_cents'])).toEqual([
    2_417, 2_900, 2_900,
  ])
  expect(await documentsOf(year)).toMatchObject([{ total_excl_cents: 26_000, period_until: '2027-09-30' }])
  expect(
    await told.run(
      `SELECT changed_on, new_monthly_cents FROM subscription_price_changes WHERE subscription_id = $1`,
      one,
    ),
  ).toEqual([{ changed_on: '2026-11-01', new_monthly_cents: 2_900 }])
})

test('nobody is invoiced who is excluded or in the trash, and nothing is lost when they come back', async () => {
  const id = await subscriber('Ida Colin', '2027-01-05')
  await told.run(`UPDATE clients SET status = 'excluded' WHERE last_name = 'Colin'`)
  await renew('2027-01-05')
  expect(await documentsOf(id)).toEqual([])
  await told.run(`UPDATE clients SET status = 'active' WHERE last_name = 'Colin'`)
  await renew('2027-01-05')
  expect(await documentsOf(id)).toHaveLength(1)
})

test('the figures equal a full recount after all that', async () => {
  const differing = await told.run(
    `SELECT * FROM (SELECT * FROM current_figures WHERE count <> 0 OR cents <> 0) kept
     FULL JOIN recounted_figures recounted USING (measure, day, dimension)
     WHERE (kept.count, kept.cents) IS DISTINCT FROM (recounted.count, recounted.cents)`,
  )
  expect(differing).toEqual([])
})
