/** What was executed says of which values nobody could know whether they are those that were approved. */
import * as sql from '#contract/sql-console'
import { expect, test } from 'vitest'
import { testServer } from '../../../../tests/harness/server.ts'
import { executed, inserting } from '../../../../tests/harness/sql.ts'

const server = await testServer()

test('a value that is drawn is counted in what is told of the execution, with what was kept', async () => {
  const text = `INSERT INTO support_tags (name) VALUES ('tirée ' || random())`
  const { as, done } = await executed(server, text)
  expect(done.request.state).toBe('executed')
  const { report } = await as.call(sql.getSqlRun, { params: { id: done.request.execution?.id ?? '' } })
  expect(report).toMatchObject({ uncompared: 1, unrepeatable: ['random'] })
  expect(report?.statements[0]?.changes).toMatchObject([
    { after: { name: expect.stringContaining('tirée 0') } },
  ])
})

test('of what is the same each time there is nothing to say', async () => {
  const { as, done } = await executed(server, inserting())
  const { report } = await as.call(sql.getSqlRun, { params: { id: done.request.execution?.id ?? '' } })
  expect(report?.uncompared).toBe(0)
})
