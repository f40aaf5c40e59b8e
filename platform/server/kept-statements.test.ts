import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../tests/harness/database.ts'
import { centralDb, openPool, sql } from './db.ts'
import { keptStatement } from './kept-statements.ts'

const { appUrl } = await testDatabase()
const pool = openPool(appUrl, { max: 1 })
const db = centralDb(pool)
afterAll(() => db.destroy())

const say = keptStatement("select set_config('mgp.said', $1, false)")
const said = async () =>
  (await sql<{ said: string }>`select current_setting('mgp.said') as said`.execute(db)).rows[0]?.said

test('a kept statement is prepared once a connection, within transactions and outside', async () => {
  await say(db, ['one'])
  expect(await said()).toBe('one')
  await db.transaction().execute((transaction) => say(transaction, ['two']))
  expect(await said()).toBe('two')
  const { rows } = await pool.query('select statement from pg_prepared_statements')
  expect(rows).toEqual([{ statement: "select set_config('mgp.said', $1, false)" }])
})

test('what it refuses is refused like anything else, and rolls back with its transaction', async () => {
  const wrong = db.transaction().execute(async (transaction) => {
    await say(transaction, ['three'])
    await keptStatement('select 1 / $1::int')(transaction, [0])
  })
  await expect(wrong).rejects.toMatchObject({ code: '22012' })
  expect(await said()).toBe('two')
})
