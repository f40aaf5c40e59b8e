/** Line by line: what it takes to execute something, and what becomes of it. On the real server and database. */
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { sql as sqlOf } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { NotFound } from '#platform/server/requests.ts'
import { openLog } from '#platform/server/log.ts'
import {
  approved,
  asked,
  author,
  executed,
  reason,
  second,
  simulated,
} from '../../../../tests/harness/sql.ts'
import { findingOut } from './finding-out.ts'
import { whereIs } from './performing.ts'
import type { Parts } from '../parts.ts'
import { openDoors } from '../targets/doors.ts'
import { testServer } from '../../../../tests/harness/server.ts'

const server = await testServer()
const log = openLog('silent')
const nowhere = { locate: () => Promise.resolve(undefined) }
/** As another process has them. */
const parts = {
  ...server,
  clock: systemClock,
  log,
  doorsOf: openDoors({
    db: server.db,
    ...nowhere,
    newest: 1,
    log,
    consoleUrl: server.database.consoleUrl,
  }),
} as unknown as Parts // of which finding out needs no more

/** Behind the scenes, where the server itself could not. */
async function asAdmin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.database.adminUrl })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

const names = async () =>
  (await server.db.selectFrom('supportTags').select('name').orderBy('name').execute()).map(({ name }) => name)
const put = (...tags: string[]) =>
  server.db
    .insertInto('supportTags')
    .values(tags.map((name) => ({ name })))
    .execute()

beforeEach(async () => {
  await asAdmin(`DELETE FROM sql_runs WHERE status = 'running'; DELETE FROM ticket_tags; DELETE FROM support_tags;
    UPDATE staff_members SET suspended_at = NULL, suspended_by = NULL, suspension_reason = NULL`)
})

const renaming = `UPDATE support_tags SET name = name || ' (2)' WHERE name LIKE 'ancien%'`

test('what was simulated, asked for and approved is executed, and does the same', async () => {
  await put('ancien a', 'ancien b', 'autre')
  const { done, run } = await executed(server, renaming)
  expect(done.request.state).toBe('executed')
  expect(done.run).toMatchObject({ status: 'executed', effects: { support_tags: { updated: 2 } } })
  expect(run.effects).toEqual(done.run.effects)
  expect(await names()).toEqual(['ancien a (2)', 'ancien b (2)', 'autre'])
})

test('what would do something else by now is rolled back, and says where', async () => {
  await put('ancien a')
  const { as, params, run } = await approved(server, renaming)
  await put('ancien b')
  const { request, run: ran } = await as.call(sql.executeSql, { params, body: { runId: run.id } })
  expect(request.state).toBe('failed')
  expect(ran.report?.failure).toMatchObject({ code: 'drifted', statement: 0, message: 'support_tags' })
  expect(await names()).toEqual(['ancien a', 'ancien b'])
  // Nor does the log say that it was done.
  const told = await sqlOf<{ result: string }>`select result from audit_log
    where object_id = ${request.id} and verb = 'sql.executed'`.execute(server.db)
  expect(told.rows).toEqual([{ result: 'failed' }])
})

test('the same number of other rows is something else', async () => {
  await put('ancien a', 'nouveau')
  const { as, params, run } = await approved(server, renaming)
  await asAdmin(`UPDATE support_tags SET name = 'sorti' WHERE name = 'ancien a'`)
  await asAdmin(`UPDATE support_tags SET name = 'ancien b' WHERE name = 'nouveau'`)
  const { request } = await as.call(sql.executeSql, { params, body: { runId: run.id } })
  expect(request.state).toBe('failed')
  expect(await names()).toEqual(['ancien b', 'sorti'])
})

test.each([
  [
    'a row that holds another value by now is another',
    `DELETE FROM support_tags WHERE id = (SELECT min(id::text)::uuid FROM support_tags)`,
  ],
  ['so is one of more rows than are told', `UPDATE support_tags SET name = name || ' tout'`],
  [
    'and one that nobody names',
    `UPDATE support_tags SET name = 'vu' WHERE id = (SELECT min(id::text)::uuid FROM support_tags)`,
  ],
])('%s', async (_, text) => {
  await put(...Array.from({ length: 300 }, (_unused, index) => `ancien ${100 + index}`))
  const { as, params, run } = await approved(server, text)
  await asAdmin(`UPDATE support_tags SET name = 'devenue importante'
    WHERE id = (SELECT min(id::text)::uuid FROM support_tags)`)
  const { request, run: ran } = await as.call(sql.executeSql, { params, body: { runId: run.id } })
  expect(request.state).toBe('failed')
  expect(ran.report?.failure).toMatchObject({ code: 'drifted', statement: 0, message: 'support_tags' })
  expect(await names()).toContain('devenue importante')
})

