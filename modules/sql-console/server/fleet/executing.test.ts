/** What is simulated in many practices and approved is executed in them: on the real server and databases of their own. */
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { onDatabase } from '../../../../tests/harness/another-cluster.ts'
import { author, reason, second } from '../../../../tests/harness/sql.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'

const server = await tenancyServer()
const practices: TestPractice[] = []
for (const whose of ['Basile Anger', 'Boris Colin', 'Chloé Dubois', 'Denis Evrard', 'Félix Garnier'])
  practices.push(await server.openPractice(whose))
const [basile, boris, chloe, denis, felix] = practices
if (!basile || !boris || !chloe || !denis || !felix) throw new Error('five were opened')

async function inside({ databaseName }: TestPractice, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: onDatabase(server.database.adminUrl, databaseName) })
  await client.connect()
  return client.query(text).finally(() => client.end())
}

/** In each the same row, which the text below changes. */
beforeEach(async () => {
  for (const practice of practices) {
    await inside(practice, "DELETE FROM origins WHERE name LIKE 'Console%'")
    await inside(practice, "INSERT INTO origins (name) VALUES ('Console before')")
  }
})
const renaming = "UPDATE origins SET name = 'Console after' WHERE name = 'Console before'"

/** Where it stands as the text leaves it. */
async function changed(): Promise<TestPractice[]> {
  const found = []
  for (const practice of practices)
    if ((await inside(practice, "SELECT FROM origins WHERE name = 'Console after'")).rowCount)
      found.push(practice)
  return found
}

type Staff = Awaited<ReturnType<typeof author>>

