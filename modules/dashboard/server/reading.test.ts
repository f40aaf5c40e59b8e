import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { getDashboard } from '#contract/dashboard'
import { preparing } from '#platform/server/prepared.ts'
import { tellStories, type Stories } from '../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { dashboardOf } from './reading.ts'

/** Tuesday 10 November 2026 in Paris, in the middle of a running month. */
const today = new Date('2026-11-10T09:00:00Z')
let now = today
const server = await testServer()
const ask = preparing(server.db, server.pool)
const admin = new pg.Pool({ connectionString: server.database.adminUrl, max: 1 })
afterAll(() => admin.end())
let told: Stories

beforeAll(async () => {
  told = await tellStories(server.pool)
})

afterEach(async () => {
  now = today
  // Each story begins on an empty page. What the server may not delete is deleted behind its back.
  // What nobody deletes is deleted with its triggers at rest.
  await admin.query(`
    BEGIN;
    SET LOCAL session_replication_role = 'replica';
    TRUNCATE clients, subscriptions, invoices, invoice_lines, payments, payment_allocations, figures, figure_deltas CASCADE;
    COMMIT`)
})

const dashboard = (month?: string) => dashboardOf(ask, { now: () => now }, month)

describe('revenue', () => {
  test('is that of the day an invoice bears, also when it was written late in the evening', async () => {
    const claire = await told.client('Claire Morel')
    // 31 October, 23:30 in Paris: in November nowhere but further east.
    await told.invoice(claire, { on: '2026-10-31', excl: 2_417 })
    now = new Date('2026-10-31T22:30:00Z')
    expect(await dashboard()).toMatchObject({
      month: '2026-10',
      revenue: { exclCents: 2_417, inclCents: 2_900, documents: 1 },
    })
  })

  test('loses what a credit note takes back, in the month of the credit note', async () => {
    const claire = await told.client('Claire Morel')
    await told.invoice(claire, { on: '2026-09-20', excl: 4_083 })
    await told.invoice(claire, { on: '2026-10-02', excl: 2_417 })
    await told.invoice(claire, { on: '2026-10-05', excl: -4_083 })
    expect((await dashboard('2026-09')).revenue).toMatchObject({ exclCents: 4_083, documents: 1 })
    expect((await dashboard('2026-10')).revenue).toMatchObject({
      exclCents: -1_666,
      inclCents: 2_900 - 4_900,
      documents: 2,
      change: -14_080,
    })
  })

  test('of the running month is compared with last month up to the same day, and shown beside the whole of it', async () => {
    const claire = await told.client('Claire Morel')
    await told.invoice(claire, { on: '2026-10-10', excl: 10_000 })
    await told.invoice(claire, { on: '2026-10-11', excl: 50_000 })
    await told.invoice(claire, { on: '2026-11-10', excl: 12_500 })
    expect((await dashboard()).revenue).toMatchObject({
      exclCents: 12_500,
      lastMonth: { exclCents: 60_000, lines: { filter: { issuedIn: '2026-10' } } },
      lastMonthSoFar: {
        exclCents: 10_000,
        until: '2026-10-10',
        lines: { filter: { issuedIn: '2026-10', issuedUntil: '2026-10-10' } },
      },
      change: 2_500,
    })
  })

  test('of the 31st stands against the whole of a month that has thirty days', async () => {
    now = new Date('2026-10-31T12:00:00Z')
    await told.invoice(await told.client('Claire Morel'), { on: '2026-09-30', excl: 100 })
    expect((await dashboard()).revenue.lastMonthSoFar).toMatchObject({ until: '2026-09-30', exclCents: 100 })
  })

  test('without a month before has no change, rather than an endless one', async () => {
    await told.invoice(await told.client('Claire Morel'), { on: '2026-11-02' })
    expect((await dashboard()).revenue).toMatchObject({ lastMonth: null, lastMonthSoFar: null, change: null })
  })

  test('of drafts is none', async () => {
    await told.invoice(await told.client('Claire Morel'), { on: '2026-11-02', draft: true })
    expect((await dashboard()).revenue).toMatchObject({ exclCents: 0, documents: 0 })
  })

  test('is charted for six months, each beside the one a year before where there was one', async () => {
    const claire = await told.client('Claire Morel')
    await told.invoice(claire, { on: '2026-06-30', excl: 600 })
    await told.invoice(claire, { on: '2025-06-01', excl: 500 })
    await told.invoice(claire, { on: '2026-05-31', excl: 9_999 })
    const { revenueByMonth } = await dashboard()
    expect(
      revenueByMonth.map(({ month, exclCents, yearBefore }) => [
        month,
        exclCents,
        yearBefore?.exclCents ?? null,
      ]),
    ).toEqual([
      ['2026-06', 600, 500],
      ['2026-07', 0, null],
      ['2026-08', 0, null],
      ['2026-09', 0, null],
      ['2026-10', 0, null],
      ['2026-11', 0, null],
    ])
  })
})

