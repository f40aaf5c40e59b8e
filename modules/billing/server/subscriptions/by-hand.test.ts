/** What people do to documents by themselves: credit, discount, discard and correct them; and the subscription goes by it. */
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import {
  addExtra,
  addPlan,
  cancelSubscription,
  changePlan,
  discardDraft,
  draftCorrection,
  draftCreditNote,
  getDraft,
  getSubscription,
  pauseSubscription,
  removeExtra,
  resumeSubscription,
  saveDraft,
  setInternalNote,
  startSubscription,
  type Plan,
  type Subscription,
} from '#contract/billing'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import type { Browserless } from '../../../../tests/harness/browserless.ts'
import { tellStories, type Stories } from '../../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { renewDue } from '../renewal/renewing.ts'
import { weighDebts } from './debts.ts'

const today = '2026-11-10'
let now = new Date(`${today}T09:00:00Z`)
const clock = { now: () => now }
const server = await testServer({ clock })
const owner = new pg.Client({ connectionString: server.database.adminUrl })
await owner.connect()
atTheEnd(() => owner.end())
let told: Stories
let companyId: string
let admin: Browserless
let solo: Plan
let group: Plan
let care: string

beforeAll(async () => {
  told = await tellStories(server.pool)
  companyId = String((await told.run(`SELECT id FROM billing_companies WHERE key = 'main'`))[0]?.['id'])
  admin = await server.as('administrator')
  const plan = (key: string, name: string, monthlyCents: number) =>
    admin.call(addPlan, { body: { key, name, description: `Abonnement ${name}`, monthlyCents } })
  solo = await plan('essentiel', 'Essentiel', 3_000)
  group = await plan('groupe', 'Groupe', 6_000)
  care = String(
    (
      await told.run(
        `INSERT INTO plans (key, name, monthly_cents) VALUES ('soin', 'Soin', 6001) RETURNING id`,
      )
    )[0]?.['id'],
  )
  await told.run(
    `INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
     VALUES ($1, 1, '2020-01-01', 6001, 1000)`,
    care,
  )
  await told.run(`INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
    SELECT plan_id, months, '2020-01-01', price_cents * factor, vat_basis_points
    FROM plan_prices, (VALUES (1, 1), (12, 10)) sold (months, factor) WHERE price_cents >= 3000 AND vat_basis_points = 2000`)
})

const renew = () => renewDue(server.db, { until: today, companyId, vat: { taxed: true }, hold: false })

let number = 0
/** As what was taken over is: numbered, and nothing is frozen. */
async function issued({ client }: Pick<Subscription, 'client'>): Promise<void> {
  for (const draft of await told.run(
    `SELECT id FROM invoices WHERE client_id = $1 AND state = 'draft' ORDER BY id`,
    client.id,
  ))
    await owner.query(
      `UPDATE invoices SET state = 'issued', origin = 'import', number = $2, issued_on = $3, due_on = $3 WHERE id = $1`,
      [draft['id'], `BH-${++number}`, today],
    )
}

/** Subscribed on a day and invoiced; a one-off line stands on the first invoice. */
async function subscribed(
  from: string,
  { plan = solo, intervalMonths = 1 as 1 | 12, oneOff = 0, drafts = false } = {},
): Promise<Subscription> {
  const clientId = await told.client(`Sonia Lemoine${++number}`, { status: 'prospect' })
  const { id } = await admin.call(startSubscription, {
    body: { clientId, planId: plan.id, intervalMonths, startsOn: from, trialDays: 0 },
  })
  if (oneOff > 0)
    await admin.call(addExtra, {
      params: { id },
      body: { description: 'Formation', quantity: '1', unitPriceCents: oneOff, vatBasisPoints: 2_000 },
    })
  await renew()
  const one = await seen({ id })
  if (!drafts) await issued(one)
  return one
}

const seen = ({ id }: Pick<Subscription, 'id'>) => admin.call(getSubscription, { params: { id } })

/** The document of its latest period. */
const latest = ({ periods }: Subscription) => ({ id: periods[0]?.invoiceId ?? '' })

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

const credited = (one: Subscription, positions: number[] | null = null) =>
  admin.call(draftCreditNote, { params: latest(one), body: { positions, reason: 'Geste commercial' } })