async function simulated(text = renaming) {
  const as = await author(server)
  const id = uuidv7()
  await as.call(sql.simulateSqlFleet, { body: { id, practices: { search: '' }, text } })
  return { as, id, fleet: await until(as, id, ({ state }) => state === 'done') }
}
async function until(as: Staff, id: string, is: (fleet: sql.SqlFleet) => boolean): Promise<sql.SqlFleet> {
  for (;;) {
    const fleet = await as.call(sql.getSqlFleet, { params: { id } })
    if (is(fleet)) return fleet
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const stands = (as: Staff, id: string) => until(as, id, ({ execution }) => execution !== 'running')

type Asking = { leaveOut?: string[]; canary?: string; automatic?: boolean }
async function asked(over: Asking = {}, text = renaming) {
  const { as, id } = await simulated(text)
  await as.call(sql.askSqlFleetExecution, { params: { id }, body: { reason, ...over } })
  return { as, id, params: { id } }
}
async function approved(over: Asking = {}, text = renaming) {
  const one = await asked(over, text)
  const by = await second(server)
  const { executing } = await by.call(sql.getSqlFleet, { params: one.params })
  await by.call(sql.approveSqlFleetExecution, {
    params: one.params,
    body: { receipt: executing?.receipt ?? '' },
  })
  return { ...one, by }
}
/** What a refusal says. */
async function saidTo(as: Staff, path: string, input: object = {}): Promise<unknown> {
  const { text } = await as.send('POST', `/api/v1${path}`, { body: input })
  return (JSON.parse(text) as { error: unknown }).error
}
const of = (fleet: sql.SqlFleet, { tenantId }: TestPractice) =>
  fleet.practices.find((one) => one.tenantId === tenantId)

test('what two people agreed on is executed in one practice first, then in waves, each with its own way back', async () => {
  const { as, id, params } = await approved({ canary: chloe.tenantId })
  await as.call(sql.executeSqlFleet, { params })
  const first = await stands(as, id)
  expect(first.executing).toMatchObject({
    state: 'paused',
    wave: 1,
    waves: [
      { total: 1, executed: 1 },
      { total: 1, executed: 0 },
      { total: 3, executed: 0 },
    ],
    total: 5,
    effects: { origins: { updated: 5 } },
  })
  expect(await changed()).toEqual([chloe])
  await as.call(sql.resumeSqlFleetExecution, { params, body: {} })
  expect((await stands(as, id)).executing).toMatchObject({ state: 'paused', wave: 2 })
  expect(await changed()).toHaveLength(2)
  await as.call(sql.resumeSqlFleetExecution, { params, body: {} })
  const done = await stands(as, id)
  expect(done.executing).toMatchObject({ state: 'executed', endedAt: expect.any(String), stop: null })
  expect(await changed()).toHaveLength(5)
  expect(done.practices.map(({ execution }) => execution?.state)).toEqual(Array(5).fill('executed'))

  // As any other execution is undone: in one of them.
  const requestId = of(done, boris)?.execution?.requestId ?? ''
  const back = await as.call(sql.simulateSqlUndo, { params: { id: requestId }, body: { id: uuidv7() } })
  expect(back).toMatchObject({ status: 'simulated', effects: { origins: { updated: 1 } } })
  const request = await as.call(sql.askSqlExecution, { body: { runId: back.id, reason } })
  const by = await second(server)
  await by.call(sql.approveSqlExecution, { params: { id: request.id }, body: { receipt: request.receipt } })
  await as.call(sql.executeSql, { params: { id: request.id }, body: { runId: back.id } })
  expect(await changed()).not.toContain(boris)
  const after = await as.call(sql.getSqlFleet, { params })
  expect(of(after, boris)?.execution).toMatchObject({ state: 'undone' })
  // Among one's own runs and requests stands what one ran oneself.
  const { rows } = await as.call(sql.listSqlRequests, { query: {} })
  expect(rows.map((row) => row.id)).not.toContain(requestId)
})

/** Whatever runs in them is slow enough that somebody comes in between. */
const slowly = `${renaming} AND (SELECT count(*) FROM generate_series(1, 300000)) > 0`
/** Done twice it reads otherwise than done once. */
const adding = "UPDATE origins SET name = name || ' +' WHERE name LIKE 'Console%'"
const soon = () => new Promise((resolve) => setTimeout(resolve, 1_500))

test('where one would do something else it stops, says where, and goes no further; without it, it goes on', async () => {
  const { as, id, params } = await approved({ automatic: true })
  // The same row, by its name: another, by its key.
  await inside(chloe, "DELETE FROM origins WHERE name = 'Console before'")
  await inside(denis, "DELETE FROM origins WHERE name = 'Console before'")
  await inside(denis, "INSERT INTO origins (name) VALUES ('Console before')")
  await as.call(sql.executeSqlFleet, { params })
  const fleet = await stands(as, id)
  expect(fleet.executing).toMatchObject({
    state: 'stopped',
    wave: 2,
    stop: { why: 'drifted', tenantId: chloe.tenantId, practice: chloe.name, by: null },
    waves: [{ executed: 1 }, { executed: 1 }, { total: 3, executed: 0, stopped: 1 }],
  })
  expect(of(fleet, chloe)?.execution).toMatchObject({
    state: 'drifted',
    code: 'drifted',
    requestId: null,
    drift: [
      { statement: 0, table: 'origins', approved: { inserted: 0, updated: 1, deleted: 0 }, found: null },
    ],
  })
  expect(of(fleet, felix)?.execution).toMatchObject({ state: 'waiting' })
  await soon()
  expect(await changed()).toEqual([basile, boris])

  await as.call(sql.resumeSqlFleetExecution, { params, body: { leaveOut: [chloe.tenantId] } })
  const again = await stands(as, id)
  expect(again.executing?.stop).toMatchObject({ why: 'drifted', tenantId: denis.tenantId })
  expect(of(again, denis)?.execution?.drift).toMatchObject([
    { approved: { updated: 1 }, found: { updated: 1 } },
  ])
  expect(await changed()).toEqual([basile, boris])

  await as.call(sql.resumeSqlFleetExecution, { params, body: { leaveOut: [denis.tenantId] } })
  const done = await stands(as, id)
  expect(done.executing).toMatchObject({
    state: 'executed',
    stop: null,
    waves: [{}, {}, { executed: 1, leftOut: 2 }],
  })
  expect(await changed()).toEqual([basile, boris, felix])
})

test('where the statement fails it stops; mended, the same practice is tried again', async () => {
  const { as, id, params } = await approved({ automatic: true, canary: boris.tenantId })
  await inside(boris, "INSERT INTO origins (name) VALUES ('Console after')")
  await as.call(sql.executeSqlFleet, { params })
  const fleet = await stands(as, id)
  expect(fleet.executing).toMatchObject({
    state: 'stopped',
    wave: 0,
    stop: { why: 'failed', tenantId: boris.tenantId },
  })
  expect(of(fleet, boris)?.execution).toMatchObject({ state: 'failed', code: '23505' })
  await inside(boris, "DELETE FROM origins WHERE name = 'Console after'")
  await soon()
  expect(await changed()).toEqual([])
  await as.call(sql.resumeSqlFleetExecution, { params, body: {} })
  expect((await stands(as, id)).executing).toMatchObject({ state: 'executed' })
  expect(await changed()).toHaveLength(5)
})

test('a practice whose schema is another by now is not written into, and all that come after neither', async () => {
  const { as, id, params } = await approved({ automatic: true })
  await inside(chloe, 'UPDATE schema_migrations SET version = 3000 WHERE version = 4')
  try {
    await as.call(sql.executeSqlFleet, { params })
    const fleet = await stands(as, id)
    expect(fleet.executing?.stop).toMatchObject({ why: 'failed', tenantId: chloe.tenantId })
    expect(of(fleet, chloe)?.execution).toMatchObject({ state: 'failed', code: 'outdated' })
    expect(await changed()).toEqual([basile, boris])
  } finally {
    await inside(chloe, 'UPDATE schema_migrations SET version = 4 WHERE version = 3000')
    await new Promise((resolve) => setTimeout(resolve, 1_100))
  }
})

test.each([0, 200, 400])(
  'when who stops it has their answer, nothing more is committed in any practice, %d ms later either',
  async (wait) => {
    const { as, id, params, by } = await approved({ automatic: true }, slowly)
    await as.call(sql.executeSqlFleet, { params })
    await until(as, id, ({ practices: all }) => all.some(({ execution }) => execution?.state === 'executed'))
    await new Promise((resolve) => setTimeout(resolve, wait))
    await by.call(sql.stopSqlFleetExecution, { params })
    const at = await changed()
    expect(at.length).toBeLessThan(5)
    const fleet = await as.call(sql.getSqlFleet, { params })
    expect(fleet.executing).toMatchObject({
      state: 'stopped',
      stop: { why: 'by_hand', by: { id: by.staffId } },
    })
    await soon()
    expect(await changed()).toEqual(at)
    const told = (await as.call(sql.getSqlFleet, { params })).practices
    expect(told.filter(({ execution }) => execution?.state === 'executed')).toHaveLength(at.length)
    expect(await saidTo(as, `/sql/fleets/${id}/stop`)).toMatchObject({ details: { state: 'stopped' } })
    // Who wrote it does not overrule who stopped it.
    expect(await as.refused(sql.resumeSqlFleetExecution, { params, body: {} })).toMatchObject({
      code: 'sql_fleet_stopped_by_other',
    })
    expect((await as.call(sql.getSqlFleet, { params })).execution).toBe('stopped')
    // Gone on with, each is done that was not.
    await by.call(sql.resumeSqlFleetExecution, { params, body: {} })
    expect((await stands(as, id)).execution).toBe('executed')
    expect(await changed()).toHaveLength(5)
  },
  90_000,
)

test('who stops it while a practice is being committed waits for the end of that, and then it is over', async () => {
  const { as, params, by } = await approved({ automatic: true })
  const [admin, looking] = [1, 2].map(() => new pg.Client({ connectionString: server.database.adminUrl }))
  if (!admin || !looking) throw new Error('two were made')
  await Promise.all([admin.connect(), looking.connect()])
  const waits = async (query: string) => {
    for (;;) {
      const { rowCount } = await looking.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~* $1",
        [query],
      )
      if (rowCount) return
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  try {
    // Where it writes down what it is about to commit, it is kept.
    await admin.query(`
      CREATE FUNCTION kept_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$;
      CREATE TRIGGER kept_waiting BEFORE UPDATE OF xid ON sql_requests FOR EACH ROW EXECUTE FUNCTION kept_waiting();
      SELECT pg_advisory_lock(4711)`)
    await as.call(sql.executeSqlFleet, { params })
    await waits('^update "sql_requests" set "xid"')
    let hasAnswered = false
    const stopped = by.call(sql.stopSqlFleetExecution, { params }).then(() => (hasAnswered = true))
    await waits('^select f.id, f.staff_id')
    expect(hasAnswered).toBe(false)
    expect(await changed()).toEqual([])
    await admin.query('SELECT pg_advisory_unlock(4711)')
    await stopped
    const at = await changed()
    expect(at).toEqual([basile])
    await soon()
    expect(await changed()).toEqual(at)
  } finally {
    await admin.query('DROP FUNCTION kept_waiting CASCADE; SELECT pg_advisory_unlock_all()')
    await Promise.all([admin.end(), looking.end()])
  }
}, 60_000)

const forbid = async (permission: string, role: string, work: () => Promise<void>) => {
  const admin = new pg.Client({ connectionString: server.database.adminUrl })
  await admin.connect()
  const which = `role_id = (SELECT id FROM roles WHERE key = '${role}')`
  await admin.query(`DELETE FROM role_permissions WHERE permission = '${permission}' AND ${which}`)
  await work().finally(async () => {
    await admin.query(
      `INSERT INTO role_permissions SELECT id, '${permission}' FROM roles WHERE key = '${role}'`,
    )
    await admin.end()
  })
}

test('whoever approved it may not any more: it stops before the next practice, and nobody goes on with it', async () => {
  const { as, id, params } = await approved({ automatic: true }, slowly)
  await as.call(sql.executeSqlFleet, { params })
  await until(as, id, ({ practices: all }) => all.some(({ execution }) => execution?.state === 'executed'))
  await forbid('sql.approve', 'technical_administrator', async () => {
    const fleet = await stands(as, id)
    expect(fleet.executing).toMatchObject({
      state: 'stopped',
      stop: { why: 'approver_gone', tenantId: null },
    })
    const at = await changed()
    expect(at.length).toBeLessThan(5)
    expect(await as.refused(sql.resumeSqlFleetExecution, { params, body: {} })).toMatchObject({
      code: 'sql_approver_gone',
    })
    await soon()
    expect(await changed()).toEqual(at)
  })
})

test('nor does it go on in the name of somebody who may not execute any more', async () => {
  const { as, id, params } = await approved({ automatic: true }, slowly)
  await as.call(sql.executeSqlFleet, { params })
  await until(as, id, ({ practices: all }) => all.some(({ execution }) => execution?.state === 'executed'))
  await forbid('sql.execute', 'super_administrator', async () => {
    expect((await stands(as, id)).executing).toMatchObject({ stop: { why: 'author_gone' } })
    expect((await changed()).length).toBeLessThan(5)
  })
})

test('two begin it at once, and each practice is done once; what was executed is not asked for again', async () => {
  const { as, id } = await approved({ automatic: true }, adding)
  const answers = await Promise.all(
    [1, 2, 3].map(() => as.send('POST', `/api/v1/sql/fleets/${id}/execution`, { body: {} })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409])
  expect((await stands(as, id)).execution).toBe('executed')
  for (const practice of practices) {
    const { rows } = await inside(practice, "SELECT name FROM origins WHERE name LIKE 'Console%'")
    expect(rows).toEqual([{ name: 'Console before +' }])
  }
  const refused = { code: 'sql_fleet_execution_not_now', details: { state: 'executed' } }
  expect(await saidTo(as, `/sql/fleets/${id}/request`, { reason })).toMatchObject(refused)
  expect(await saidTo(as, `/sql/fleets/${id}/execution`)).toMatchObject(refused)
  expect(await saidTo(as, `/sql/fleets/${id}/continuation`)).toMatchObject(refused)
})

test('what stands out is executed nowhere: it is left out by name, or nothing is asked for', async () => {
  await inside(chloe, "INSERT INTO origins (name) VALUES ('Console after')")
  await inside(denis, "DELETE FROM origins WHERE name = 'Console before'")
  const { as, id } = await simulated()
  const params = { id }
  const ask = (over: object) => saidTo(as, `/sql/fleets/${id}/request`, { reason, ...over })
  expect(await ask({})).toMatchObject({
    code: 'sql_fleet_stands_out',
    details: {
      count: 2,
      tenants: [
        { id: chloe.tenantId, why: 'not_done' },
        { id: denis.tenantId, why: 'unchanged' },
      ],
    },
  })
  expect(await ask({ leaveOut: [chloe.tenantId] })).toMatchObject({ code: 'sql_fleet_stands_out' })
  expect(await ask({ leaveOut: practices.map(({ tenantId }) => tenantId) })).toMatchObject({
    code: 'sql_no_receipt',
  })
  const leaveOut = [chloe.tenantId, denis.tenantId]
  expect(await ask({ leaveOut, canary: denis.tenantId })).toMatchObject({
    fields: [{ path: 'canary' }],
  })
  await as.call(sql.askSqlFleetExecution, { params, body: { reason, leaveOut, automatic: true } })
  const by = await second(server)
  const seen = await by.call(sql.getSqlFleet, { params })
  expect(seen.executing).toMatchObject({ state: 'asked', total: 3, effects: { origins: { updated: 3 } } })
  await by.call(sql.approveSqlFleetExecution, { params, body: { receipt: seen.executing?.receipt ?? '' } })
  await as.call(sql.executeSqlFleet, { params })
  expect((await stands(as, id)).execution).toBe('executed')
  expect((await inside(chloe, "SELECT FROM origins WHERE name = 'Console before'")).rowCount).toBe(1)
})

test('two people: not oneself, not of another receipt, not what was refused, taken back, or has lapsed', async () => {
  const { as, id, params } = await asked()
  const { executing } = await as.call(sql.getSqlFleet, { params })
  const receipt = executing?.receipt ?? ''
  expect(await as.refused(sql.approveSqlFleetExecution, { params, body: { receipt } })).toMatchObject({
    code: 'sql_not_your_own',
  })
  const by = await second(server)
  expect(await by.refused(sql.approveSqlFleetExecution, { params, body: { receipt: '00' } })).toMatchObject({
    code: 'sql_receipt_other',
  })
  // Nobody executes in another's name, nor what is not approved.
  expect(await by.refused(sql.executeSqlFleet, { params })).toMatchObject({ status: 403 })
  expect(await saidTo(as, `/sql/fleets/${id}/execution`)).toMatchObject({ details: { state: 'asked' } })
  await by.call(sql.refuseSqlFleetExecution, { params, body: { remark: 'Pas maintenant' } })
  expect(await saidTo(as, `/sql/fleets/${id}/execution`)).toMatchObject({ details: { state: 'refused' } })

  const back = await approved()
  await back.as.call(sql.withdrawSqlFleetExecution, { params: back.params })
  expect(await saidTo(back.as, `/sql/fleets/${back.id}/execution`)).toMatchObject({
    details: { state: 'withdrawn' },
  })

  const late = await approved()
  await server.db
    .updateTable('sqlFleets')
    .set({ lapsesAt: new Date(Date.now() - 1) })
    .where('id', '=', late.id)
    .execute()
  expect(await saidTo(late.as, `/sql/fleets/${late.id}/execution`)).toMatchObject({
    details: { state: 'lapsed' },
  })
  expect(await changed()).toEqual([])
})

test('of each practice the log says that it begins, and what became of it; and of the whole, too', async () => {
  const { as, id, params, by } = await approved({ automatic: true })
  await inside(chloe, "DELETE FROM origins WHERE name = 'Console before'")
  await as.call(sql.executeSqlFleet, { params })
  await stands(as, id)
  await as.call(sql.resumeSqlFleetExecution, { params, body: { leaveOut: [chloe.tenantId] } })
  const done = await stands(as, id)
  const { rows } = await server.pool.query<{ verb: string; tenant_id: string | null; result: string }>(
    `SELECT verb, tenant_id, result FROM audit_log WHERE object_id = $1 ORDER BY id`,
    [id],
  )
  const told = rows.map(({ verb, tenant_id, result }) => [verb, tenant_id, result])
  expect(told).toContainEqual(['sql_fleet.executed', chloe.tenantId, 'failed'])
  for (const practice of [basile, boris, denis, felix])
    expect(told).toContainEqual(['sql_fleet.executed', practice.tenantId, 'done'])
  for (const verb of ['asked', 'approved', 'started', 'halted', 'resumed', 'ended'])
    expect(told.filter(([one]) => one === `sql_fleet_execution.${verb}`)).toHaveLength(1)
  const begun = await server.pool.query(
    `SELECT tenant_id FROM audit_log WHERE verb = 'sql_execution.started' AND object_id = ANY ($1)`,
    [done.practices.flatMap(({ execution }) => execution?.requestId ?? [])],
  )
  expect(begun.rowCount).toBe(4)
  // Whoever approved it stands in each practice's own request.
  const requestId = of(done, felix)?.execution?.requestId ?? ''
  expect(await by.call(sql.getSqlRequest, { params: { id: requestId } })).toMatchObject({
    state: 'executed',
    by: { id: as.staffId },
    decidedBy: { id: by.staffId },
    reason,
  })
})
