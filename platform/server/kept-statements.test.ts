import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../tests/harness/database.ts'
import { centralDb, openPool, sql } from './db.ts'
import { kept, keptStatement } from './kept-statements.ts'

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

test('a question that is built anew each time is prepared once', async () => {
  const named = (id: string) =>
    kept(db.selectFrom('roles').where('id', '=', id).select('id')).executeTakeFirst()
  await named('00000000-0000-7000-8000-000000000001')
  await named('00000000-0000-7000-8000-000000000002')
  const { rows } = await pool.query(
    'select calls.generic_plans + calls.custom_plans as times from pg_prepared_statements calls where statement like \'%from "roles"%\'',
  )
  expect(rows).toEqual([{ times: 2 }])
})

test('what it refuses is refused like anything else, and rolls back with its transaction', async () => {
  const wrong = db.transaction().execute(async (transaction) => {
    await say(transaction, ['three'])
    await keptStatement('select 1 / $1::int')(transaction, [0])
  })
  await expect(wrong).rejects.toMatchObject({ code: '22012' })
  expect(await said()).toBe('two')
})
