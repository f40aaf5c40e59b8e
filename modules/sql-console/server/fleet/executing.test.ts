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
for (const whose of ['Anna Bernard', 'Boris Colin', 'Chloé Dubois', 'Denis Evrard', 'Emma Fontaine'])
  practices.push(await server.openPractice(whose))
const [anna, boris, chloe, denis, emma] = practices
if (!anna || !boris || !chloe || !denis || !emma) throw new Error('five were opened')

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
