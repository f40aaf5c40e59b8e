/** A process that dies in the middle of an execution in many practices: another goes on, and in none it is done twice. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { openLog } from '#platform/server/log.ts'
import { onDatabase } from '../../../../tests/harness/another-cluster.ts'
import type { MortalOrder } from '../../../../tests/harness/mortal-executor.ts'
import { author, reason, second } from '../../../../tests/harness/sql.ts'
import { tenancyServer, type TestPractice } from '../../../../tests/harness/tenants.ts'
import { keepColumns } from '../masking/columns.ts'
import type { Parts } from '../parts.ts'
import { openDoors } from '../targets/doors.ts'
import { executionState } from './execution-queries.ts'
import { fleetExecutor } from './execution-running.ts'
import { fleetRunner } from './running.ts'

// It serves, and begins nothing by itself.
const server = await tenancyServer({ env: { ROLE: 'web' } })
const practices: TestPractice[] = []
for (const whose of ['Anna Bernard', 'Boris Colin', 'Chloé Dubois'])
  practices.push(await server.openPractice(whose))
const log = openLog('silent')
const parts = {
  ...server,
  clock: systemClock,
  log,
  columns: keepColumns(),
  doorsOf: openDoors({
    db: server.db,
    log,
    locate: (tenantId) => server.tenants.catalogue.locate(tenantId),
    newest: server.tenants.schema.current,
    consoleUrl: undefined,
  }),
} as unknown as Parts & { pool: pg.Pool } // of which a runner needs no more
const [runner, executor] = [fleetRunner(parts), fleetExecutor(parts)]
let next = mortal()
afterAll(async () => {
  next.child.kill('SIGKILL')
  await Promise.all([runner.close(), executor.close()])
})

/** Loads while the one before still lives. */
function mortal() {
  const child = spawn(process.execPath, [path.resolve('tests/harness/mortal-executor.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ready = once(createInterface(child.stdout), 'line')
  return {
    child,
    async live(order: MortalOrder): Promise<NodeJS.Signals | null> {
      await ready
      const over = once(child, 'close')
      child.stdin.write(`${JSON.stringify(order)}\n`)
      const [, signal] = (await over) as [number | null, NodeJS.Signals | null]
      return signal
    },
  }
}

async function inside({ databaseName }: TestPractice, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: onDatabase(server.database.adminUrl, databaseName) })
  await client.connect()
  return client.query(text).finally(() => client.end())
}
async function names(): Promise<string[]> {
  const all = []
  for (const practice of practices)
    all.push((await inside(practice, "SELECT name FROM origins WHERE name LIKE 'Console%'")).rows)
  return all.flat().map(({ name }: { name: string }) => name)
}

/** Done twice it reads otherwise than done once. */
async function begun(): Promise<string> {
  for (const practice of practices) {
    await inside(practice, "DELETE FROM origins WHERE name LIKE 'Console%'")
    await inside(practice, "INSERT INTO origins (name) VALUES ('Console')")
  }
  const [as, by] = [await author(server), await second(server)]
  const id = uuidv7()
  const text = "UPDATE origins SET name = name || ' +' WHERE name LIKE 'Console%'"
  await as.call(sql.simulateSqlFleet, { body: { id, practices: { search: '' }, text } })
  await runner.run(id)
  const params = { id }
  await as.call(sql.askSqlFleetExecution, { params, body: { reason, automatic: true } })
  const { executing } = await by.call(sql.getSqlFleet, { params })
  await by.call(sql.approveSqlFleetExecution, { params, body: { receipt: executing?.receipt ?? '' } })
  await as.call(sql.executeSqlFleet, { params })
  return id
}

const places: [when: string, at: Pick<MortalOrder, 'statement' | 'nth' | 'before'>][] = [
  [
    'before it is written down that it begins',
    { statement: 'insert into sql_requests', nth: 1, before: true },
  ],
  [
    'when it is written down that it begins',
    { statement: 'insert into sql_requests', nth: 1, before: false },
  ],
  ['before COMMIT is sent', { statement: 'COMMIT', nth: 1, before: true }],
  ['with COMMIT sent', { statement: 'COMMIT', nth: 1, before: false }],
  ['with COMMIT sent, in the second practice', { statement: 'COMMIT', nth: 2, before: false }],
  ['when it asks what became of it', { statement: 'pg_xact_status', nth: 2, before: true }],
  ...[40, 90, 140, 190, 240].map((nth): (typeof places)[number] => [
    `with ${nth} statements sent`,
    { statement: '', nth, before: false },
  ]),
]

test.each(places)(
  'who dies %s leaves it to another, and in each practice it is done once',
  async (_, at) => {
    const id = await begun()
    const now = next
    next = mortal()
    const order = {
      databaseUrl: server.database.appUrl,
      masterKey: server.masterKey.toString('base64'),
      fleetId: id,
      ...at,
    }
    expect(await now.live(order)).toBe('SIGKILL')
    for (const name of await names()) expect(name).not.toContain('+ +')
    while ((await executionState(server.db, id)) === 'running') await executor.goOn()
    expect(await executionState(server.db, id)).toBe('executed')
    expect(await names()).toEqual(practices.map(() => 'Console +'))
    // Each by a request that was executed, and nothing is left of which nobody knows.
    const { rows } = await server.pool.query<{ outcome: string | null; count: number }>(
      `SELECT q.outcome, count(*)::int FROM sql_requests q JOIN sql_runs r ON r.id = q.run_id WHERE r.fleet_id = $1
     GROUP BY 1 HAVING q.outcome IS DISTINCT FROM 'failed'`,
      [id],
    )
    expect(rows).toEqual([{ outcome: 'executed', count: practices.length }])
  },
  90_000,
)
