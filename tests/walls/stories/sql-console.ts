/** Reading, simulating, asking, approving, executing and undoing in the SQL console. */
import { setTimeout as sleep } from 'node:timers/promises'
import * as sql from '#contract/sql-console'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  approved,
  asked,
  author,
  body,
  executed,
  inserting,
  reason,
  second,
  simulated,
} from '../../harness/sql.ts'
import { freshStaff } from '../../harness/impersonation.ts'
import type { TenancyServer, TestPractice } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const made = new WeakMap<TenancyServer, Promise<TestPractice>>()
/** Made once a server. */
function practiceOf(server: TenancyServer): Promise<TestPractice> {
  const known = made.get(server) ?? server.openPractice('Zoé Delmas')
  made.set(server, known)
  return known
}

/** It moves: what was written now would stay behind. */
async function close(server: TenancyServer, tenantId: string): Promise<void> {
  await server.db
    .updateTable('tenants')
    .set({ state: 'moving', stateBefore: 'active' })
    .where('id', '=', tenantId)
    .execute()
  // So long a catalogue believes what it knew.
  await sleep(1_100)
}

/** One that nobody may work on just now. */
async function closed(server: TenancyServer): Promise<string> {
  const { tenantId } = await server.openPractice('Rémi Castel')
  await close(server, tenantId)
  return tenantId
}

const adding = 'ALTER TABLE tasks ADD COLUMN console_note text'

/** Something runs in another window of the same person. */
async function busy(server: TenancyServer, staffId: string): Promise<void> {
  await server.db
    .insertInto('sqlRuns')
    .values({
      id: uuidv7(),
      staffId,
      mode: 'read',
      digest: Buffer.from('00', 'hex'),
      textSealed: Buffer.from('00', 'hex'),
      startedAt: new Date(),
    })
    .execute()
}

async function lapse(server: TenancyServer, runId: string): Promise<void> {
  await server.db
    .updateTable('sqlRuns')
    .set({ receiptUntil: new Date(Date.now() - 1_000) })
    .where('id', '=', runId)
    .execute()
}