test('what is taken from another table that changed since is something else', async () => {
  await put('agenda')
  const { id } = await server.db
    .insertInto('plans')
    .values({ key: 'essai_sql', name: 'Avant', monthlyCents: 2900 })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { as, params, run } = await approved(
    server,
    `UPDATE support_tags SET name = (SELECT 'issu de ' || name FROM plans WHERE key = 'essai_sql') WHERE name = 'agenda'`,
  )
  await server.db.updateTable('plans').set({ name: 'Après' }).where('id', '=', id).execute()
  const { request } = await as.call(sql.executeSql, { params, body: { runId: run.id } })
  expect(request.state).toBe('failed')
  expect(await names()).toEqual(['agenda'])
})

test('ids and instants that are made anew each time are the same, wherever they stand', async () => {
  await put('agenda')
  const text = `WITH made AS (INSERT INTO support_tags (name) VALUES ('neuve') RETURNING id)
    UPDATE support_tags SET name = (SELECT id::text FROM made) WHERE name = 'agenda';
    UPDATE support_tags SET name = 'le ' || now()::date WHERE name = 'neuve'`
  const { done } = await executed(server, text)
  expect(done.request.state).toBe('executed')
})

test('of a text that asks for what is never the same, rows are held against it and not what becomes of them', async () => {
  await put('agenda')
  const text = `UPDATE support_tags SET name = gen_random_uuid()::text WHERE name LIKE 'a%'`
  expect((await executed(server, text)).done.request.state).toBe('executed')
  await asAdmin(`UPDATE support_tags SET name = 'agenda'`)
  const { as, params, run } = await approved(server, text)
  expect(run.report?.unrepeatable).toEqual(['gen_random_uuid'])
  await asAdmin(`UPDATE support_tags SET name = 'autre'`)
  const { request } = await as.call(sql.executeSql, { params, body: { runId: run.id } })
  expect(request.state).toBe('failed')
})

test('of ten who execute one request at once, one does', async () => {
  const { as, params, run } = await approved(server, `INSERT INTO support_tags (name) VALUES ('une fois')`)
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, () => as.call(sql.executeSql, { params, body: { runId: run.id } })),
  )
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await names()).toEqual(['une fois'])
})

test('a receipt is used once, also by another request for it', async () => {
  const first = await asked(server, `INSERT INTO support_tags (name) VALUES ('deux demandes')`)
  const other = await first.as.call(sql.askSqlExecution, { body: { runId: first.run.id, reason } })
  const by = await second(server)
  for (const { id, receipt } of [first.request, other])
    await by.call(sql.approveSqlExecution, { params: { id }, body: { receipt } })
  await first.as.call(sql.executeSql, { params: first.params, body: { runId: first.run.id } })
  expect(
    await first.as.refused(sql.executeSql, { params: { id: other.id }, body: { runId: first.run.id } }),
  ).toMatchObject({ code: 'sql_no_receipt' })
  expect(await names()).toEqual(['deux demandes'])
})

test('simulated again and doing the same, the approval stands', async () => {
  await put('ancien a')
  const { as, params, run } = await approved(server, renaming)
  await asAdmin(`UPDATE sql_runs SET receipt_until = now() - interval '1 second' WHERE id = '${run.id}'`)
  expect(await as.refused(sql.executeSql, { params, body: { runId: run.id } })).toMatchObject({
    code: 'sql_receipt_old',
  })
  const again = await simulated(as, renaming)
  expect(again.receipt?.digest).toBe(run.receipt?.digest)
  const { request } = await as.call(sql.executeSql, { params, body: { runId: again.id } })
  expect(request.state).toBe('executed')
})

test.each([
  [
    'another text that does the same',
    `UPDATE support_tags SET name = name || ' (2)' WHERE name LIKE 'ancien %'`,
  ],
  ['a text with a blank more', `${renaming} `],
])('%s is another receipt', async (_what, text) => {
  await put('ancien a')
  const { as, params } = await approved(server, renaming)
  const other = await simulated(as, text)
  expect(await as.refused(sql.executeSql, { params, body: { runId: other.id } })).toMatchObject({
    code: 'sql_receipt_other',
  })
  expect(await names()).toEqual(['ancien a'])
})