const cancelNow = async (one: Pick<Subscription, 'id'>) =>
  admin.call(cancelSubscription, {
    params: { id: one.id },
    body: { revision: (await seen(one)).revision, when: 'now', credit: true },
  })

const change = async (one: Pick<Subscription, 'id'>, planId: string, intervalMonths: 1 | 12 = 1) =>
  admin.call(changePlan, {
    params: { id: one.id },
    body: {
      revision: (await seen(one)).revision,
      planId,
      intervalMonths,
      when: 'now',
      prorated: true,
    },
  })

const discounted = async (one: Subscription, basisPoints: number, params = latest(one)) => {
  const { id, revision, ...draft } = await admin.call(getDraft, { params })
  const { wantedOn, suppliedOn, period, paymentDays, paymentMeans, orderReference, note, lines } = draft
  const kept = { wantedOn, suppliedOn, period, paymentDays, paymentMeans, orderReference, note, lines }
  const discount = { basisPoints, cents: 0, label: 'Geste commercial' }
  await admin.call(saveDraft, { params: { id }, body: { revision, ...kept, discount } })
}

async function noteOf({ client }: Pick<Subscription, 'client'>): Promise<string> {
  const [note] = await told.run(`SELECT id FROM invoices WHERE client_id = $1 AND type_code = 381`, client.id)
  return String(note?.['id'])
}

test.for([
  ['it ends', cancelNow, { documents: 3_000, waits: 0 }],
  [
    'it is paused',
    async (one: Subscription) =>
      admin.call(pauseSubscription, {
        params: { id: one.id },
        body: { revision: one.revision, resumesOn: null, credit: true },
      }),
    { documents: 3_000, waits: 0 },
  ],
  // 21 of 30 days of the other plan.
  ['the plan changes', (one: Subscription) => change(one, group.id), { documents: 3_000, waits: 4_200 }],
  [
    'a year begins',
    async (one: Subscription) => {
      await change(one, solo.id, 12)
      await renew()
    },
    { documents: 3_000 + 30_000, waits: 0 },
  ],
] as const)(
  'days that a person credited do not go back again, from the month before: %s',
  async ([, act, comesTo]) => {
    now = new Date('2026-10-01T09:00:00Z')
    const { id } = await subscribed('2026-10-01')
    now = new Date(`${today}T09:00:00Z`)
    await renew()
    const one = await seen({ id })
    await issued(one)
    await credited(one)
    await act(one)
    expect(await asked(one)).toEqual(comesTo)
  },
)

test('days that a person credited do not go back out of what stands beside them', async () => {
  const one = await subscribed(today, { oneOff: 20_000 })
  await credited(one, [1])
  await cancelNow(one)
  expect(await asked(one)).toEqual({ documents: 20_000, waits: 0 })
})

test('who was credited something beside their days has these back all the same', async () => {
  const one = await subscribed(today, { oneOff: 20_000 })
  await credited(one, [2])
  await cancelNow(one)
  expect(await asked(one)).toEqual({ documents: 0, waits: 0 })
})

test('a new period bears what goes back of the one before, and both go back when it ends on its day', async () => {
  const one = await subscribed('2026-11-01')
  await change(one, group.id, 12)
  await renew()
  expect(await asked(one)).toEqual({ documents: 900 + 60_000, waits: 0 })
  await issued(one)
  await cancelNow(one)
  expect(await asked(one)).toEqual({ documents: 900, waits: 0 })
})

test('a draft that is discarded takes with it what a change within its days had to ask for and give back', async () => {
  const drafted = await subscribed('2026-11-01', { drafts: true })
  const earlier = await told.invoice(drafted.client.id, { on: '2026-10-01', excl: 3_000 })
  await owner.query(`SET session_replication_role = replica`)
  await owner.query(`UPDATE invoices SET subscription_id = $2 WHERE id = $1`, [earlier, drafted.id])
  await owner.query(`SET session_replication_role = origin`)
  await change(drafted, group.id)
  expect(await asked(drafted)).toEqual({ documents: 3_000 + 3_000, waits: 2_100 })
  await admin.call(discardDraft, { params: latest(drafted) })
  expect(await asked(drafted)).toEqual({ documents: 3_000, waits: 0 })
  await cancelNow(drafted)
  expect(await asked(drafted)).toEqual({ documents: 3_000, waits: 0 })
})

