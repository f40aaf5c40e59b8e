import * as audit from '#contract/audit'
import { centralDb, openPool } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { tellPast } from '#server/audit'
import type { TestServer } from '../../harness/server.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const top = (server: TestServer) => server.as('super_administrator')
const justNow = new Date().toISOString()

/** A client of whom something was written down last week. */
async function aboutSomebody(server: TestServer) {
  const pool = openPool(server.database.adminUrl, { max: 1 })
  const at = new Date(Date.now() - 7 * 86_400_000)
  const id = uuidv7()
  await tellPast(centralDb(pool), server.vault, [
    {
      id: uuidv7(at.getTime()),
      at,
      actor: { type: 'system', id: 'system' },
      verb: 'client.updated',
      object: { type: 'client', id },
      result: 'done',
      after: { phone: null },
    },
  ])
  await pool.end()
  return { kind: 'object' as const, objectType: 'client', objectId: id, reason: 'Effacement demandé' }
}

/** One that waits: no sequencer runs beside this server. */
async function waiting(server: TestServer) {
  const body = await aboutSomebody(server)
  const { id } = await (await top(server)).call(audit.requestErasure, { body })
  return { id, body }
}

export const writes: WriteStory[] = [
  {
    endpoint: audit.requestErasure,
    tell: async (server) => ({ as: await top(server), input: { body: await aboutSomebody(server) } }),
  },
  {
    endpoint: audit.saveRetention,
    async tell(server) {
      const as = await top(server)
      const { revision } = await as.call(audit.getRetention)
      return { as, input: { body: { payloadMonths: 24, revision } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: audit.requestErasure,
    refusal: audit.nothingToErase,
    tell: async (server) => ({
      as: await top(server),
      input: { body: { kind: 'person', actorId: uuidv7(), reason: 'Départ' } },
    }),
  },
  {
    endpoint: audit.requestErasure,
    refusal: audit.payloadsTooYoung,
    tell: async (server) => ({
      as: await top(server),
      input: { body: { kind: 'age', before: justNow, reason: 'Ménage' } },
    }),
  },
  {
    endpoint: audit.requestErasure,
    refusal: audit.erasureUnderWay,
    tell: async (server) => ({ as: await top(server), input: { body: (await waiting(server)).body } }),
  },
  {
    endpoint: audit.previewErasure,
    refusal: audit.payloadsTooYoung,
    tell: async (server) => ({ as: await top(server), input: { query: { kind: 'age', before: justNow } } }),
  },
  {
    endpoint: audit.downloadErasureCertificate,
    refusal: audit.erasureNotDone,
    tell: async (server) => ({
      as: await server.as('auditor'),
      input: { params: { id: (await waiting(server)).id } },
    }),
  },
  {
    endpoint: audit.saveRetention,
    refusal: audit.retentionChanged,
    tell: async (server) => ({ as: await top(server), input: { body: { payloadMonths: 6, revision: 0 } } }),
  },
]
