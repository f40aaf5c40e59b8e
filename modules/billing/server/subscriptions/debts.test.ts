import pg from 'pg'
import { expect, test } from 'vitest'
import { atTheEnd } from '../../../../tests/harness/at-the-end.ts'
import { tellStories } from '../../../../tests/harness/billing-stories.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { weighDebts } from './debts.ts'

const server = await testServer({ clock: { now: () => new Date('2026-11-10T09:00:00Z') } })
const told = await tellStories(server.pool)
const owner = new pg.Client({ connectionString: server.database.adminUrl })
await owner.connect()
atTheEnd(() => owner.end())

/** Somebody whose invoice is overdue. */
async function owing(name: string, nextPeriodOn: string): Promise<string> {
  const client = await told.client(name)
  const id = await told.subscribe(client, { from: '2026-01-01' })
  await told.run(`UPDATE subscriptions SET next_period_on = $2 WHERE id = $1`, id, nextPeriodOn)
  const invoice = await told.invoice(client, { on: '2026-10-01' })
  await owner.query(`SET session_replication_role = replica`)
  await owner.query(`UPDATE invoices SET subscription_id = $2 WHERE id = $1`, [invoice, id])
  await owner.query(`SET session_replication_role = origin`)
  return id
}

test('whoever weighs debts waits for a renewal that holds the same subscriptions, and neither stops the other', async () => {
  const last = await owing('Sonia Lemoine', '2026-12-01')
  const first = await owing('Aline Perrin', '2026-11-15')
  const renewal = await server.pool.connect()
  try {
    await renewal.query('BEGIN')
    await renewal.query(`SELECT FROM subscriptions WHERE id = $1 FOR NO KEY UPDATE`, [first])
    const weighing = weighDebts(server.db, '2026-11-10')
    await expect
      .poll(
        async () =>
          (
            await owner.query(
              `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
            )
          ).rowCount,
        { timeout: 20_000 },
      )
      .toBe(1)
    await renewal.query(`SELECT FROM subscriptions WHERE id = $1 FOR NO KEY UPDATE`, [last])
    await renewal.query('COMMIT')
    expect(await weighing).toBe(2)
  } finally {
    renewal.release()
  }
  const states = await told.run(`SELECT status FROM subscriptions WHERE id IN ($1, $2)`, first, last)
  expect(states).toEqual([{ status: 'past_due' }, { status: 'past_due' }])
})