test('days go back of the invoice that corrects the first one, and who does not pay it is behind', async () => {
  const one = await subscribed('2026-11-01')
  await credited(one)
  await issued(one)
  const correction = await admin.call(draftCorrection, { params: latest(one) })
  await issued(one)
  expect(await seen(one)).toMatchObject({ periods: [{ invoiceId: correction.id }] })
  await weighDebts(server.db, '2026-12-01')
  expect((await seen(one)).status).toBe('past_due')
  await cancelNow(one)
  expect(await asked(one)).toEqual({ documents: 900, waits: 0 })
  const notes = await told.run(
    `SELECT original_id FROM invoices WHERE client_id = $1 AND type_code = 381 AND state = 'draft'`,
    one.client.id,
  )
  expect(notes).toEqual([{ original_id: correction.id }])
})

test('a correction that is a draft still asks for fewer days', async () => {
  const one = await subscribed('2026-11-01')
  await credited(one)
  await issued(one)
  await admin.call(draftCorrection, { params: latest(one) })
  await cancelNow(one)
  expect(await asked(one)).toEqual({ documents: 900, waits: 0 })
})

test('a discount on the whole document is taken off the days that go back', async () => {
  const one = await subscribed('2026-11-01', { drafts: true, oneOff: 1_000 })
  await discounted(one, 1_000)
  await issued(one)
  await cancelNow(one)
  // 21 of 30 days of 27,00 €.
  expect(await asked(one)).toEqual({ documents: 2_700 + 900 - 1_890, waits: 0 })
})

test('what is taken off a draft with a discount comes off to the cent', async () => {
  const one = await subscribed('2026-11-01', { drafts: true, oneOff: 1_000 })
  await discounted(one, 1_000)
  await cancelNow(one)
  expect(await asked(one)).toEqual({ documents: 2_700 + 900 - 1_890, waits: 0 })
  const [{ excl, lines } = {}] = await told.run(
    `SELECT total_excl_cents AS excl, (SELECT sum(excl_cents)::bigint FROM invoice_lines WHERE invoice_id = i.id) AS lines
     FROM invoices i WHERE client_id = $1`,
    one.client.id,
  )
  expect(lines).toBe(excl)
})

test('a change between two rates that is dropped takes back its credit note', async () => {
  const one = await subscribed('2026-11-01')
  const { extras } = await change(one, care)
  // 21 of 30 days of 60,01 € wait at another rate, 21,00 € go back at once.
  expect(await asked(one)).toEqual({ documents: 900, waits: 4_201 })
  const note = await noteOf(one)
  await admin.call(removeExtra, { params: { id: one.id, extraId: extras[0]?.id ?? '' } })
  const [logged] = await entriesOf(server, { verb: 'subscription.extra_removed', object: one.id })
  expect(logged?.after).toMatchObject({ creditNoteIds: [note] })
  expect(await asked(one)).toEqual({ documents: 3_000, waits: 0 })
  await cancelNow(one)
  expect(await asked(one)).toEqual({ documents: 900, waits: 0 })
})

test.for([
  ['changed', (one: Subscription, id: string) => discounted(one, 1_000, { id })],
  [
    'noted something on',
    (_one: Subscription, id: string) =>
      admin.call(setInternalNote, { params: { id }, body: { note: 'Vu avec elle', was: '' } }),
  ],
] as const)(
  'a change between two rates is not dropped once a person %s its credit note',
  async ([, touch]) => {
    const one = await subscribed('2026-11-01')
    const { extras } = await change(one, care)
    await touch(one, await noteOf(one))
    const before = await asked(one)
    const refused = await admin.refused(removeExtra, {
      params: { id: one.id, extraId: extras[0]?.id ?? '' },
    })
    expect(refused.code).toBe('proration_given_back')
    expect(await asked(one)).toEqual(before)
  },
)

