/** Sending a text of the SQL console through many practices. */
import { setTimeout as pause } from 'node:timers/promises'
import * as sql from '#contract/sql-console'
import { uuidv7 } from '#platform/server/ids.ts'
import { freshStaff } from '../../harness/impersonation.ts'
import { author, reason, second } from '../../harness/sql.ts'
import type { TenancyServer, TestPractice } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const made = new WeakMap<TenancyServer, Promise<TestPractice>>()
/** Made once a server. */
function practiceOf(server: TenancyServer): Promise<TestPractice> {
  const known = made.get(server) ?? server.openPractice('Noé Perrin')
  made.set(server, known)
  return known
}

/** Nobody else has one under way by then. */
async function sending(server: TenancyServer, text: string, over: object = {}) {
  const { tenantId } = await practiceOf(server)
  const as = await author(server)
  await server.db
    .updateTable('sqlFleets')
    .set({ state: 'cancelled', endedAt: new Date() })
    .where('staffId', '=', as.staffId)
    .where('state', 'in', ['waiting', 'running'])
    .execute()
  return { as, body: { id: uuidv7(), practices: { ids: [tenantId] }, text, ...over } }
}

/** Under way for as long as nobody cancels: whoever runs such things does not know of it. */
async function underWay(server: TenancyServer) {
  const { as, body } = await sending(server, 'SELECT 1')
  await server.db
    .insertInto('sqlFleets')
    .values({
      id: body.id,
      staffId: as.staffId,
      mode: 'read',
      digest: Buffer.from('00', 'hex'),
      textSealed: Buffer.from('00', 'hex'),
      total: 1,
      askedAt: new Date(),
    })
    .execute()
  return { as, body, id: body.id }
}

/** Simulated, and asked for by nobody yet. */
async function simulated(server: TenancyServer, text = adding, over: object = {}) {
  const { as, body } = await sending(server, text, over)
  await as.call(sql.simulateSqlFleet, { body })
  const params = { id: body.id }
  while ((await as.call(sql.getSqlFleet, { params })).state !== 'done') await pause(50)
  return { as, params, ask: { params, body: { reason } } }
}
async function asked(server: TenancyServer) {
  const one = await simulated(server)
  await one.as.call(sql.askSqlFleetExecution, one.ask)
  const { executing } = await one.as.call(sql.getSqlFleet, { params: one.params })
  return { ...one, receipt: executing?.receipt ?? '' }
}
async function approved(server: TenancyServer) {
  const one = await asked(server)
  const by = await second(server)
  await by.call(sql.approveSqlFleetExecution, { params: one.params, body: { receipt: one.receipt } })
  return { ...one, by }
}
/** As it stands between two waves: nobody begins anything. */
async function paused(server: TenancyServer) {
  const one = await approved(server)
  await setFleet(server, one.params, { execution: 'paused', begunAt: new Date() })
  return one
}
async function setFleet(server: TenancyServer, { id }: { id: string }, values: object): Promise<void> {
  await server.db.updateTable('sqlFleets').set(values).where('id', '=', id).execute()
}
/** Of the only practice in it. */
async function setPractice(server: TenancyServer, { id }: { id: string }, values: object): Promise<void> {
  await server.db.updateTable('sqlFleetRuns').set(values).where('fleetId', '=', id).execute()
}
/** Whoever may not approve, by now. */
async function gone(server: TenancyServer, params: { id: string }): Promise<void> {
  const { staffId } = await freshStaff(server, 'support')
  await setFleet(server, params, { decidedBy: staffId })
}
const effects = (over: object) =>
  JSON.stringify({
    tasks: {
      inserted: 1,
      updated: 0,
      deleted: 0,
      truncated: false,
      dropped: false,
      rowsGone: null,
      inexact: null,
      ...over,
    },
  })

