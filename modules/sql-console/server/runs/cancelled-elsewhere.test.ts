/** Two processes on one database: what one runs is ended through the other. */
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openBrowserless } from '../../../../tests/harness/browserless.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { approved, author, body } from '../../../../tests/harness/sql.ts'

const one = await testServer()
const other = await one.another()
type Staff = Awaited<ReturnType<typeof author>>

/** The same person, in the same session, whose next request comes to the other process. */
const atTheOther = (as: Staff) => {
  const [name = '', value = ''] = as.cookie().split('=')
  return openBrowserless(other.app, 'localhost:3000', '127.0.0.1', { [name]: value })
}

/** Until it sleeps in the database. */
async function sleeps(): Promise<void> {
  const admin = new pg.Client({ connectionString: one.database.adminUrl })
  await admin.connect()
  try {
    for (;;) {
      const { rowCount } = await admin.query(
        `SELECT FROM pg_stat_activity WHERE usename = 'mgp_console' AND datname = current_database() AND state = 'active'
           AND query LIKE '%generate_series%' AND query NOT LIKE '%pg_stat_activity%'`,
      )
      if (rowCount) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  } finally {
    await admin.end()
  }
}
/** Nobody waits for the end of it. */
const slow = 'SELECT count(*) FROM generate_series(1, 300000000)'

test('a run is cancelled through another process than the one that runs it', async () => {
  const as = await author(one)
  const asked = body(slow)
  const run = as.call(sql.readSql, { body: asked })
  await sleeps()
  await atTheOther(as).call(sql.cancelSqlRun, { params: { id: asked.id } })
  expect(await run).toMatchObject({ status: 'cancelled', code: 'cancelled' })
  const { rows } = await one.pool.query(
    `SELECT FROM pg_stat_activity WHERE usename = 'mgp_console' AND state = 'active' AND query LIKE '%generate_series%'`,
  )
  expect(rows).toEqual([])
})

test('so is an execution before it is committed: nothing of it stays', async () => {
  const admin = new pg.Client({ connectionString: one.database.adminUrl })
  await admin.connect()
  const until = async (backends: string, count: number) => {
    while (
      (await admin.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND ${backends}`))
        .rowCount !== count
    )
      await new Promise((resolve) => setTimeout(resolve, 50))
  }
  try {
    const { as, params, run } = await approved(one, `INSERT INTO support_tags (name) VALUES ('jamais')`)
    // It waits with all done, and COMMIT not sent yet.
    await admin.query(`CREATE FUNCTION kept_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$;
      CREATE TRIGGER kept_waiting BEFORE UPDATE OF xid ON sql_requests FOR EACH ROW EXECUTE FUNCTION kept_waiting();
      SELECT pg_advisory_lock(4711)`)
    const execution = as.call(sql.executeSql, { params, body: { runId: run.id } })
    await until(`query ~ '^update "sql_requests" set "xid"' AND wait_event_type = 'Lock'`, 1)
    const { id } = await one.db
      .selectFrom('sqlRuns')
      .where('mode', '=', 'execute')
      .where('status', '=', 'running')
      .select('id')
      .executeTakeFirstOrThrow()
    await atTheOther(as).call(sql.cancelSqlRun, { params: { id } })
    await until(`usename = 'mgp_console' AND state = 'idle in transaction'`, 0)
    await admin.query('SELECT pg_advisory_unlock(4711)')
    const { request, run: ran } = await execution
    expect(request.state).toBe('failed')
    expect(ran).toMatchObject({ code: 'cancelled', report: { failure: { code: 'cancelled' } } })
    const { rowCount } = await admin.query(`SELECT FROM support_tags WHERE name = 'jamais'`)
    expect(rowCount).toBe(0)
  } finally {
    await admin.query('DROP FUNCTION IF EXISTS kept_waiting CASCADE; SELECT pg_advisory_unlock_all()')
    await admin.end()
  }
})

test('nobody ends what somebody else runs', async () => {
  const as = await author(one)
  const asked = body(slow)
  const run = as.call(sql.readSql, { body: asked })
  await sleeps()
  const technical = await one.as('technical_administrator')
  expect(await technical.refused(sql.cancelSqlRun, { params: { id: asked.id } })).toMatchObject({
    status: 404,
  })
  const { cancelAskedAt } = await one.db
    .selectFrom('sqlRuns')
    .where('id', '=', asked.id)
    .select('cancelAskedAt')
    .executeTakeFirstOrThrow()
  expect(cancelAskedAt).toBeNull()
  await as.call(sql.cancelSqlRun, { params: { id: asked.id } })
  expect(await run).toMatchObject({ status: 'cancelled' })
})
