import pg from 'pg'
import { expect, test } from 'vitest'
import {
  importBankFile,
  listBankTransactions,
  matchSureBankTransactions,
  uploadBankFile,
} from '#contract/billing'
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
  expect(await besideRenewal(first, last, () => weighDebts(server.db, '2026-11-10'))).toBe(2)
  expect(await statusOf(first, last)).toEqual(['past_due', 'past_due'])
})

test('so does who books many payments at once, whatever the order in which the bank tells of them', async () => {
  const last = await owing('Odile Masson', '2026-12-01')
  const first = await owing('Hervé Colas', '2026-11-15')
  await weighDebts(server.db, '2026-11-10')
  const numbers = await Promise.all([last, first].map(numberOwed))
  const lines = numbers.map((number) => `09/11/2026;VIR SEPA ${number};29,00`)
  const file = new Blob([['Date;Libellé;Montant', ...lines].join('\n')], { type: 'text/csv' })
  const billing = await server.as('billing')
  const { id: fileId } = await billing.call(uploadBankFile, { query: { name: 'releve.csv' }, file })
  const { id } = await billing.call(importBankFile, { body: { fileId } })
  const { rows } = await billing.call(listBankTransactions, { query: { import: id } })
  const ids = rows.map((row) => row.id)
  const { matched } = await besideRenewal(first, last, () =>
    billing.call(matchSureBankTransactions, { body: { ids } }),
  )
  expect(matched).toHaveLength(2)
  expect(await statusOf(first, last)).toEqual(['active', 'active'])
})

async function numberOwed(subscription: string): Promise<string> {
  const [row] = await told.run(`SELECT number FROM invoices WHERE subscription_id = $1`, subscription)
  return String(row?.['number'])
}

const statusOf = async (...ids: string[]) =>
  (await told.run(`SELECT status FROM subscriptions WHERE id = ANY ($1)`, ids)).map(({ status }) => status)

/** While a renewal holds the first and comes to the last one. */
async function besideRenewal<Done>(first: string, last: string, act: () => Promise<Done>): Promise<Done> {
  const renewal = await server.pool.connect()
  try {
    await renewal.query('BEGIN')
    await renewal.query(`SELECT FROM subscriptions WHERE id = $1 FOR NO KEY UPDATE`, [first])
    const acting = act()
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
    // Whoever waits for the first holds none after it: else both would wait in a circle.
    await renewal.query(`SELECT FROM subscriptions WHERE id = $1 FOR NO KEY UPDATE NOWAIT`, [last])
    await renewal.query('COMMIT')
    return await acting
  } finally {
    renewal.release()
  }
}
