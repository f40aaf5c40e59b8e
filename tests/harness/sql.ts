/** What a story of the SQL console begins with: something simulated, asked for, approved, executed. */
import * as sql from '#contract/sql-console'
import { uuidv7 } from '#platform/server/ids.ts'
import { freshStaff, type TestStaff } from './impersonation.ts'
import type { TestServer } from './server.ts'

export const author = (server: TestServer) => idle(server, 'super_administrator')
export const second = (server: TestServer) => idle(server, 'technical_administrator')

/** Whatever they ran before is over. */
async function idle(server: TestServer, role: string): Promise<TestStaff> {
  const as = await freshStaff(server, role)
  await server.db
    .deleteFrom('sqlRuns')
    .where('staffId', '=', as.staffId)
    .where('status', '=', 'running')
    // Of many practices nobody waits for.
    .where('fleetId', 'is', null)
    .execute()
  return as
}

let made = 0
/** Something that nobody else looks at. */
export const inserting = () => `INSERT INTO support_tags (name) VALUES ('par la console ${++made}')`

export const body = (text: string, over: Partial<{ target: string; id: string }> = {}) => ({
  id: uuidv7(),
  target: 'central',
  text,
  ...over,
})

export async function simulated(as: TestStaff, text = inserting()): Promise<sql.SqlRun> {
  return as.call(sql.simulateSql, { body: body(text) })
}

export const reason = 'Étiquette oubliée à la reprise des données'

export async function asked(server: TestServer, text = inserting()) {
  const as = await author(server)
  const run = await simulated(as, text)
  const request = await as.call(sql.askSqlExecution, { body: { runId: run.id, reason } })
  return { as, run, request, params: { id: request.id } }
}

export async function approved(server: TestServer, text = inserting()) {
  const one = await asked(server, text)
  const by = await second(server)
  await by.call(sql.approveSqlExecution, { params: one.params, body: { receipt: one.request.receipt } })
  return { ...one, by }
}

export async function executed(server: TestServer, text = inserting()) {
  const one = await approved(server, text)
  const done = await one.as.call(sql.executeSql, { params: one.params, body: { runId: one.run.id } })
  return { ...one, done }
}
