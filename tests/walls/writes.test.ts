import { describe, expect, test } from 'vitest'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { testServer } from '../harness/server.ts'
import { allStories } from './stories/all.ts'

const endpoints = new Set<AnyEndpoint>()
const server = await testServer({
  onRoute: (route) => {
    if (route.config?.endpoint) endpoints.add(route.config.endpoint)
  },
})

const { writes, refusals } = await allStories()

const name = (endpoint: AnyEndpoint) => `${endpoint.method} ${endpoint.path}`

/** The lines that requests leave; a job started by an earlier story writes one of its own whenever it is done. */
async function entries() {
  const ofRequests = new Set([...endpoints].flatMap((endpoint) => endpoint.records ?? []))
  const all = await server.db
    .selectFrom('auditEntries')
    .select(['id', 'verb', 'actorLabel', 'ip', 'requestId'])
    .orderBy('id')
    .execute()
  return all.filter((entry) => ofRequests.has(entry.verb))
}

test('every write has its story, and every declared refusal too', () => {
  const told = new Set(writes.map((story) => story.endpoint))
  expect(
    [...endpoints].filter((endpoint) => endpoint.method !== 'GET' && !told.has(endpoint)).map(name),
  ).toEqual([])
  const provoked = new Set(refusals.map((story) => `${name(story.endpoint)} ${story.refusal.code}`))
  const declared = [...endpoints].flatMap((endpoint) =>
    endpoint.refusals.map((refusal) => `${name(endpoint)} ${refusal.code}`),
  )
  expect(declared.filter((refusal) => !provoked.has(refusal))).toEqual([])
})

describe('a write leaves exactly one line in the audit log', () => {
  test.each(writes.map((story) => [name(story.endpoint), story] as const))(
    '%s',
    async (_, { endpoint, tell }) => {
      const { as, input } = await tell(server)
      const before = new Set((await entries()).map((entry) => entry.id))
      const reply = await as.ask(endpoint, input)
      expect(reply.status, reply.text).toBe(endpoint.status)
      const added = (await entries()).filter((entry) => !before.has(entry.id))
      expect(added).toEqual([
        expect.objectContaining({
          verb: endpoint.records,
          ip: expect.any(String),
          requestId: reply.headers['x-request-id'],
        }),
      ])
      expect(added[0]?.actorLabel).not.toBe('anonymous')
    },
  )
})

describe('a declared refusal is really met, leaves no line, and says what it is in both languages', () => {
  test.each(refusals.map((story) => [`${name(story.endpoint)}: ${story.refusal.code}`, story] as const))(
    '%s',
    async (_, { endpoint, refusal, tell }) => {
      const { as, input } = await tell(server)
      const before = (await entries()).length
      const reply = await as.ask(endpoint, input)
      expect(reply.status, reply.text).toBe(refusal.status)
      const { error } = JSON.parse(reply.text) as { error: { code: string; message: string } }
      expect(error.code).toBe(refusal.code)
      expect(error.message).not.toContain(refusal.code)
      expect(error.message).not.toMatch(/[{}]/)
      expect((await entries()).length).toBe(before)
    },
  )
})

test('reading leaves no line', async () => {
  const administrator = await server.as('administrator')
  const before = (await entries()).length
  for (const endpoint of endpoints) {
    if (endpoint.method === 'GET' && !endpoint.path.includes(':') && !endpoint.path.endsWith('events'))
      await administrator.send('GET', `/api/v1${endpoint.path}`)
  }
  expect((await entries()).length).toBe(before)
})
