import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import {
  activateSubscription,
  addPlan,
  addPlanOption,
  cancelSubscription,
  changePlan,
  extendTrial,
  getSubscription,
  pauseSubscription,
  resumeSubscription,
  setSubscriptionOptions,
  startSubscription,
  type Plan,
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
    SELECT plan_id, months, '2020-01-01', price_cents * factor, vat_basis_points
    FROM plan_prices, (VALUES (1, 1), (12, 10)) sold (months, factor) WHERE price_cents >= 3000`)
})

const renew = (until = today) => renewDue(server.db, { until, companyId, vat: { taxed: true }, hold: false })

let number = 0
/** As what was taken over is: numbered, and nothing is frozen. */
async function issued(id: string): Promise<void> {
  for (const draft of await told.run(
    `SELECT id FROM invoices WHERE subscription_id = $1 AND state = 'draft' ORDER BY id`,
    id,
  ))
    await owner.query(
      `UPDATE invoices SET state = 'issued', origin = 'import', number = $2, issued_on = $3, due_on = $3 WHERE id = $1`,
      [draft['id'], `GB-${++number}`, today],
    )
}

/** Subscribed on a day, invoiced and issued. */
async function subscribed(
  from: string,
  over: { planId?: string; intervalMonths?: 1 | 12 } = {},
): Promise<Subscription> {
  const clientId = await told.client(`Sonia Lemoine${++number}`, { status: 'prospect' })
  const { id } = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: from, trialDays: 0, ...over },
  })
  await renew()
  await issued(id)
  return admin.call(getSubscription, { params: { id } })
}

/** What all its documents come to, and what waits for the next one. */
async function asked({
  client,
}: Pick<Subscription, 'client'>): Promise<{ documents: number; waits: number }> {
  const [row] = await told.run(
    `SELECT (SELECT coalesce(sum(total_excl_cents), 0)::bigint FROM invoices WHERE client_id = $1) AS documents,
       (SELECT coalesce(sum(round(quantity * unit_price_cents)), 0)::bigint FROM subscription_extras e
        JOIN subscriptions s ON s.id = subscription_id WHERE client_id = $1 AND invoice_id IS NULL) AS waits`,
    client.id,
  )
  return row as { documents: number; waits: number } // the statement above says so
}

const cancelNow = (one: Pick<Subscription, 'id' | 'revision'>, credit: boolean) =>
  admin.call(cancelSubscription, {
    params: { id: one.id },
    body: { revision: one.revision, when: 'now', credit },
  })

const change = (
  one: Pick<Subscription, 'id' | 'revision'>,
  plan: Plan,
  intervalMonths: 1 | 12 = 1,
): Promise<Subscription> =>
  admin.call(changePlan, {
    params: { id: one.id },
    body: { revision: one.revision, planId: plan.id, intervalMonths, when: 'now', prorated: true },
  })

const pause = (one: Pick<Subscription, 'id' | 'revision'>, credit: boolean) =>
  admin.call(pauseSubscription, {
    params: { id: one.id },
    body: { revision: one.revision, resumesOn: null, credit },
  })

test.for([
  ['the day a period began', '2026-11-10', 0],
  ['the day after', '2026-11-09', 100],
  ['its last day', '2026-10-11', 3_000 - 97],
] as const)('another interval on %s: what was used is paid, and a year is', async ([, from, used]) => {
  const yearly = await change(await subscribed(from), solo, 12)
  expect(yearly).toMatchObject({ nextPeriodOn: '2027-11-10', monthlyCents: 2_500 })
  await renew()
  expect(await asked(yearly)).toEqual({ documents: used + 30_000, waits: 0 })
})

test('who pauses and resumes on the day a period began pays it, once', async () => {
  const paused = await pause(await subscribed(today), true)
  expect(await asked(paused)).toEqual({ documents: 0, waits: 0 })
  const again = await admin.call(resumeSubscription, {
    params: { id: paused.id },
    body: { revision: paused.revision },
  })
  await renew()
  expect(await asked(again)).toEqual({ documents: 3_000, waits: 0 })
})

test('a second change within a period gives back what the first one charged', async () => {
  const before = await subscribed('2026-11-01')
  const dearer = await change(before, group)
  expect(await asked(dearer)).toEqual({ documents: 3_000, waits: 2_100 })
  const back = await change(dearer, solo)
  expect(back).toMatchObject({ monthlyCents: 3_000, plan: { name: 'Essentiel' } })
  expect(await asked(back)).toEqual({ documents: 3_000, waits: 0 })
})

test('another interval gives options back too', async () => {
  const option = await admin.call(addPlanOption, {
    body: { key: 'sms', name: 'SMS', monthlyCents: 900, vatBasisPoints: 2_000 },
  })
  const clientId = await told.client('Aline Perrin')
  const started = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: '2026-11-01', trialDays: 0 },
  })
  const chosen = await admin.call(setSubscriptionOptions, {
    params: { id: started.id },
    body: { revision: started.revision, options: [{ optionId: option.id, quantity: 1 }] },
  })
  await renew()
  await issued(started.id)
  expect(await asked(chosen)).toEqual({ documents: 3_900, waits: 0 })
  // 21 of 30 days go back of both; a year of the plan and twelve months of the option begin.
  await change(chosen, solo, 12)
  expect(await asked(chosen)).toEqual({ documents: 900 + 270 + 30_000 + 10_800, waits: 0 })
})

test('days that went back when it was paused do not go back again when it ends', async () => {
  const paused = await pause(await subscribed('2026-11-01'), true)
  expect(await asked(paused)).toEqual({ documents: 900, waits: 0 })
  const ended = await cancelNow(paused, true)
  expect(await asked(ended)).toEqual({ documents: 900, waits: 0 })
})

test('what a credit note took back already does not go back again', async () => {
  const one = await subscribed('2026-11-01')
  const [invoice] = await told.run(`SELECT id FROM invoices WHERE subscription_id = $1`, one.id)
  const note = await told.invoice(one.client.id, { on: today, excl: -2_500 })
  await owner.query(`SET session_replication_role = replica`)
  await owner.query(`UPDATE invoices SET original_id = $2 WHERE id = $1`, [note, invoice?.['id']])
  await owner.query(`SET session_replication_role = origin`)
  await cancelNow(one, true)
  // 21,00 € of days are left, and 5,00 € were not credited yet.
  expect(await asked(one)).toEqual({ documents: 0, waits: 0 })
})

test('what waits when it ends at once is asked for on a last invoice, and meets what goes back', async () => {
  const kept = await change(await subscribed('2026-11-01'), group)
  await cancelNow(kept, false)
  expect(await asked(kept)).toEqual({ documents: 3_000 + 2_100, waits: 0 })
  const given = await change(await subscribed('2026-11-01'), group)
  await cancelNow(given, true)
  expect(await asked(given)).toEqual({ documents: 900, waits: 0 })
})

test('what waits when it ends with its period is asked for by the clock', async () => {
  const dearer = await change(await subscribed('2026-11-01'), group)
  await admin.call(cancelSubscription, {
    params: { id: dearer.id },
    body: { revision: dearer.revision, when: 'period_end', credit: false },
  })
  now = new Date('2026-12-01T05:00:00Z')
  await moveByTheClock({ db: server.db, clock, log })
  now = new Date(`${today}T09:00:00Z`)
  expect(await asked(dearer)).toEqual({ documents: 3_000 + 2_100, waits: 0 })
})

test('two tabs that end it at once give its days back once', async () => {
  const one = await subscribed('2026-11-01')
  const body = { revision: one.revision, when: 'now', credit: true } as const
  const both = await Promise.all(
    [1, 2].map(() => admin.ask(cancelSubscription, { params: { id: one.id }, body })),
  )
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await asked(one)).toEqual({ documents: 900, waits: 0 })
})

test('who comes back after it ended with its days given back pays from the day they come back', async () => {
  const one = await subscribed('2026-10-11')
  await cancelNow(one, true)
  const again = await admin.refused(startSubscription, {
    body: { clientId: one.client.id, planId: solo.id, startsOn: '2026-10-11', trialDays: 0 },
  })
  expect(again.code).toBe('subscription_returns_too_soon')
  const later = await admin.call(startSubscription, {
    body: { clientId: one.client.id, planId: solo.id, startsOn: today, trialDays: 0 },
  })
  await renew()
  expect(later.id).not.toBe(one.id)
  expect(await asked(later)).toEqual({ documents: 2_903 + 3_000, waits: 0 })
})

test('options chosen during a trial stand on the first invoice, however early it ends', async () => {
  const clientId = await told.client('Odile Masson', { status: 'prospect' })
  const option = await admin.call(addPlanOption, {
    body: { key: 'fax', name: 'Fax', monthlyCents: 700, vatBasisPoints: 2_000 },
  })
  const trial = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: today, trialDays: 14 },
  })
  const chosen = await admin.call(setSubscriptionOptions, {
    params: { id: trial.id },
    body: { revision: trial.revision, options: [{ optionId: option.id, quantity: 1 }] },
  })
  await admin.call(activateSubscription, { params: { id: trial.id }, body: { revision: chosen.revision } })
  await renew()
  expect(await asked(trial)).toEqual({ documents: 3_700, waits: 0 })
})

test('what is subscribed for a day to come and cancelled before was never paid', async () => {
  const clientId = await told.client('Hervé Colas', { status: 'prospect' })
  const one = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: '2026-11-20', trialDays: 0 },
  })
  const ended = await cancelNow(one, false)
  expect(ended).toMatchObject({ status: 'ended', payingFrom: null, payingUntil: null })
})

test('a trial does not end in a month in which the client began to pay another subscription', async () => {
  const one = await subscribed('2026-11-01')
  await cancelNow(one, true)
  const trial = await admin.call(startSubscription, {
    body: { clientId: one.client.id, planId: solo.id, startsOn: today, trialDays: 30 },
  })
  const refused = await admin.refused(extendTrial, {
    params: { id: trial.id },
    body: { revision: trial.revision, endsOn: '2026-11-25', afterTrial: 'pays' },
  })
  // Two starts in one month would stop the renewal of everybody.
  expect(refused.code).toBe('subscription_returns_too_soon')
})
