/** One text over many practices, on the real server and databases of their own. */
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { onDatabase } from '../../../../tests/harness/another-cluster.ts'
import { author } from '../../../../tests/harness/sql.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'
import type { DoorsOf, Parts } from '../parts.ts'
import { openDoors } from '../targets/doors.ts'
import { fleetById, practicesOf } from './queries.ts'
import { fleetRunner } from './running.ts'

const server = await tenancyServer()
const log = openLog('silent')
const practices: TestPractice[] = []
for (const whose of ['Anna Bernard', 'Boris Colin', 'Chloé Dubois', 'Denis Evrard', 'Emma Fontaine'])
  practices.push(await server.openPractice(whose))
const [, , chloe] = practices
if (!chloe) throw new Error('five were opened')

async function inside({ databaseName }: TestPractice, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: onDatabase(server.database.adminUrl, databaseName) })
  await client.connect()
  return client.query(text).finally(() => client.end())
}

beforeEach(async () => {
  for (const practice of practices) await inside(practice, "DELETE FROM origins WHERE name LIKE 'Console%'")
})

const all = { search: '' }
const body = (text: string, over: object = {}) => ({ id: uuidv7(), practices: all, text, ...over })

type Staff = Awaited<ReturnType<typeof author>>

/** Until nobody is at it any more. */
async function through(as: Staff, id: string): Promise<sql.SqlFleet> {
  for (;;) {
    const fleet = await as.call(sql.getSqlFleet, { params: { id } })
    if (fleet.state === 'done' || fleet.state === 'cancelled') return fleet
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
async function reading(text: string, over: object = {}) {
  const as = await author(server)
  const { id } = await as.call(sql.readSqlFleet, { body: body(text, over) })
  return { as, id, fleet: await through(as, id) }
}
async function simulating(text: string, over: object = {}) {
  const as = await author(server)
  const { id } = await as.call(sql.simulateSqlFleet, { body: body(text, over) })
  return { as, id, fleet: await through(as, id) }
}
/** What a refusal says. */
async function saidTo(as: Staff, path: string, input: object = {}): Promise<unknown> {
  const { text } = await as.send('POST', `/api/v1${path}`, { body: input })
  return (JSON.parse(text) as { error: unknown }).error
}
const names = (fleet: sql.SqlFleet) => fleet.practices.map(({ name }) => name)

/** As another process has them. */
const partsWith = (wrap: (doorsOf: DoorsOf) => DoorsOf = (doorsOf) => doorsOf) =>
  ({
    ...server,
    clock: systemClock,
    log,
    doorsOf: wrap(
      openDoors({
        db: server.db,
        log,
        locate: (tenantId) => server.tenants.catalogue.locate(tenantId),
        newest: server.tenants.schema.current,
        consoleUrl: undefined,
      }),
    ),
  }) as unknown as Parts & { pool: pg.Pool } // of which a runner needs no more

/** What is written down without anybody who would begin it: the server's own process does not hear of it. */
async function written(as: Staff, text: string): Promise<string> {
  const { sealText, fleetDigest } = await import('./keeping.ts')
  const { insertFleet } = await import('./queries.ts')
  const id = uuidv7()
  const typed = { text, parameters: [] }
  const ids = practices.map(({ tenantId }) => tenantId)
  await insertFleet(
    server.db,
    {
      id,
      staffId: as.staffId,
      mode: 'read',
      ticket: '',
      digest: fleetDigest(server.vault, typed, ids),
      textSealed: sealText(server.vault, typed, id),
      total: ids.length,
      askedAt: new Date(),
    },
    ids,
  )
  return id
}

test('what practices give stands side by side, each row with whose it is, and masked', async () => {
  await inside(chloe, "INSERT INTO origins (name) VALUES ('Console A'), ('Console B')")
  const { as, id, fleet } = await reading(
    "SELECT o.name, p.email FROM origins o, practice p WHERE o.name LIKE 'Console%' ORDER BY 1",
  )
  expect(fleet).toMatchObject({ state: 'done', total: 5, figures: { done: 5 }, rowCount: 2, diverging: 0 })
  expect(names(fleet)).toEqual(names(fleet).toSorted((a, b) => a.localeCompare(b, 'fr')))
  const rows = await as.call(sql.listSqlFleetRows, { params: { id }, query: { limit: 1 } })
  expect(rows).toMatchObject({
    columns: [
      { name: 'name', masked: null },
      { name: 'email', masked: 'identity' },
    ],
    rows: [{ tenantId: chloe.tenantId, practice: chloe.name, values: ['Console A', expect.anything()] }],
    total: 2,
  })
  const { next } = rows
  const more = await as.call(sql.listSqlFleetRows, { params: { id }, query: { limit: 1, after: next ?? '' } })
  expect(more).toMatchObject({ rows: [{ values: ['Console B', expect.anything()] }], next: null })
})

test('of several practices one does otherwise, and it is said in what', async () => {
  await inside(chloe, "INSERT INTO origins (name) VALUES ('Console')")
  const { as, id, fleet } = await simulating("INSERT INTO origins (name) VALUES ('Console')")
  expect(fleet).toMatchObject({
    figures: { done: 4, failed: 1 },
    diverging: 1,
    effects: { origins: { inserted: 4 } },
  })
  expect(fleet.practices.filter(({ differs }) => differs.length)).toMatchObject([
    {
      tenantId: chloe.tenantId,
      outcome: 'failed',
      code: '23505',
      differs: [
        { about: 'outcome', usual: 'done', here: 'failed' },
        { about: 'code', usual: null, here: '23505' },
        { about: 'constraint', usual: null, here: expect.stringContaining('origins') },
      ],
    },
  ])
  for (const practice of practices)
    expect((await inside(practice, "SELECT name FROM origins WHERE name = 'Console'")).rowCount).toBe(
      practice === chloe ? 1 : 0,
    )
  const one = await as.call(sql.getSqlFleetPractice, {
    params: { id, tenantId: practices[0]?.tenantId ?? '' },
  })
  expect(one.report).toMatchObject({
    proof: { unchanged: true },
    statements: [{ effects: { origins: { inserted: 1 } } }],
  })
})

test('a practice whose columns differ is one that diverges, and its rows stand in the same table', async () => {
  await inside(chloe, 'ALTER TABLE origins ADD COLUMN console_only text')
  try {
    await inside(chloe, "INSERT INTO origins (name, console_only) VALUES ('Console', 'x')")
    const { as, id, fleet } = await reading("SELECT * FROM origins WHERE name LIKE 'Console%'")
    expect(fleet.practices.filter(({ differs }) => differs.length)).toMatchObject([
      {
        tenantId: chloe.tenantId,
        differs: [{ about: 'column', name: 'console_only', usual: null, here: 'text' }],
      },
    ])
    const { columns, rows } = await as.call(sql.listSqlFleetRows, { params: { id }, query: {} })
    // Nobody has said yet what it holds.
    expect(columns.at(-1)).toEqual({ name: 'console_only', type: 'text', masked: 'unclassed' })
    expect(rows[0]?.values.at(-1)).toBe('•••')
  } finally {
    await inside(chloe, 'ALTER TABLE origins DROP COLUMN console_only')
  }
})

test('practices that cannot be worked in are told apart, and hold nobody up', async () => {
  const [anna, boris, , denis] = practices
  const set = (practice: TestPractice | undefined, values: object) =>
    server.db
      .updateTable('tenants')
      .set(values)
      .where('id', '=', practice?.tenantId ?? '')
      .execute()
  await set(anna, { state: 'moving', stateBefore: 'active' })
  await set(boris, { state: 'suspended' })
  await inside(chloe, 'UPDATE schema_migrations SET version = 3000 WHERE version = 4')
  await set(denis, { databaseName: 't_0123456789abcdef' })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  try {
    const { fleet } = await reading('SELECT 1 AS one')
    const of = (practice: TestPractice | undefined) =>
      fleet.practices.find(({ tenantId }) => tenantId === practice?.tenantId)
    expect(of(anna)).toMatchObject({ outcome: 'moving' })
    expect(of(boris)).toMatchObject({ outcome: 'done', suspended: true })
    expect(of(chloe)).toMatchObject({ outcome: 'outdated' })
    expect(of(denis)).toMatchObject({ outcome: 'unreachable' })
    expect(fleet).toMatchObject({ state: 'done', figures: { done: 2, notReached: 3 }, diverging: 0 })
  } finally {
    await set(anna, { state: 'active', stateBefore: null })
    await set(boris, { state: 'active' })
    await set(denis, { databaseName: denis?.databaseName ?? '' })
    await inside(chloe, 'UPDATE schema_migrations SET version = 4 WHERE version = 3000')
    await new Promise((resolve) => setTimeout(resolve, 1_100))
  }
})

test('who cancels ends what runs, and what has not begun never does', async () => {
  const as = await author(server)
  const { id } = await as.call(sql.readSqlFleet, {
    body: body('SELECT count(*) FROM generate_series(1, 1000000000)'),
  })
  for (;;) {
    const fleet = await as.call(sql.getSqlFleet, { params: { id } })
    if (fleet.state === 'running') break
  }
  await as.call(sql.cancelSqlFleet, { params: { id } })
  const fleet = await through(as, id)
  expect(fleet).toMatchObject({ state: 'cancelled', figures: { cancelled: 5, failed: 0 } })
  // Cut, not run to its end: nobody of the console is left in any of them.
  for (;;) {
    const { rowCount } = await inside(
      chloe,
      "SELECT FROM pg_stat_activity WHERE query LIKE '%generate_series%1000000000%' AND pid <> pg_backend_pid() AND state = 'active'",
    )
    if (rowCount === 0) break
  }
  expect(await saidTo(as, `/sql/fleets/${id}/cancellation`)).toMatchObject({ code: 'sql_fleet_over' })
})

test('what a process left that died is gone on with by another, and nobody is looked into twice', async () => {
  const as = await author(server)
  const id = await written(as, 'SELECT 1 AS one')
  const asked: string[] = []
  let died = () => {}
  const death = new Promise<void>((resolve) => (died = resolve))
  const dying = fleetRunner(
    partsWith((doorsOf) => async (target, as_, how) => {
      asked.push(target)
      // Two of them are over; the others hang for ever.
      if (asked.length > 2) await death
      return doorsOf(target, as_, how)
    }),
  )
  const run = dying.run(id)
  for (;;) {
    const { counts } = (await fleetById(server.db, id)) ?? { counts: { done: 0 } }
    if (counts.done === 2) break
  }
  const before = (await practicesOf(server.db, id)).filter(({ state }) => state === 'done')
  // Another that comes meanwhile leaves it alone.
  const another = fleetRunner(partsWith())
  await another.run(id)
  expect((await fleetById(server.db, id))?.counts.done).toBe(2)

  const closing = dying.close()
  died()
  await Promise.all([closing, run])
  await another.goOn()
  const after = await practicesOf(server.db, id)
  expect(await fleetById(server.db, id)).toMatchObject({ state: 'done', counts: { done: 5 } })
  for (const one of before) expect(after.find(({ place }) => place === one.place)).toEqual(one)
  await another.close()
})

test('each has one under way, reads nothing by writing, and sends nothing that is refused', async () => {
  const as = await author(server)
  const refused = (endpoint: typeof sql.readSqlFleet | typeof sql.simulateSqlFleet, input: object) =>
    saidTo(as, endpoint.path, input)
  expect(await refused(sql.readSqlFleet, body('DELETE FROM origins'))).toMatchObject({
    code: 'sql_only_reading',
  })
  expect(await refused(sql.simulateSqlFleet, body('DROP TABLE origins'))).toMatchObject({
    code: 'sql_fleet_no_schema',
  })
  expect(await refused(sql.readSqlFleet, body("SELECT pg_read_file('x')"))).toMatchObject({
    code: 'sql_fleet_text_refused',
    details: { problems: [{ name: 'pg_read_file' }] },
  })
  expect(await refused(sql.readSqlFleet, body('SELECT 1', { practices: { search: 'zzz' } }))).toMatchObject({
    code: 'sql_fleet_empty',
  })
  const { id } = await as.call(sql.readSqlFleet, {
    body: body('SELECT count(*) FROM generate_series(1, 1000000000)'),
  })
  expect(await refused(sql.readSqlFleet, body('SELECT 1'))).toMatchObject({
    code: 'sql_fleet_one_at_a_time',
    details: { id },
  })
  await as.call(sql.cancelSqlFleet, { params: { id } })
  expect(await refused(sql.readSqlFleet, body('SELECT 1', { id }))).toMatchObject({ code: 'sql_fleet_known' })
})

test('of a statement’s many rows some are kept and all are counted, and a text of two is not one', async () => {
  const { as, id, fleet } = await reading('SELECT n, NULL AS nothing FROM generate_series(1, 20000) n', {
    practices: { ids: [chloe.tenantId] },
  })
  expect(fleet).toMatchObject({ rowCount: 20_000, figures: { done: 1 } })
  const rows = await as.call(sql.listSqlFleetRows, { params: { id }, query: { limit: 200 } })
  expect(rows).toMatchObject({ total: 500, columns: [{ name: 'n', type: 'int4' }, { name: 'nothing' }] })
  const two = await reading('SELECT 1 AS first; SELECT $1::int AS second', {
    practices: { ids: [chloe.tenantId] },
    parameters: ['7'],
  })
  expect(two.fleet).toMatchObject({ figures: { done: 1 }, rowCount: 1 })
  const given = await as.call(sql.listSqlFleetRows, { params: { id: two.id }, query: {} })
  expect(given).toMatchObject({ columns: [{ name: 'second' }], total: 1 })
})

test('of several results in a practice each has its part of what is kept of it', async () => {
  const long = "SELECT n, repeat('x', 4000) FROM generate_series(1, 400) n"
  const { as, id } = await reading(`${long}; ${long}`, { practices: { ids: [chloe.tenantId] } })
  const { report } = await as.call(sql.getSqlFleetPractice, { params: { id, tenantId: chloe.tenantId } })
  expect(report?.statements).toMatchObject([
    { rowCount: 400, cut: 'bytes' },
    { rowCount: 400, cut: 'bytes' },
  ])
  for (const { rows } of report?.statements ?? []) {
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.length).toBeLessThan(150)
  }
})

test('what this release would refuse was judged by another, and goes no further', async () => {
  const as = await author(server)
  const id = await written(as, "SELECT pg_read_file('x')")
  const runner = fleetRunner(partsWith())
  await runner.run(id)
  await runner.close()
  expect(await fleetById(server.db, id)).toMatchObject({
    state: 'cancelled',
    counts: { cancelled: 5, done: 0 },
  })
})

test('a text that goes to one practice is that practice’s own, and goes with it', async () => {
  const { as, id, fleet } = await reading("SELECT 'Console' AS word", {
    practices: { ids: [chloe.tenantId] },
  })
  expect(fleet.text).toBe("SELECT 'Console' AS word")
  const [{ place }, { textSealed }] = [
    { place: `sql_fleets.text_sealed:${id}` },
    await server.db
      .selectFrom('sqlFleets')
      .where('id', '=', id)
      .select('textSealed')
      .executeTakeFirstOrThrow(),
  ]
  expect(() => server.vault.open(textSealed, place)).toThrow()
  expect((await server.tenants.catalogue.vaultOf(chloe.tenantId))?.open(textSealed, place)).toBeDefined()
  const sent = await as.call(sql.listSqlFleets, { query: {} })
  expect(sent.rows[0]).toMatchObject({ id, text: "SELECT 'Console' AS word" })
})
