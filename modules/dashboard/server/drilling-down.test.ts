import { beforeAll, expect, test } from 'vitest'
import { listInvoices, listUnpaid } from '#contract/billing'
import { listClients } from '#contract/clients'
import { getDashboard, type Dashboard, type Lines } from '#contract/dashboard'
import { insertRows } from '../../../apps/server/demonstration/rows.ts'
import { smallRows } from '../../../apps/server/demonstration/small.ts'
import { staffByRole } from '../../../apps/server/demonstration/standing.ts'
import { openBrowserless } from '../../../tests/harness/browserless.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { monthsLater } from './periods.ts'

/** Held by the tests; it only ever goes forward, since a code of the second factor is good once. */
let now = new Date('2026-11-21T09:00:00Z')
const clock = { now: () => now }
const server = await testServer({ clock })

beforeAll(async () => {
  const rows = smallRows('2026-11-21', await staffByRole(server.db))
  await server.db.transaction().execute((db) => insertRows(db, rows))
})

/** A figure with the list behind it, wherever in the answer it stands. */
type Figure = { at: string; lines: Lines } & Partial<Record<string, unknown>>

function figuresIn(value: unknown, at = ''): Figure[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([name, part]) =>
    name === 'lines' ? [] : figuresIn(part, `${at}.${name}`),
  )
  return 'lines' in value ? [{ ...value, at } as Figure, ...inside] : inside
}

/** What the list counts and sums, in the words of the figure. */
async function counted({ list, filter }: Lines): Promise<Record<string, unknown>> {
  const direction = await session
  if (list === 'clients') {
    const { total, sums } = await direction.call(listClients, { query: { ...filter, limit: 1 } as never }) // its filters, as the address bears them
    return {
      count: total,
      subscriptions: total,
      total,
      // MRR is the only money of clients that is called `cents`.
      ...(sums && { monthlyCents: sums.monthlyCents, cents: sums.monthlyCents }),
    }
  }
  if (list === 'unpaid') {
    const { total, outstandingCents } = await direction.call(listUnpaid, { query: { limit: 1 } })
    return { count: total, cents: outstandingCents }
  }
  const { total, sums } = await direction.call(listInvoices, { query: { ...filter, limit: 1 } })
  return {
    count: total,
    documents: total,
    exclCents: sums?.exclCents,
    inclCents: sums?.inclCents,
    cents: sums?.outstandingCents,
  }
}

let session: ReturnType<ReturnType<typeof openBrowserless>['signIn']>

test.for([
  ['in the middle of a month', '2026-11-21T09:00:00Z'],
  ['on the last evening of a month, when it is the next one elsewhere', '2026-11-30T22:30:00Z'],
  [
    'on the first minute of a month in Paris, when it is still the last one in London',
    '2026-11-30T23:00:00Z',
  ],
  ['after some who gave notice have left and trials have ended', '2027-01-02T09:00:00Z'],
])('every figure is what its list counts and sums, %s', async ([, instant]) => {
  now = new Date(instant!)
  session = openBrowserless(server.app).signIn('direction')
  const direction = await session
  const { month: running } = await direction.call(getDashboard, { query: {} })
  for (const monthsAgo of [0, 1, 2, 7, 19, 25]) {
    const month = monthsLater(running, -monthsAgo)
    const dashboard = await direction.call(getDashboard, { query: { month } })
    const figures = figuresIn(dashboard)
    expect(figures.length).toBeGreaterThan(25)
    for (const figure of figures) {
      const list = await counted(figure.lines)
      const known = Object.keys(list).filter((name) => name in figure)
      expect(known.length, figure.at).toBeGreaterThan(0)
      expect({ [figure.at]: pick(figure, known), month }).toEqual({ [figure.at]: pick(list, known), month })
    }
    await expectMoneyOfClients(dashboard)
  }
})

const pick = (from: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, from[name]]))

/** What clients pay, counted once more from their subscriptions: list and figure must not be wrong together. */
async function expectMoneyOfClients({
  mrr,
  newClients,
  churn,
  month,
  subscriptions,
  today,
}: Dashboard): Promise<void> {
  const sum = async (where: string, ...values: unknown[]) => {
    const { rows } = await server.pool.query(
      `SELECT coalesce(sum(monthly_cents), 0)::bigint AS cents FROM subscriptions WHERE ${where}`,
      values,
    )
    return rows[0].cents as number
  }
  const first = `${month}-01`
  const during = (column: string) =>
    sum(
      `${column} >= $1::date AND ${column} < $1::date + interval '1 month' AND ${column} <= $2::date`,
      first,
      today,
    )
  expect(mrr.cents).toBe(
    await sum('paying_from <= $1::date AND (paying_until > $1::date OR paying_until IS NULL)', mrr.on),
  )
  expect(newClients.monthlyCents).toBe(await during('paying_from'))
  expect(churn.monthlyCents).toBe(await during('paying_until'))
  for (const { status, monthlyCents } of subscriptions)
    expect(monthlyCents).toBe(await sum('is_current AND status = $1', status))
}

test('the demonstration shows every kind of figure, none of them empty', async () => {
  const direction = await session
  const dashboard = await direction.call(getDashboard, { query: { month: '2026-11' } })
  expect(dashboard.overdue).toMatchObject({ oldestDueOn: '2026-09-20' })
  for (const { status, count } of [...dashboard.subscriptions, ...dashboard.clients.byStatus])
    expect([status, count > 0]).toEqual([status, true])
  for (const { exclCents, yearBefore } of dashboard.revenueByMonth) {
    expect(exclCents).toBeGreaterThan(0)
    expect(yearBefore?.exclCents).toBeGreaterThan(0)
  }
})