test('somebody else’s simulation executes nothing', async () => {
  await put('ancien a')
  const { params, as } = await approved(server, renaming)
  const others = await simulated(await second(server), renaming)
  expect(await as.refused(sql.executeSql, { params, body: { runId: others.id } })).toMatchObject({
    code: 'sql_no_receipt',
  })
})

test('nobody executes what is not approved, was refused, withdrawn or has lapsed', async () => {
  const waiting = await asked(server)
  const refused = await asked(server)
  await (await second(server)).call(sql.refuseSqlExecution, { params: refused.params, body: {} })
  const withdrawn = await approved(server)
  await withdrawn.as.call(sql.withdrawSqlExecution, { params: withdrawn.params })
  const lapsed = await approved(server)
  await asAdmin(
    `UPDATE sql_requests SET lapses_at = now() - interval '1 minute' WHERE id = '${lapsed.request.id}'`,
  )
  for (const { as, params, run } of [waiting, refused, withdrawn, lapsed])
    expect(await as.refused(sql.executeSql, { params, body: { runId: run.id } })).toMatchObject({
      code: 'sql_request_not_now',
    })
  expect(await names()).toEqual([])
})

test('an approval is worth what its author may still do', async () => {
  const { as, params, run } = await approved(server)
  await asAdmin(
    `DELETE FROM role_permissions WHERE permission = 'sql.approve' AND role_id = (SELECT id FROM roles WHERE key = 'technical_administrator')`,
  )
  expect(await as.refused(sql.executeSql, { params, body: { runId: run.id } })).toMatchObject({
    code: 'sql_approver_gone',
  })
  await asAdmin(
    `INSERT INTO role_permissions SELECT id, 'sql.approve' FROM roles WHERE key = 'technical_administrator'`,
  )
  expect(await names()).toEqual([])
})

test('a right that goes while something is executed goes before it is committed', async () => {
  await put('ancien a')
  const { as, params, run } = await approved(server, renaming)
  const other = new pg.Client({ connectionString: server.database.adminUrl })
  await other.connect()
  try {
    await other.query(`BEGIN; SELECT FROM support_tags FOR UPDATE`)
    const executing = as.refused(sql.executeSql, { params, body: { runId: run.id } })
    await expect
      .poll(async () => {
        const { rows } = await other.query(
          `SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`,
        )
        return rows.length
      })
      .toBeGreaterThan(0)
    const role = `(SELECT id FROM roles WHERE key = 'technical_administrator')`
    await asAdmin(`DELETE FROM role_permissions WHERE permission = 'sql.approve' AND role_id = ${role}`)
    await other.query('COMMIT')
    expect(await executing).toMatchObject({ code: 'sql_approver_gone' })
    await asAdmin(`INSERT INTO role_permissions SELECT ${role}, 'sql.approve'`)
  } finally {
    await other.end()
  }
  expect(await names()).toEqual(['ancien a'])
})

test('nobody approves what they wrote, nor an execution they see otherwise than it is', async () => {
  const { as, params, request } = await asked(server)
  expect(
    await as.refused(sql.approveSqlExecution, { params, body: { receipt: request.receipt } }),
  ).toMatchObject({ code: 'sql_not_your_own' })
  expect(
    await (await second(server)).refused(sql.approveSqlExecution, { params, body: { receipt: '00' } }),
  ).toMatchObject({ code: 'sql_receipt_other' })
})

test('the schema having changed since, nothing is executed', async () => {
  const { as, params, run } = await approved(server)
  await server.db.updateTable('sqlRuns').set({ schemaVersion: 1 }).where('id', '=', run.id).execute()
  expect(await as.refused(sql.executeSql, { params, body: { runId: run.id } })).toMatchObject({
    code: 'sql_receipt_other',
  })
})