test.for([
  ['its credit note was issued', false],
  ['a draft asks for less since', true],
] as const)('a change between two rates is not dropped where %s', async ([, drafts]) => {
  const one = await subscribed('2026-11-01', { drafts })
  const { extras } = await change(one, care)
  const before = await asked(one)
  if (!drafts) await issued(one)
  const refused = await admin.refused(removeExtra, {
    params: { id: one.id, extraId: extras[0]?.id ?? '' },
  })
  expect(refused.code).toBe('proration_given_back')
  expect(await asked(one)).toEqual(before)
})

test.for([
  ['2026-11-01', { documents: 3_000 + 3_000, waits: 0 }],
  ['its first day', { documents: 3_000 + 3_000, waits: 0 }],
] as const)(
  'who is paused from %s has their days again once the credit note of it is discarded, and pays none of them twice',
  async ([from, comesTo]) => {
    const one = await subscribed(from === 'its first day' ? today : from)
    const paused = await admin.call(pauseSubscription, {
      params: { id: one.id },
      body: { revision: one.revision, resumesOn: null, credit: true },
    })
    await admin.call(discardDraft, { params: { id: await noteOf(one) } })
    const again = await admin.call(resumeSubscription, {
      params: { id: one.id },
      body: { revision: paused.revision },
    })
    expect(again.nextPeriodOn).toBe(from === 'its first day' ? '2026-12-10' : '2026-12-01')
    await renewDue(server.db, { until: '2026-12-15', companyId, vat: { taxed: true }, hold: false })
    expect(await asked(one)).toEqual(comesTo)
  },
)

test('a coupon takes something off as many periods as it is for, whatever goes back and comes again', async () => {
  await told.run(`INSERT INTO coupons (code, percent_basis_points, periods) VALUES ('ONCE', 1000, 1)`)
  const clientId = await told.client(`Sonia Lemoine${++number}`, { status: 'prospect' })
  const { id } = await admin.call(startSubscription, {
    body: { clientId, planId: solo.id, startsOn: today, trialDays: 0, couponCode: 'ONCE' },
  })
  await renew()
  const one = await seen({ id })
  await issued(one)
  const usesLeft = async () =>
    (await told.run(`SELECT periods_left FROM subscription_coupons WHERE subscription_id = $1`, id))[0]
  const pause = async () =>
    admin.call(pauseSubscription, {
      params: { id },
      body: { revision: (await seen({ id })).revision, resumesOn: null, credit: true },
    })
  const resume = async () =>
    admin.call(resumeSubscription, { params: { id }, body: { revision: (await seen({ id })).revision } })
  const discard = async () => {
    const [note] = await told.run(
      `SELECT id FROM invoices WHERE client_id = $1 AND type_code = 381`,
      clientId,
    )
    await admin.call(discardDraft, { params: { id: String(note?.['id']) } })
  }
  for (const _ of [1, 2]) {
    await pause()
    expect(await usesLeft()).toEqual({ periods_left: 1 })
    await discard()
    expect(await usesLeft()).toEqual({ periods_left: 0 })
    await resume()
  }
  await renewDue(server.db, { until: '2026-12-15', companyId, vat: { taxed: true }, hold: false })
  expect(await asked(one)).toEqual({ documents: 2_700 + 3_000, waits: 0 })
})

test('who comes back has the days back of the correction too', async () => {
  const one = await subscribed('2026-11-01', { intervalMonths: 12 })
  await credited(one)
  await issued(one)
  await admin.call(draftCorrection, { params: latest(one) })
  await issued(one)
  const paused = await admin.call(pauseSubscription, {
    params: { id: one.id },
    body: { revision: (await seen(one)).revision, resumesOn: null, credit: false },
  })
  await owner.query(
    `UPDATE subscriptions SET paying_from = '2026-08-01', paused_on = '2026-09-30', paying_until = '2026-09-30' WHERE id = $1`,
    [one.id],
  )
  const again = await admin.call(resumeSubscription, {
    params: { id: paused.id },
    body: { revision: paused.revision },
  })
  expect(again.id).not.toBe(one.id)
  await cancelNow(again)
  // 356 of 365 days go back.
  expect(await asked(one)).toEqual({ documents: 30_000 - 29_260, waits: 0 })
})
