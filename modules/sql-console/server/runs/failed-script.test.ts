/** A script whose last statement fails: what the others had come to is told, and that nothing of it would be. */
import * as sql from '#contract/sql-console'
import { expect, test } from 'vitest'
import { testServer } from '../../../../tests/harness/server.ts'
import { author, body, simulated } from '../../../../tests/harness/sql.ts'

const server = await testServer()

test('of each statement that ran before it, and of the whole, it is said that nothing would happen', async () => {
  const as = await author(server)
  const run = await simulated(
    as,
    `INSERT INTO support_tags (name) VALUES ('un'); INSERT INTO support_tags (name) VALUES ('deux');
     INSERT INTO support_tags (name) VALUES ('un'); INSERT INTO support_tags (name) VALUES ('trois')`,
  )
  expect(run).toMatchObject({
    status: 'failed',
    code: '23505',
    receipt: null,
    report: {
      failure: { statement: 2 },
      takesEffect: false,
      statements: [
        { effects: { support_tags: { inserted: 1 } }, takesEffect: false },
        { effects: { support_tags: { inserted: 1 } }, takesEffect: false },
      ],
    },
  })
  const { report } = await as.call(sql.getSqlRun, { params: { id: run.id } })
  expect(report?.takesEffect).toBe(false)
})

test('of what goes well it would, each and all', async () => {
  const as = await author(server)
  const run = await simulated(as, `INSERT INTO support_tags (name) VALUES ('un'); SELECT 1`)
  expect(run.report).toMatchObject({
    takesEffect: true,
    statements: [{ takesEffect: true }, { takesEffect: true }],
  })
})

test('what was read before a failure is read all the same', async () => {
  const as = await author(server)
  const run = await as.call(sql.readSql, { body: body('SELECT 1; SELECT 1 / 0') })
  expect(run.report).toMatchObject({ takesEffect: false, statements: [{ rows: [['1']] }] })
})