const adding = "INSERT INTO tasks (title) VALUES ('Rappeler la banque')"
const endpoints = [
  {
    endpoint: sql.readSqlFleet,
    text: 'SELECT count(*) FROM tasks',
    unlike: adding,
    refusal: sql.onlyReading,
  },
  {
    endpoint: sql.simulateSqlFleet,
    text: adding,
    unlike: 'ALTER TABLE tasks ADD COLUMN console_note text',
    refusal: sql.fleetNoSchema,
  },
] as const

export const writes: WriteStory[] = [
  ...endpoints.map(({ endpoint, text }): WriteStory => ({
    endpoint,
    async tell(server) {
      const { as, body } = await sending(server, text)
      return { as, input: { body } }
    },
  })),
  {
    endpoint: sql.cancelSqlFleet,
    async tell(server) {
      const { as, id } = await underWay(server)
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    async tell(server) {
      const { as, ask } = await simulated(server)
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.approveSqlFleetExecution,
    async tell(server) {
      const { params, receipt } = await asked(server)
      return { as: await second(server), input: { params, body: { receipt } } }
    },
  },
  {
    endpoint: sql.refuseSqlFleetExecution,
    async tell(server) {
      const { params } = await asked(server)
      return { as: await second(server), input: { params, body: { remark: 'Pas maintenant' } } }
    },
  },
  {
    endpoint: sql.withdrawSqlFleetExecution,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.executeSqlFleet,
    async tell(server) {
      const { as, params } = await approved(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.stopSqlFleetExecution,
    async tell(server) {
      const { as, params } = await paused(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.resumeSqlFleetExecution,
    async tell(server) {
      const { as, params } = await paused(server)
      return { as, input: { params, body: {} } }
    },
  },
]

export const refusals: RefusalStory[] = [
  ...endpoints.flatMap(({ endpoint, text, unlike, refusal }): RefusalStory[] => [
    {
      endpoint,
      refusal,
      async tell(server) {
        const { as, body } = await sending(server, unlike)
        return { as, input: { body } }
      },
    },
    {
      endpoint,
      refusal: sql.fleetTextRefused,
      async tell(server) {
        const { as, body } = await sending(server, "SELECT pg_read_file('x')")
        return { as, input: { body } }
      },
    },
    {
      endpoint,
      refusal: sql.fleetEmpty,
      async tell(server) {
        const { as, body } = await sending(server, text, { practices: { ids: [uuidv7()] } })
        return { as, input: { body } }
      },
    },
    {
      endpoint,
      refusal: sql.fleetOneAtATime,
      async tell(server) {
        const { as, body } = await underWay(server)
        return { as, input: { body: { ...body, text, id: uuidv7() } } }
      },
    },
    {
      endpoint,
      refusal: sql.fleetKnown,
      async tell(server) {
        const { as, id } = await underWay(server)
        await as.call(sql.cancelSqlFleet, { params: { id } })
        const { body } = await sending(server, text, { id })
        return { as, input: { body } }
      },
    },
  ]),
  {
    endpoint: sql.cancelSqlFleet,
    refusal: sql.fleetOver,
    async tell(server) {
      const { as, id } = await underWay(server)
      await as.call(sql.cancelSqlFleet, { params: { id } })
      return { as, input: { params: { id } } }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    refusal: sql.noReceipt,
    async tell(server) {
      const { as, ask } = await simulated(server, "UPDATE tasks SET title = 'x' WHERE false")
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    refusal: sql.receiptOld,
    async tell(server) {
      const { as, params, ask } = await simulated(server)
      await setFleet(server, params, { endedAt: new Date(Date.now() - 11 * 60_000) })
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    refusal: sql.fleetExecutionNotNow,
    async tell(server) {
      const { as, ask } = await asked(server)
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    refusal: sql.fleetStandsOut,
    async tell(server) {
      const { tenantId } = await practiceOf(server)
      const other = await server.openPractice('Alix Perrin')
      const practices = { ids: [tenantId, other.tenantId] }
      // Who opens a practice has its name.
      const { as, ask } = await simulated(
        server,
        `INSERT INTO tasks (title) SELECT 'Rappeler la banque' FROM practice WHERE name <> '${other.name}'`,
        { practices },
      )
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    refusal: sql.tooManyToKeep,
    async tell(server) {
      const { as, params, ask } = await simulated(server)
      await setPractice(server, params, { effects: effects({ inserted: 10_001 }) })
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    refusal: sql.notExecutedHere,
    async tell(server) {
      const { as, params, ask } = await simulated(server)
      await setPractice(server, params, { effects: effects({ truncated: true }) })
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.askSqlFleetExecution,
    refusal: sql.spreadsValues,
    async tell(server) {
      const { as, ask } = await simulated(
        server,
        "INSERT INTO origins (name) SELECT 'x' || email FROM practice LIMIT 1",
      )
      return { as, input: ask }
    },
  },
  {
    endpoint: sql.approveSqlFleetExecution,
    refusal: sql.fleetExecutionNotNow,
    async tell(server) {
      const { params, receipt, by } = await approved(server)
      return { as: by, input: { params, body: { receipt } } }
    },
  },
  {
    endpoint: sql.approveSqlFleetExecution,
    refusal: sql.notYourOwnSql,
    async tell(server) {
      const { as, params, receipt } = await asked(server)
      return { as, input: { params, body: { receipt } } }
    },
  },
  {
    endpoint: sql.approveSqlFleetExecution,
    refusal: sql.receiptOther,
    async tell(server) {
      const { params } = await asked(server)
      return { as: await second(server), input: { params, body: { receipt: '00' } } }
    },
  },
  {
    endpoint: sql.refuseSqlFleetExecution,
    refusal: sql.fleetExecutionNotNow,
    async tell(server) {
      const { as, params } = await asked(server)
      await as.call(sql.withdrawSqlFleetExecution, { params })
      return { as: await second(server), input: { params, body: {} } }
    },
  },
  {
    endpoint: sql.refuseSqlFleetExecution,
    refusal: sql.notYourOwnSql,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params, body: {} } }
    },
  },
  {
    endpoint: sql.withdrawSqlFleetExecution,
    refusal: sql.fleetExecutionNotNow,
    async tell(server) {
      const { as, params } = await asked(server)
      await as.call(sql.withdrawSqlFleetExecution, { params })
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.executeSqlFleet,
    refusal: sql.fleetExecutionNotNow,
    async tell(server) {
      const { as, params } = await asked(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.executeSqlFleet,
    refusal: sql.approverGone,
    async tell(server) {
      const { as, params } = await approved(server)
      await gone(server, params)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.stopSqlFleetExecution,
    refusal: sql.fleetExecutionNotNow,
    async tell(server) {
      const { as, params } = await approved(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.resumeSqlFleetExecution,
    refusal: sql.fleetExecutionNotNow,
    async tell(server) {
      const { as, params } = await approved(server)
      return { as, input: { params, body: {} } }
    },
  },
  {
    endpoint: sql.resumeSqlFleetExecution,
    refusal: sql.fleetStoppedByOther,
    async tell(server) {
      const { as, params } = await paused(server)
      await (await second(server)).call(sql.stopSqlFleetExecution, { params })
      return { as, input: { params, body: {} } }
    },
  },
  {
    endpoint: sql.resumeSqlFleetExecution,
    refusal: sql.approverGone,
    async tell(server) {
      const { as, params } = await paused(server)
      await gone(server, params)
      return { as, input: { params, body: {} } }
    },
  },
  {
    endpoint: sql.resumeSqlFleetExecution,
    refusal: sql.noReceipt,
    async tell(server) {
      const { as, params } = await paused(server)
      const { tenantId } = await practiceOf(server)
      return { as, input: { params, body: { leaveOut: [tenantId] } } }
    },
  },
]
