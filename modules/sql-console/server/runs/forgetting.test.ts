/** What was executed is accounted for as long as the log is; its report and its text are not kept as long. */
import * as sql from '#contract/sql-console'
import pg from 'pg'
import { expect, test } from 'vitest'
import { systemClock } from '#platform/server/clock.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { author, executed, second, simulated } from '../../../../tests/harness/sql.ts'
import { forgettingRuns } from './forgetting.ts'

const server = await testServer()
const forgotten = () => forgettingRuns({ clock: systemClock }).run(server.db)

async function aged(days: number): Promise<void> {
  const client = new pg.Client({ connectionString: server.database.adminUrl })
  await client.connect()
  await client
    .query(
      `UPDATE sql_runs SET started_at = started_at - interval '${days} days', ended_at = ended_at - interval '${days} days'`,
    )
    .finally(() => client.end())
}

test('a run that nobody asked for goes; of what was executed the report, a year later the text, and never that it was', async () => {
  const text = `INSERT INTO support_tags (name) VALUES ('gardée un temps')`
  const { as, params, run, done } = await executed(server, text)
  const alone = await simulated(as, text.replace('un temps', 'peu'))
  await aged(80)
  await forgotten()
  const stands = () => as.call(sql.getSqlRequest, { params })
  expect((await stands()).executed?.report).not.toBeNull()

  await aged(11)
  await forgotten()
  expect(await as.refused(sql.getSqlRun, { params: { id: alone.id } })).toMatchObject({ status: 404 })
  expect(await stands()).toMatchObject({
    state: 'executed',
    report: { report: null, text, effects: run.effects },
    executed: { report: null, text, effects: done.run.effects },
  })

  await aged(275)
  await forgotten()
  const after = await stands()
  expect(after).toMatchObject({
    state: 'executed',
    by: { id: as.staffId },
    decidedBy: { id: (await second(server)).staffId },
    receipt: run.receipt?.digest,
    report: { report: null, text: '', parameters: [], effects: run.effects },
    executed: { text: '' },
  })
  const own = await author(server)
  const { rows } = await own.call(sql.listSqlRuns, { query: {} })
  expect(rows).toMatchObject([{ text: '' }, { text: '' }])
  const logged = await server.pool.query(`SELECT FROM audit_log WHERE object_id = $1`, [params.id])
  expect(logged.rowCount).toBeGreaterThan(2)
})
