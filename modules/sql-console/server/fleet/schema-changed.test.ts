/** The schema of one practice among several changes between the simulation that was approved and its execution. */
import { createHash } from 'node:crypto'
import * as sql from '#contract/sql-console'
import { readSchema } from '#server/tenancy'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '#platform/server/ids.ts'
import { onDatabase } from '../../../../tests/harness/another-cluster.ts'
import { author, reason, second } from '../../../../tests/harness/sql.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'

const today = readSchema()
const colours = `ALTER TABLE origins ADD COLUMN colour text NOT NULL DEFAULT 'bleu'`
const next = {
  version: today.current + 1,
  name: `${String(today.current + 1).padStart(4, '0')}_colours`,
  checksum: createHash('sha256').update(colours).digest('hex'),
  sql: colours,
}
const server = await tenancyServer({
  tenantSchema: { migrations: [...today.migrations, next], current: next.version, digest: 'next' },
})
const [anna, boris, chloe] = [
  await server.openPractice('Anna Bernard'),
  await server.openPractice('Boris Colin'),
  await server.openPractice('Chloé Dubois'),
]
const all = [anna, boris, chloe]

async function inside({ databaseName }: TestPractice, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: onDatabase(server.database.adminUrl, databaseName) })
  await client.connect()
  return client.query(text).finally(() => client.end())
}
const migrated = (practice: TestPractice) =>
  inside(
    practice,
    `BEGIN; ${colours}; INSERT INTO schema_migrations (version, name, checksum)
      VALUES (${next.version}, '${next.name}', '${next.checksum}'); COMMIT`,
  )
beforeEach(async () => {
  for (const practice of all) {
    await inside(
      practice,
      `BEGIN; ALTER TABLE origins DROP COLUMN IF EXISTS colour; DELETE FROM schema_migrations WHERE version > ${today.current};
       DELETE FROM origins WHERE name LIKE 'Console%'; INSERT INTO origins (name) VALUES ('Console before'); COMMIT`,
    )
  }
})
const renaming = "UPDATE origins SET name = 'Console after' WHERE name = 'Console before'"
async function changed(): Promise<TestPractice[]> {
  const found = []
  for (const practice of all)
    if ((await inside(practice, "SELECT FROM origins WHERE name = 'Console after'")).rowCount)
      found.push(practice)
  return found
}

type Staff = Awaited<ReturnType<typeof author>>
async function until(as: Staff, id: string, is: (fleet: sql.SqlFleet) => boolean): Promise<sql.SqlFleet> {
  for (;;) {
    const fleet = await as.call(sql.getSqlFleet, { params: { id } })
    if (is(fleet)) return fleet
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const stands = (as: Staff, id: string) => until(as, id, ({ execution }) => execution !== 'running')

async function approved(canary: TestPractice, automatic = true) {
  const as = await author(server)
  const params = { id: uuidv7() }
  await as.call(sql.simulateSqlFleet, { body: { ...params, practices: { search: '' }, text: renaming } })
  await until(as, params.id, ({ state }) => state === 'done')
  await as.call(sql.askSqlFleetExecution, { params, body: { reason, automatic, canary: canary.tenantId } })
  const by = await second(server)
  const { executing } = await by.call(sql.getSqlFleet, { params })
  await by.call(sql.approveSqlFleetExecution, { params, body: { receipt: executing?.receipt ?? '' } })
  return { as, params }
}
const of = (fleet: sql.SqlFleet, { tenantId }: TestPractice) =>
  fleet.practices.find((one) => one.tenantId === tenantId)

test('it stops before that practice and says why; left out, the others go on', async () => {
  const { as, params } = await approved(anna)
  await migrated(boris)
  await as.call(sql.executeSqlFleet, { params })
  const fleet = await stands(as, params.id)
  expect(fleet.executing).toMatchObject({
    state: 'stopped',
    stop: { why: 'drifted', tenantId: boris.tenantId },
  })
  expect(of(fleet, boris)?.execution).toMatchObject({ state: 'drifted', code: 'schema_changed', drift: [] })
  expect(await changed()).toEqual([anna])
  await as.call(sql.resumeSqlFleetExecution, { params, body: { leaveOut: [boris.tenantId] } })
  expect((await stands(as, params.id)).execution).toBe('executed')
  expect(await changed()).toEqual([anna, chloe])
})

test('tried again without being left out, it is the same: another schema was approved', async () => {
  const { as, params } = await approved(boris)
  await migrated(boris)
  await as.call(sql.executeSqlFleet, { params })
  await stands(as, params.id)
  await as.call(sql.resumeSqlFleetExecution, { params, body: {} })
  const again = await stands(as, params.id)
  expect(of(again, boris)?.execution).toMatchObject({ state: 'drifted', code: 'schema_changed' })
  expect(await changed()).toEqual([])
})

test('of one practice alone: what was approved of another schema is not executed, and can be asked for anew', async () => {
  const as = await author(server)
  const body = () => ({ id: uuidv7(), target: boris.tenantId, text: renaming })
  const run = await as.call(sql.simulateSql, { body: body() })
  const { id, receipt } = await as.call(sql.askSqlExecution, { body: { runId: run.id, reason } })
  const by = await second(server)
  await by.call(sql.approveSqlExecution, { params: { id }, body: { receipt } })
  await migrated(boris)
  const refused = await as.refused(sql.executeSql, { params: { id }, body: { runId: run.id } })
  expect(refused).toMatchObject({ code: 'sql_receipt_other' })
  expect(await as.call(sql.getSqlRequest, { params: { id } })).toMatchObject({ state: 'approved' })
  // Nor with a simulation of the schema as it is.
  const again = await as.call(sql.simulateSql, { body: body() })
  expect(again.receipt?.digest).not.toBe(receipt)
  expect(await as.refused(sql.executeSql, { params: { id }, body: { runId: again.id } })).toMatchObject({
    code: 'sql_receipt_other',
  })
  expect(await changed()).toEqual([])
})

test('one of which nobody will ever know what became of it is left as it is, and the others go on', async () => {
  const { as, params } = await approved(anna, false)
  await as.call(sql.executeSqlFleet, { params })
  const fleet = await stands(as, params.id)
  const requestId = of(fleet, anna)?.execution?.requestId
  // As it is when its process died, and its database was deleted before anybody asked it.
  const admin = new pg.Client({ connectionString: server.database.adminUrl })
  await admin.connect()
  await admin
    .query(
      `UPDATE sql_requests SET outcome = 'unknown' WHERE id = '${requestId}';
       UPDATE sql_fleet_runs SET execution = 'unknown' WHERE request_id = '${requestId}';
       UPDATE sql_fleets SET execution = 'stopped', stopped_at = now(), stop_why = 'unknown' WHERE id = '${params.id}'`,
    )
    .finally(() => admin.end())
  const before = await as.call(sql.getSqlFleet, { params })
  expect(of(before, anna)?.execution).toMatchObject({ state: 'unknown', code: 'never_known' })
  await as.call(sql.resumeSqlFleetExecution, { params, body: {} })
  await stands(as, params.id)
  const state = async () => (await as.call(sql.getSqlFleet, { params })).execution
  if ((await state()) === 'paused') {
    await as.call(sql.resumeSqlFleetExecution, { params, body: {} })
    await stands(as, params.id)
  }
  const after = await as.call(sql.getSqlFleet, { params })
  expect(after.execution).toBe('executed')
  expect(of(after, anna)?.execution).toMatchObject({ state: 'unknown' })
  expect(await changed()).toEqual(all)
})
