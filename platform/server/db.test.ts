import pg from 'pg'
import { expect, test } from 'vitest'
import { openPool, isOutage } from './db.ts'
import { testDatabase } from '../../tests/harness/database.ts'

const { appUrl, adminUrl } = await testDatabase()

async function endConnection(pid: number): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query('select pg_terminate_backend($1, 5000)', [pid])
  await admin.end()
}

test('a temporary table takes nothing that is meant for ours, whatever the role was told', async () => {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(
    'alter role mgp_app in database ' + new URL(appUrl).pathname.slice(1) + ' set search_path = pg_temp',
  )
  await admin.end()
  const pool = openPool(appUrl, { max: 1 })
  await pool.query('create temporary table audit_entries (leaf text, object_ids text[])')
  const { rows } = await pool.query<{ schema: string }>(`
    select relnamespace::regnamespace::text as schema from pg_class where oid = 'audit_entries'::regclass`)
  expect(rows).toEqual([{ schema: 'public' }])
  await pool.end()
})

test('the database may go while somebody holds a connection and asks nothing: the process lives on', async () => {
  const pool = openPool(appUrl, { max: 1 })
  const held = await pool.connect()
  await held.query('begin')
  const { rows } = await held.query<{ pid: number }>('select pg_backend_pid() as pid')
  await endConnection(rows[0]!.pid) // one row, always
  // Whoever holds it learns of it with the next question.
  const lost = await held.query('select 1').catch((error: unknown) => error)
  expect(isOutage(lost)).toBe(true)
  held.release()
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})
