/** Keeping queries of the SQL console. */
import * as sql from '#contract/sql-console'
import { uuidv7 } from '#platform/server/ids.ts'
import { author, second } from '../../harness/sql.ts'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

let told = 0
const body = (over: object = {}) => ({
  name: `Conte ${++told}`,
  target: 'central' as const,
  text: 'SELECT id FROM clients WHERE created_at > $1',
  parameters: [{ name: 'Depuis', type: 'date' as const, initial: '2026-01-01' }],
  ...over,
})

async function kept(server: TestServer, over: object = {}) {
  const as = await author(server)
  const query = await as.call(sql.saveSqlQuery, { body: body(over) })
  return { as, query, params: { id: query.id } }
}

async function trashed(server: TestServer, over: object = {}) {
  const one = await kept(server, over)
  await one.as.call(sql.trashSqlQuery, { params: one.params })
  return one
}

/** One after the other there is no room any more. */
async function full(server: TestServer, ownerId: string): Promise<void> {
  const ids = Array.from({ length: sql.mostSavedQueries }, () => uuidv7())
  await server.db
    .insertInto('sqlQueries')
    .values(
      ids.map((id) => ({
        id,
        ownerId,
        reach: 'personal',
        name: id,
        description: '',
        target: 'central',
        state: 'reads',
        textSealed: Buffer.from('00', 'hex'),
        createdAt: new Date(),
        updatedAt: new Date(),
        updatedBy: ownerId,
      })),
    )
    .execute()
}

export const writes: WriteStory[] = [
  {
    endpoint: sql.saveSqlQuery,
    tell: async (server) => ({ as: await author(server), input: { body: body() } }),
  },
  {
    endpoint: sql.updateSqlQuery,
    async tell(server) {
      const { as, params } = await kept(server)
      return { as, input: { params, body: { revision: 1, reach: 'everyone', text: 'SELECT 1' } } }
    },
  },
  {
    endpoint: sql.trashSqlQuery,
    async tell(server) {
      const { as, params } = await kept(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.restoreSqlQuery,
    async tell(server) {
      const { as, params } = await trashed(server)
      return { as, input: { params } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: sql.saveSqlQuery,
    refusal: sql.queryNameTaken,
    async tell(server) {
      const { as, query } = await kept(server)
      return { as, input: { body: body({ name: query.name }) } }
    },
  },
  {
    endpoint: sql.saveSqlQuery,
    refusal: sql.queryLimitReached,
    async tell(server) {
      const as = await second(server)
      await full(server, as.staffId)
      return { as, input: { body: body() } }
    },
  },
  {
    endpoint: sql.updateSqlQuery,
    refusal: sql.queryChanged,
    async tell(server) {
      const { as, params } = await kept(server)
      return { as, input: { params, body: { revision: 7, text: 'SELECT 1' } } }
    },
  },
  {
    endpoint: sql.updateSqlQuery,
    refusal: sql.queryNotYours,
    async tell(server) {
      const { params } = await kept(server, { reach: 'everyone' })
      return { as: await second(server), input: { params, body: { revision: 1, name: 'Pris' } } }
    },
  },
  {
    endpoint: sql.updateSqlQuery,
    refusal: sql.queryNameTaken,
    async tell(server) {
      const { as, query } = await kept(server)
      const { params } = await kept(server)
      return { as, input: { params, body: { revision: 1, name: query.name } } }
    },
  },
  {
    endpoint: sql.trashSqlQuery,
    refusal: sql.queryNotYours,
    async tell(server) {
      const { params } = await kept(server, { reach: 'everyone' })
      return { as: await second(server), input: { params } }
    },
  },
  {
    endpoint: sql.restoreSqlQuery,
    refusal: sql.queryNameTaken,
    async tell(server) {
      const { as, query, params } = await trashed(server)
      await as.call(sql.saveSqlQuery, { body: body({ name: query.name }) })
      return { as, input: { params } }
    },
  },
  {
    endpoint: sql.restoreSqlQuery,
    refusal: sql.queryLimitReached,
    async tell(server) {
      const { as, params } = await trashed(server)
      await full(server, as.staffId)
      return { as, input: { params } }
    },
  },
]
