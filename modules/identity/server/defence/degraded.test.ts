import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { TooMany, type RequestFacts } from '#platform/server/requests.ts'
import { testDatabase } from '../../../../tests/harness/database.ts'
import { guardOn, requestFrom } from '../../../../tests/harness/guard.ts'
import type { Guard } from './guard.ts'

const database = await testDatabase()
const admin = new pg.Client({ connectionString: database.adminUrl })
await admin.connect()
afterAll(() => admin.end())

const someone = () => `${randomUUID()}@example.com`
const anywhere = (at: number) => `198.18.${Math.floor(Math.random() * 256)}.${at}`

async function isLetThrough(guard: Guard, request: RequestFacts, email: string): Promise<boolean> {
  try {
    await guard.beforePassword(request, email)
  } catch (error) {
    if (error instanceof TooMany) return false
    throw error
  }
  await guard.failed(request, { kind: 'account_unknown', staffId: null })
  return true
}

const ways = [
  {
    way: 'may not be written any more',
    breakIt: 'REVOKE ALL ON attempt_counters FROM mgp_app',
    mendIt: 'GRANT SELECT, INSERT, UPDATE, DELETE ON attempt_counters TO mgp_app',
  },
  { way: 'does not answer', breakIt: 'BEGIN; LOCK TABLE attempt_counters', mendIt: 'ROLLBACK' },
  {
    way: 'is gone',
    breakIt: 'ALTER TABLE attempt_counters RENAME TO gone',
    mendIt: 'ALTER TABLE gone RENAME TO attempt_counters',
  },
].map((broken) => ({ ...broken, guard: guardOn(database, 500).guard })) // each has yet to learn that the store is broken
const { guard: cutOff } = guardOn(database, 500)

test.each(ways)('when the table of counters $way, memory lets half as much through', async (broken) => {
  const [email, here] = [someone(), anywhere(1)]
  const [toAccount, fromHere] = [[] as boolean[], [] as boolean[]]
  await admin.query(broken.breakIt)
  try {
    for (let at = 0; at < 20; at++)
      toAccount.push(await isLetThrough(broken.guard, requestFrom(anywhere(at)), email))
    for (let at = 0; at < 40; at++)
      fromHere.push(await isLetThrough(broken.guard, requestFrom(here), someone()))
  } finally {
    await admin.query(broken.mendIt)
  }
  expect(toAccount.filter(Boolean)).toHaveLength(5)
  expect(fromHere.filter(Boolean)).toHaveLength(15)
})

test('when its connections are cut again and again, tries still count, here or there', async () => {
  const email = someone()
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`
  let through = 0
  for (let at = 0; at < 30; at++) {
    if (at < 8) await admin.query(cut)
    if (await isLetThrough(cutOff, requestFrom(anywhere(at)), email)) through++
  }
  expect(through).toBeGreaterThan(0)
  expect(through).toBeLessThanOrEqual(15)
})