describe('what is owed', () => {
  test('is what is left of an invoice paid in two parts, and nothing once both are there', async () => {
    const claire = await told.client('Claire Morel')
    const invoice = await told.invoice(claire, { on: '2026-10-01', due: '2026-10-16' })
    await told.pay(invoice, 1_000, '2026-10-12')
    expect(await dashboard()).toMatchObject({
      unpaid: { count: 1, cents: 1_900, oldestDueOn: '2026-10-16', oldestDaysLate: 25 },
      overdue: { count: 1, cents: 1_900, oldestDaysLate: 25 },
    })
    await told.pay(invoice, 1_900, '2026-11-09')
    expect(await dashboard()).toMatchObject({
      unpaid: { count: 0, cents: 0, oldestDueOn: null, oldestDaysLate: 0 },
      overdue: { count: 0, cents: 0, oldestDueOn: null, oldestDaysLate: 0 },
    })
  })

  test('is late from the day after it was due, by the clock of Paris', async () => {
    await told.invoice(await told.client('Claire Morel'), { on: '2026-10-26', due: '2026-11-10' })
    now = new Date('2026-11-10T22:59:00Z')
    expect(await dashboard()).toMatchObject({
      unpaid: { count: 1, oldestDaysLate: 0 },
      overdue: { count: 0, oldestDueOn: null },
    })
    now = new Date('2026-11-10T23:00:00Z')
    expect(await dashboard()).toMatchObject({
      unpaid: { count: 1, oldestDaysLate: 1 },
      overdue: { count: 1, oldestDueOn: '2026-11-10' },
    })
  })

  test('is never a credit note', async () => {
    await told.invoice(await told.client('Claire Morel'), { on: '2026-10-01', excl: -5_000 })
    expect((await dashboard()).unpaid).toMatchObject({ count: 0, cents: 0 })
  })
})

describe('who pays', () => {
  test('a client who leaves is churn, one who returns is new again, and the money follows', async () => {
    const noemie = await told.client('Noémie Petit')
    await told.subscribe(noemie, { from: '2026-06-15', until: '2026-09-15', status: 'ended' })
    await told.subscribe(noemie, { from: '2026-11-03', cents: 4_083 })
    const hugo = await told.client('Hugo Roche')
    await told.subscribe(hugo, { from: '2026-06-01' })

    expect(await dashboard('2026-06')).toMatchObject({
      mrr: { on: '2026-06-30', cents: 4_834, subscriptions: 2, lastMonth: null, change: null },
      newClients: { count: 2 },
    })
    expect(await dashboard('2026-09')).toMatchObject({
      mrr: { cents: 2_417, subscriptions: 1, change: -5_000 },
      churn: { count: 1, monthlyCents: 2_417, base: { on: '2026-08-31', count: 2 }, rate: 5_000 },
    })
    expect(await dashboard('2026-10')).toMatchObject({
      mrr: { subscriptions: 1 },
      newClients: { count: 0 },
      churn: { count: 0, rate: 0 },
    })
    expect(await dashboard('2026-11')).toMatchObject({
      mrr: { on: '2026-11-10', cents: 6_500 },
      newClients: { count: 1, monthlyCents: 4_083 },
    })
  })

  test('the first of a month is a border: who stops on it paid all of the month before', async () => {
    await told.subscribe(await told.client('Noémie Petit'), {
      from: '2026-08-01',
      until: '2026-10-01',
      status: 'ended',
    })
    expect(await dashboard('2026-09')).toMatchObject({
      mrr: { on: '2026-09-30', subscriptions: 1 },
      churn: { count: 0 },
    })
    expect(await dashboard('2026-10')).toMatchObject({
      mrr: { subscriptions: 0 },
      churn: { count: 1, rate: 10_000 },
    })
  })

  test('who gave notice pays until the last day, and who begins tomorrow does not pay yet', async () => {
    await told.subscribe(await told.client('Noémie Petit'), {
      from: '2026-08-01',
      until: '2026-11-25',
      status: 'cancelled',
    })
    await told.subscribe(await told.client('Hugo Roche'), { from: '2026-11-11', status: 'trialing' })
    expect(await dashboard()).toMatchObject({
      mrr: { on: '2026-11-10', subscriptions: 1 },
      newClients: { count: 0 },
      churn: { count: 0 },
    })
  })

  test('without anybody who paid, the churn rate is unknown rather than nought', async () => {
    expect(await dashboard()).toMatchObject({
      churn: { count: 0, base: { count: 0 }, rate: null },
      firstMonth: null,
    })
  })

  test('a subscription stays counted when its client is put into the trash, and the client does not', async () => {
    const noemie = await told.client('Noémie Petit')
    await told.subscribe(noemie, { from: '2026-08-01' })
    await told.run('UPDATE clients SET trashed_at = now()')
    expect(await dashboard()).toMatchObject({
      clients: { total: 0 },
      mrr: { subscriptions: 1, lines: { filter: { payingOn: '2026-11-10', trash: 'any' } } },
    })
  })
})

describe('the period', () => {
  test('is the running month in Paris, which begins before it does in London', async () => {
    now = new Date('2026-11-30T23:00:00Z')
    expect(await dashboard()).toMatchObject({ month: '2026-12', today: '2026-12-01', monthIsOver: false })
  })

  test('that is over counts to its last day', async () => {
    expect(await dashboard('2026-02')).toMatchObject({ monthIsOver: true, mrr: { on: '2026-02-28' } })
  })

  test('to come, or that is no month, is refused by name', async () => {
    const direction = await server.as('direction')
    const refused = (month: string) => direction.refused(getDashboard, { query: { month } })
    expect(await refused('2199-12')).toMatchObject({
      status: 400,
      fields: [{ path: 'month', code: 'month_to_come' }],
    })
    for (const month of ['2026-13', '2026', 'now', '0000-01'])
      expect(await refused(month)).toMatchObject({
        status: 400,
        fields: [{ path: 'month', code: 'month_wrong' }],
      })
  })
})

test('who may not read the dashboard is told so', async () => {
  expect(await (await server.as('support')).refused(getDashboard, { query: {} })).toMatchObject({
    status: 403,
  })
})
