import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { preparing } from '#platform/server/prepared.ts'
import { systemClock } from '#platform/server/clock.ts'
import { tellStories } from '../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../tests/harness/server.ts'
import { folding, proveFigures, type Report } from './proving.ts'
import { dashboardOf } from './reading.ts'

const server = await testServer()
const ask = preparing(server.db, server.pool)
/** Only the owner could falsify anything: the server may not write figures at all. */
const owner = new pg.Pool({
  connectionString: server.database.adminUrl,
  max: 1,
  options: '-c role=mgp_owner',
})
afterAll(() => owner.end())

const said: { level: 'info' | 'error'; facts: object }[] = []
const log: Report = {
  info: (facts) => void said.push({ level: 'info', facts }),
  error: (facts) => void said.push({ level: 'error', facts }),
}
const prove = async () => {
  said.length = 0
  await proveFigures(server.db, systemClock, log)
  return dashboardOf(ask, systemClock, undefined)
}

beforeAll(async () => {
  const told = await tellStories(server.pool)
  const claire = await told.client('Claire Morel')
  await told.subscribe(claire, { from: '2026-01-05' })
  await told.pay(await told.invoice(claire, { on: '2026-01-05', due: '2026-01-20' }), 1_000, '2026-01-19')
  await server.pool.query('SELECT fold_figures()')
})

test('before the first night nothing is proven and nothing is disproven', async () => {
  expect(await dashboardOf(ask, systemClock, undefined)).toMatchObject({ provenAt: null, disprovenAt: null })
})

test('figures that equal the facts are proven, and the dashboard says since when', async () => {
  const { provenAt, disprovenAt } = await prove()
  expect(said).toMatchObject([{ level: 'info', facts: { figures: 6 } }])
  expect(provenAt).not.toBeNull()
  expect(disprovenAt).toBeNull()
})

test('folding, every minute, leaves no delta behind and changes no figure', async () => {
  const figures = async () => (await server.pool.query('TABLE current_figures')).rows
  await server.pool.query(`UPDATE clients SET status = 'prospect'`)
  const before = await figures()
  await folding.run(server.db)
  expect((await server.pool.query('TABLE figure_deltas')).rows).toEqual([])
  expect((await figures()).filter(({ count }) => count !== 0)).toEqual(
    expect.arrayContaining(before.filter(({ count }) => count !== 0)),
  )
  await server.pool.query(`UPDATE clients SET status = 'active'`)
  await folding.run(server.db)
})

test('one figure falsified by its owner is found, named in the log as an error, and shown on the dashboard', async () => {
  await owner.query(`UPDATE figures SET cents = cents + 1 WHERE measure = 'revenue_excl'`)
  const { provenAt, disprovenAt } = await prove()
  expect(said).toMatchObject([
    {
      level: 'error',
      facts: {
        differing: 1,
        differences: [
          {
            measure: 'revenue_excl',
            day: '2026-01-05',
            dimension: '',
            kept: { count: 1, cents: 2_418 },
            recounted: { count: 1, cents: 2_417 },
          },
        ],
      },
    },
  ])
  expect(provenAt).not.toBeNull()
  expect(disprovenAt).not.toBeNull()
  await owner.query(`UPDATE figures SET cents = cents - 1 WHERE measure = 'revenue_excl'`)
  expect((await prove()).disprovenAt).toBeNull()
})

test('a figure that should not be there, and one that is missing, are found too', async () => {
  await owner.query(`UPDATE figures SET dimension = 'prospect|54' WHERE measure = 'clients'`)
  await prove()
  expect(said).toMatchObject([
    {
      facts: {
        differences: [
          { measure: 'clients', dimension: 'active|54', kept: null, recounted: { count: 1 } },
          { measure: 'clients', dimension: 'prospect|54', kept: { count: 1 }, recounted: null },
        ],
      },
    },
  ])
  await owner.query(`UPDATE figures SET dimension = 'active|54' WHERE measure = 'clients'`)
})

test('an amount paid that no allocation explains is found', async () => {
  // A database that refuses this too would have to be a broken one.
  await owner.query('ALTER TABLE invoices DISABLE TRIGGER issued_stays')
  await owner.query('UPDATE invoices SET paid_cents = 1500')
  await owner.query('ALTER TABLE invoices ENABLE TRIGGER issued_stays')
  await prove()
  expect(said).toMatchObject([
    { facts: { differences: [{ measure: 'unpaid', kept: { cents: 1_400 }, recounted: { cents: 1_900 } }] } },
  ])
})

test('the server itself can write neither figures nor what was paid', async () => {
  for (const statement of [
    'UPDATE figures SET cents = 0',
    `INSERT INTO figure_deltas (measure, day, dimension, count, cents) VALUES ('clients', 'epoch', 'active|', 1, 0)`,
    'UPDATE invoices SET paid_cents = 0',
    'DELETE FROM figure_proofs',
  ])
    await expect(server.pool.query(statement)).rejects.toThrow('permission denied')
})