export const writes: WriteStory[] = [
  {
    endpoint: sql.readSql,
    tell: async (server) => ({
      as: await author(server),
      input: { body: body('SELECT id, name FROM support_tags') },
    }),
  },
  {
    endpoint: sql.simulateSql,
    tell: async (server) => ({ as: await author(server), input: { body: body(inserting()) } }),
  },
  {
    endpoint: sql.simulateSqlSchema,
    async tell(server) {
      const { tenantId } = await practiceOf(server)
      return { as: await author(server), input: { body: body(adding, { target: tenantId }) } }
    },
  },
  {
    endpoint: sql.cancelSqlRun,
    async tell(server) {
      const as = await author(server)
      const { id } = await simulated(as)
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: sql.askSqlExecution,
    async tell(server) {
      const as = await author(server)
      const { id } = await simulated(as)
      return { as, input: { body: { runId: id, reason } } }
    },
  },
  {
    endpoint: sql.approveSqlExecution,
    async tell(server) {
      const { params, request } = await asked(server)
      return { as: await second(server), input: { params, body: { receipt: request.receipt } } }
    },
  },
  {
    endpoint: sql.refuseSqlExecution,
    async tell(server) {
      const { params } = await asked(server)
      return { as: await second(server), input: { params, body: { remark: 'Pas avant la sauvegarde' } } }
    },
  },
  {
    endpoint: sql.withdrawSqlExecution,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.executeSql,
    async tell(server) {
      const { as, params, run } = await approved(server)
      return { as, input: { params, body: { runId: run.id } } }
    },
  },
  {
    endpoint: sql.simulateSqlUndo,
    async tell(server) {
      const { as, params } = await executed(server)
      return { as, input: { params, body: { id: uuidv7() } } }
    },
  },
]

/** What each that runs something may say: the practice is closed, something else runs, the id is known. */
const runs = [
  { endpoint: sql.readSql, text: 'SELECT 1' },
  { endpoint: sql.simulateSql, text: 'DELETE FROM support_tags' },
  { endpoint: sql.simulateSqlSchema, text: adding },
] as const

export const refusals: RefusalStory[] = [
  ...runs.flatMap(({ endpoint, text }): RefusalStory[] => [
    {
      endpoint,
      refusal: sql.targetNotReady,
      tell: async (server) => ({
        as: await author(server),
        input: { body: body(text, { target: await closed(server) }) },
      }),
    },
    {
      endpoint,
      refusal: sql.oneAtATime,
      async tell(server) {
        const as = await second(server)
        const { tenantId } = await practiceOf(server)
        await busy(server, as.staffId)
        return { as, input: { body: body(text, { target: tenantId }) } }
      },
    },
    {
      endpoint,
      refusal: sql.runKnown,
      async tell(server) {
        const as = await author(server)
        const { id } = await simulated(as)
        const { tenantId } = await practiceOf(server)
        return { as, input: { body: body(text, { id, target: tenantId }) } }
      },
    },
  ]),
  {
    endpoint: sql.readSql,
    refusal: sql.onlyReading,
    tell: async (server) => ({ as: await author(server), input: { body: body(inserting()) } }),
  },
  {
    endpoint: sql.simulateSql,
    refusal: sql.schemaNotYours,
    tell: async (server) => ({ as: await author(server), input: { body: body('DROP TABLE clients') } }),
  },
  {
    endpoint: sql.simulateSqlSchema,
    refusal: sql.schemaNotHere,
    tell: async (server) => ({ as: await author(server), input: { body: body('DROP TABLE clients') } }),
  },
  {
    endpoint: sql.getSqlTarget,
    refusal: sql.targetNotReady,
    tell: async (server) => ({
      as: await author(server),
      input: { params: { target: await closed(server) } },
    }),
  },
  {
    endpoint: sql.askSqlExecution,
    refusal: sql.noReceipt,
    async tell(server) {
      const as = await author(server)
      const { id } = await simulated(as, 'SELECT 1')
      return { as, input: { body: { runId: id, reason } } }
    },
  },
  {
    endpoint: sql.askSqlExecution,
    refusal: sql.receiptOld,
    async tell(server) {
      const as = await author(server)
      const { id } = await simulated(as)
      await lapse(server, id)
      return { as, input: { body: { runId: id, reason } } }
    },
  },
  {
    endpoint: sql.askSqlExecution,
    refusal: sql.tooManyToKeep,
    async tell(server) {
      const as = await author(server)
      const { id } = await simulated(
        as,
        `INSERT INTO support_tags (name) SELECT 'en nombre ' || n FROM generate_series(1, 10001) AS n`,
      )
      return { as, input: { body: { runId: id, reason } } }
    },
  },
  {
    endpoint: sql.askSqlExecution,
    refusal: sql.notExecutedHere,
    async tell(server) {
      const as = await author(server)
      const { tenantId } = await practiceOf(server)
      const { id } = await as.call(sql.simulateSqlSchema, {
        body: body(adding, { target: tenantId }),
      })
      return { as, input: { body: { runId: id, reason } } }
    },
  },
  {
    endpoint: sql.askSqlExecution,
    refusal: sql.spreadsValues,
    async tell(server) {
      const as = await author(server)
      const { id } = await simulated(
        as,
        'INSERT INTO support_tags (name) SELECT email FROM staff_members LIMIT 1',
      )
      return { as, input: { body: { runId: id, reason } } }
    },
  },
  {
    endpoint: sql.approveSqlExecution,
    refusal: sql.requestNotNow,
    async tell(server) {
      const { params, request, by } = await approved(server)
      return { as: by, input: { params, body: { receipt: request.receipt } } }
    },
  },
  {
    endpoint: sql.approveSqlExecution,
    refusal: sql.notYourOwnSql,
    async tell(server) {
      const { as, params, request } = await asked(server)
      return { as, input: { params, body: { receipt: request.receipt } } }
    },
  },
  {
    endpoint: sql.approveSqlExecution,
    refusal: sql.receiptOther,
    async tell(server) {
      const { params } = await asked(server)
      return { as: await second(server), input: { params, body: { receipt: '00' } } }
    },
  },
  {
    endpoint: sql.refuseSqlExecution,
    refusal: sql.requestNotNow,
    async tell(server) {
      const { params } = await executed(server)
      return { as: await second(server), input: { params, body: {} } }
    },
  },
  {
    endpoint: sql.refuseSqlExecution,
    refusal: sql.notYourOwnSql,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params, body: {} } }
    },
  },
  {
    endpoint: sql.withdrawSqlExecution,
    refusal: sql.requestNotNow,
    async tell(server) {
      const { as, params } = await executed(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.executeSql,
    refusal: sql.requestNotNow,
    async tell(server) {
      const { as, params, run } = await asked(server)
      return { as, input: { params, body: { runId: run.id } } }
    },
  },
  {
    endpoint: sql.executeSql,
    refusal: sql.noReceipt,
    async tell(server) {
      const { as, params } = await approved(server)
      return { as, input: { params, body: { runId: uuidv7() } } }
    },
  },
  {
    endpoint: sql.executeSql,
    refusal: sql.receiptOld,
    async tell(server) {
      const { as, params, run } = await approved(server)
      await lapse(server, run.id)
      return { as, input: { params, body: { runId: run.id } } }
    },
  },
  {
    endpoint: sql.executeSql,
    refusal: sql.receiptOther,
    async tell(server) {
      const { as, params } = await approved(server)
      const { id } = await simulated(as)
      return { as, input: { params, body: { runId: id } } }
    },
  },
  {
    endpoint: sql.executeSql,
    refusal: sql.approverGone,
    async tell(server) {
      const { as, params, run } = await approved(server)
      // Somebody who may not, by now.
      const { staffId } = await freshStaff(server, 'support')
      await server.db
        .updateTable('sqlRequests')
        .set({ decidedBy: staffId })
        .where('id', '=', params.id)
        .execute()
      return { as, input: { params, body: { runId: run.id } } }
    },
  },
  {
    endpoint: sql.executeSql,
    refusal: sql.oneAtATime,
    async tell(server) {
      const { as, params, run } = await approved(server)
      await busy(server, as.staffId)
      return { as, input: { params, body: { runId: run.id } } }
    },
  },
  {
    endpoint: sql.executeSql,
    refusal: sql.targetNotReady,
    async tell(server) {
      const practice = await server.openPractice('Alix Serre')
      const as = await author(server)
      const text = `INSERT INTO tasks (title) VALUES ('Rappeler la banque')`
      const run = await as.call(sql.simulateSql, { body: body(text, { target: practice.tenantId }) })
      const { id, receipt } = await as.call(sql.askSqlExecution, { body: { runId: run.id, reason } })
      await (await second(server)).call(sql.approveSqlExecution, { params: { id }, body: { receipt } })
      await close(server, practice.tenantId)
      return { as, input: { params: { id }, body: { runId: run.id } } }
    },
  },
  {
    endpoint: sql.simulateSqlUndo,
    refusal: sql.nothingToUndo,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params, body: { id: uuidv7() } } }
    },
  },
  {
    endpoint: sql.simulateSqlUndo,
    refusal: sql.targetNotReady,
    async tell(server) {
      const practice = await server.openPractice('Lou Marchand')
      const as = await author(server)
      const text = `INSERT INTO tasks (title) VALUES ('Rappeler la mutuelle')`
      const run = await as.call(sql.simulateSql, { body: body(text, { target: practice.tenantId }) })
      const { id, receipt } = await as.call(sql.askSqlExecution, { body: { runId: run.id, reason } })
      await (await second(server)).call(sql.approveSqlExecution, { params: { id }, body: { receipt } })
      await as.call(sql.executeSql, { params: { id }, body: { runId: run.id } })
      await close(server, practice.tenantId)
      return { as, input: { params: { id }, body: { id: uuidv7() } } }
    },
  },
  {
    endpoint: sql.simulateSqlUndo,
    refusal: sql.oneAtATime,
    async tell(server) {
      const { as, params } = await executed(server)
      await busy(server, as.staffId)
      return { as, input: { params, body: { id: uuidv7() } } }
    },
  },
]