test('what was executed is undone: simulated, approved, and every row as it was', async () => {
  await put('ancien a', 'ancien b', 'à supprimer', 'autre')
  const before = await server.db.selectFrom('supportTags').selectAll().orderBy('id').execute()
  const { as, params } = await executed(
    server,
    `${renaming}; DELETE FROM support_tags WHERE name = 'à supprimer'; INSERT INTO support_tags (name) VALUES ('nouveau')`,
  )
  const undo = await as.call(sql.simulateSqlUndo, { params, body: { id: uuidv7() } })
  expect(undo).toMatchObject({ status: 'simulated', mode: 'undo', undoes: params.id })
  expect(await names()).toContain('nouveau')
  const request = await as.call(sql.askSqlExecution, { body: { runId: undo.id, reason } })
  await (
    await second(server)
  ).call(sql.approveSqlExecution, {
    params: { id: request.id },
    body: { receipt: request.receipt },
  })
  await as.call(sql.executeSql, { params: { id: request.id }, body: { runId: undo.id } })
  expect(await server.db.selectFrom('supportTags').selectAll().orderBy('id').execute()).toEqual(before)
  expect(await as.call(sql.getSqlRequest, { params })).toMatchObject({ state: 'undone', undoUntil: null })
  expect(await as.refused(sql.simulateSqlUndo, { params, body: { id: uuidv7() } })).toMatchObject({
    code: 'sql_nothing_to_undo',
  })
})

test('a way back that is itself undone puts the first execution in place again, and each says by which', async () => {
  await put('ancien a')
  const by = await second(server)
  const { as, params: first } = await executed(server, renaming)
  const undone = async (id: string) => {
    const run = await as.call(sql.simulateSqlUndo, { params: { id }, body: { id: uuidv7() } })
    const request = await as.call(sql.askSqlExecution, { body: { runId: run.id, reason } })
    const params = { id: request.id }
    await by.call(sql.approveSqlExecution, { params, body: { receipt: request.receipt } })
    await as.call(sql.executeSql, { params, body: { runId: run.id } })
    return params
  }
  const stands = (params: { id: string }) => as.call(sql.getSqlRequest, { params })
  const listed = async (state: sql.RequestState) =>
    (await as.call(sql.listSqlRequests, { query: { state } })).rows.map(({ id }) => id)

  const back = await undone(first.id)
  expect(await stands(first)).toMatchObject({ state: 'undone', undoneBy: back.id, restoredBy: null })
  const again = await undone(back.id)
  expect(await names()).toEqual(['ancien a (2)'])
  expect(await stands(first)).toMatchObject({ state: 'restored', undoneBy: back.id, restoredBy: again.id })
  expect(await stands(back)).toMatchObject({ state: 'undone', undoes: first.id, undoneBy: again.id })
  expect(await stands(again)).toMatchObject({ state: 'executed', undoes: back.id, restores: first.id })
  expect(await listed('restored')).toContain(first.id)
  expect(await listed('undone')).not.toContain(first.id)
  // And back again: it is undone once more.
  const last = await undone(again.id)
  expect(await names()).toEqual(['ancien a'])
  expect(await stands(first)).toMatchObject({ state: 'undone', undoneBy: back.id, restoredBy: null })
  expect(await stands(back)).toMatchObject({ state: 'restored', restoredBy: last.id })
  expect(await listed('undone')).toContain(first.id)
})

test('an undo overwrites nothing that was changed since', async () => {
  await put('ancien a', 'ancien b')
  const { as, params } = await executed(server, renaming)
  await asAdmin(`UPDATE support_tags SET name = 'repris' WHERE name = 'ancien a (2)'`)
  const undo = await as.call(sql.simulateSqlUndo, { params, body: { id: uuidv7() } })
  expect(undo.status).toBe('failed')
  expect(undo.report?.failure).toMatchObject({ code: 'changed_since' })
  expect(undo.receipt).toBeNull()
  expect(await names()).toEqual(['ancien b (2)', 'repris'])
})

test('whoever may not, does not', async () => {
  const { params, run, request } = await asked(server)
  const by = await second(server)
  expect(await by.refused(sql.askSqlExecution, { body: { runId: run.id, reason } })).toMatchObject({
    status: 403,
  })
  expect(await by.refused(sql.executeSql, { params, body: { runId: run.id } })).toMatchObject({
    status: 403,
  })
  const support = await server.as('support')
  expect(
    await support.refused(sql.approveSqlExecution, { params, body: { receipt: request.receipt } }),
  ).toMatchObject({ status: 403 })
  expect(await (await author(server)).refused(sql.getSqlRun, { params: { id: uuidv7() } })).toMatchObject({
    status: 404,
  })
})

