/** Sending a text of the SQL console through many practices. */
import * as sql from '#contract/sql-console'
import { uuidv7 } from '#platform/server/ids.ts'
import { author } from '../../harness/sql.ts'
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
]