test.each([
  ['before anything was sent', null, 'failed'],
  ['with COMMIT sent and done', 'committed', 'executed'],
  ['with its transaction rolled back', 'aborted', 'failed'],
] as const)('of one whose process died %s is found out what became of it', async (_when, status, state) => {
  const { as, params, request } = await approved(server)
  const xid = status === null ? null : await transactionThat(status)
  await asAdmin(`UPDATE sql_requests SET begun_at = now() - interval '5 minutes', xid = ${xid === null ? 'NULL' : `'${xid}'`}
    WHERE id = '${request.id}'`)
  expect(await as.call(sql.getSqlRequest, { params })).toMatchObject({ state: 'running' })
  await findingOut(parts).run(server.db)
  expect(await as.call(sql.getSqlRequest, { params })).toMatchObject({ state })
  const told = await sqlOf<{ verb: string }>`select verb from audit_log where object_id = ${request.id}
    and verb = 'sql_execution.found_out'`.execute(server.db)
  expect(told.rows).toHaveLength(1)
})

/** A transaction of the console's that ended so. */
async function transactionThat(status: 'committed' | 'aborted'): Promise<string> {
  const client = new pg.Client({ connectionString: server.database.consoleUrl })
  await client.connect()
  await client.query('BEGIN READ WRITE')
  const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid')
  await client.query(status === 'committed' ? 'COMMIT' : 'ROLLBACK').finally(() => client.end())
  // As it is written down: of which database it is.
  const ways = await parts.doorsOf('central', 'console')
  await (await ways.beside()).end()
  return whereIs(ways, rows[0]?.xid ?? '')
}

describe('of one whose process died, and whose database stands somewhere else by now', () => {
  /** Before its answer came: what it left, and what it wrote down before COMMIT, of a database that is there no more. */
  async function left(text: string): Promise<{ id: string }> {
    const { params } = await executed(server, text)
    await asAdmin(`UPDATE sql_requests SET outcome = NULL, ended_at = NULL, begun_at = now() - interval '5 minutes',
        xid = split_part(xid, ' ', 1) || ' elsewhere' WHERE id = '${params.id}';
      UPDATE sql_runs SET status = 'lost' WHERE id = (SELECT execution_id FROM sql_requests WHERE id = '${params.id}')`)
    return params
  }
  const stateOf = async (params: { id: string }) => {
    await findingOut(parts).run(server.db)
    return (await author(server)).call(sql.getSqlRequest, { params })
  }

  test('the rows say that it was done, though somebody changed one since', async () => {
    await put('ancien a', 'ancien b')
    const params = await left(renaming)
    await asAdmin(`UPDATE support_tags SET name = 'repris' WHERE name = 'ancien a (2)'`)
    expect(await stateOf(params)).toMatchObject({ state: 'executed', execution: { status: 'executed' } })
  })

  test('or that it was not', async () => {
    await put('ancien a', 'ancien b')
    const params = await left(renaming)
    await asAdmin(`UPDATE support_tags SET name = replace(name, ' (2)', '')`)
    expect(await stateOf(params)).toMatchObject({ state: 'failed', execution: { status: 'failed' } })
  })

  test('and where they say nothing, nobody will ever know: it ends as that', async () => {
    await put('ancien a')
    const params = await left(renaming)
    await asAdmin(`UPDATE support_tags SET name = 'repris'`)
    expect(await stateOf(params)).toMatchObject({
      state: 'unknown',
      undoUntil: null,
      execution: { status: 'lost', code: 'unknown' },
    })
    const { rows } = await sqlOf`select from audit_log
      where object_id = ${params.id} and verb = 'sql_execution.found_out'`.execute(server.db)
    expect(rows).toHaveLength(1)
    const as = await author(server)
    expect(await as.call(sql.listSqlRequests, { query: { state: 'unknown' } })).toMatchObject({
      rows: [{ id: params.id }],
    })
  })

  test('so does one whose practice was deleted', async () => {
    await put('ancien a')
    const params = await left(renaming)
    await findingOut({ ...parts, doorsOf: () => Promise.reject(new NotFound()) }).run(server.db)
    const as = await author(server)
    expect(await as.call(sql.getSqlRequest, { params })).toMatchObject({ state: 'unknown' })
  })

  test('one that cannot be asked for a week is not waited for any longer', async () => {
    await put('ancien a')
    const params = await left(renaming)
    const closed = { ...parts, doorsOf: () => Promise.reject(new Error('nobody there')) }
    await findingOut(closed).run(server.db)
    const as = await author(server)
    expect(await as.call(sql.getSqlRequest, { params })).toMatchObject({ state: 'running' })
    await asAdmin(`UPDATE sql_requests SET begun_at = now() - interval '8 days' WHERE id = '${params.id}'`)
    await findingOut(closed).run(server.db)
    expect(await as.call(sql.getSqlRequest, { params })).toMatchObject({ state: 'unknown' })
  })
})
