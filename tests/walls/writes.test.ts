import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, type AnyEndpoint } from '#platform/contract/endpoint.ts'
import { getMemberSession, getSession } from '#contract/identity'
import { entriesOf, type OpenedEntry } from '../harness/audit.ts'
import type { Reply } from '../harness/browserless.ts'
import { tenancyServer } from '../harness/tenants.ts'
import { allStories } from './stories/all.ts'

const endpoints = new Set<AnyEndpoint>()
const inPractice = new Set<AnyEndpoint>()
const server = await tenancyServer({
  onRoute: (route) => {
    const { endpoint, inTenant } = route.config ?? {}
    if (endpoint) endpoints.add(endpoint)
    if (endpoint && inTenant) inPractice.add(endpoint)
  },
})

const behind = new pg.Client(server.database.adminUrl)
beforeAll(() => behind.connect())
afterAll(() => behind.end())

const { writes, looks, refusals } = await allStories()

const name = (endpoint: AnyEndpoint) => `${endpoint.method} ${endpoint.path}`

/** Served in the practice's own database, whose writes are an intent, the change and its outcome (decision 9). */
const actsInPractice = (endpoint: AnyEndpoint) => inPractice.has(endpoint)
const actorOf = ({ realm }: AnyEndpoint) => (realm === 'member' ? 'member' : 'staff')
const operationOf = ({ leaf }: OpenedEntry) => (JSON.parse(leaf) as { operation?: string }).operation

/** What requests leave in the log; a job started by an earlier story writes one of its own whenever it is done. */
async function entries(since: string) {
  const ofRequests = new Set([...endpoints].flatMap((endpoint) => endpoint.records ?? []))
  // Whatever was not to be seen then. Asked for all there are each time, it was a fifth of this wall.
  const added = await behind.query<{ id: string }>(
    'select id from audit_entries where not pg_visible_in_snapshot(xmin::text::xid8, $1)',
    [since],
  )
  const only = added.rows.map(({ id }) => id)
  return (await entriesOf(server, { only })).filter((entry) => ofRequests.has(entry.verb))
}

/** What a call adds to the log, and its answer. */
async function leftBy(call: () => Promise<Reply>): Promise<{ reply: Reply; added: OpenedEntry[] }> {
  const { rows } = await behind.query<{ now: string }>('select pg_current_snapshot()::text as now')
  const reply = await call()
  // What a job of an earlier story does meanwhile was asked for by no request.
  const added = (await entries(rows[0]?.now ?? '')).filter(({ requestId }) => requestId !== null)
  return { reply, added }
}

/** The database itself refuses the server its entry. */
async function whileNothingCanBeWritten(call: () => Promise<Reply>): Promise<Reply> {
  const columns = '(leaf, object_ids)'
  await behind.query(`revoke insert ${columns} on audit_entries from mgp_app`)
  try {
    return await call()
  } finally {
    await behind.query(`grant insert ${columns} on audit_entries to mgp_app`)
  }
}

test('every write has its story, every read that leaves a look, and every declared refusal too', () => {
  const told = new Set([...writes, ...looks].map((story) => story.endpoint))
  expect(
    [...endpoints]
      .filter((endpoint) => (endpoint.method !== 'GET' || endpoint.records) && !told.has(endpoint))
      .map(name),
  ).toEqual([])
  const provoked = new Set(refusals.map((story) => `${name(story.endpoint)} ${story.refusal.code}`))
  const declared = [...endpoints].flatMap((endpoint) =>
    endpoint.refusals.map((refusal) => `${name(endpoint)} ${refusal.code}`),
  )
  expect(declared.filter((refusal) => !provoked.has(refusal))).toEqual([])
})

describe('a write leaves exactly one entry in the audit log, in a practice after the one of its intent', () => {
  test.each(writes.map((story) => [name(story.endpoint), story] as const))(
    '%s',
    async (_, { endpoint, tell }) => {
      const { as, input } = await tell(server)
      // What cannot be written down does not happen: it can still be done afterwards.
      const unwritten = await whileNothingCanBeWritten(() => as.ask(endpoint, input))
      expect(unwritten.status, unwritten.text).toBe(500)
      const { reply, added } = await leftBy(() => as.ask(endpoint, input))
      expect(reply.status, reply.text).toBe(endpoint.status)
      const results = actsInPractice(endpoint) ? ['intended', 'done'] : ['done']
      expect(added).toEqual(
        results.map((result) =>
          expect.objectContaining({
            verb: endpoint.records,
            result,
            ip: expect.any(String),
            requestId: reply.headers['x-request-id'],
          }),
        ),
      )
      expect(new Set(added.map(operationOf)).size).toBe(1)
      expect(added[0]?.actorType).not.toBe('anonymous')
    },
  )
})

describe('a look at what is sensitive leaves exactly one entry, and none when the same is asked for again', () => {
  test.each(looks.map((story) => [name(story.endpoint), story] as const))(
    '%s',
    async (_, { endpoint, tell }) => {
      const { as, input } = await tell(server)
      // Who cannot be written down sees nothing, not even when asking again.
      for (const _attempt of ['first', 'second']) {
        const unwritten = await whileNothingCanBeWritten(() => as.ask(endpoint, input))
        expect(unwritten.status, unwritten.text).toBe(500)
        expect(JSON.parse(unwritten.text)).toEqual({ error: expect.objectContaining({ code: 'internal' }) })
      }
      const { reply, added } = await leftBy(() => as.ask(endpoint, input))
      expect(reply.status, reply.text).toBe(endpoint.status)
      expect(added).toEqual([
        expect.objectContaining({
          verb: endpoint.records,
          result: 'seen',
          actorType: actorOf(endpoint),
          sessionId: expect.any(String),
          ip: expect.any(String),
          requestId: reply.headers['x-request-id'],
        }),
      ])
      const again = await leftBy(() => as.ask(endpoint, input))
      expect(again).toMatchObject({ reply: { status: endpoint.status }, added: [] })
    },
  )
})

describe('a declared refusal is really met, says what it is in both languages, and is an entry of who was refused', () => {
  test.each(refusals.map((story) => [`${name(story.endpoint)}: ${story.refusal.code}`, story] as const))(
    '%s',
    async (_, { endpoint, refusal, tell }) => {
      const { as, input } = await tell(server)
      const session = endpoint.realm === 'member' ? getMemberSession : getSession
      const isSignedIn = (await as.send('GET', addressOf(session))).status === 200
      const { reply, added } = await leftBy(() => as.ask(endpoint, input))
      expect(reply.status, reply.text).toBe(refusal.status)
      const { error } = JSON.parse(reply.text) as { error: { code: string; message: string } }
      expect(error.code).toBe(refusal.code)
      expect(error.message).not.toContain(refusal.code)
      expect(error.message).not.toMatch(/[{}]/)
      // Of who has no session yet the events of signing in tell; a read that is refused is no act.
      const isWrittenDown = isSignedIn && endpoint.method !== 'GET'
      const entry = expect.objectContaining({
        verb: endpoint.records,
        result: 'refused',
        actorType: actorOf(endpoint),
        before: null,
        after: { refusal: refusal.code },
        requestId: reply.headers['x-request-id'],
      })
      const intent = actsInPractice(endpoint) ? added.find(({ result }) => result === 'intended') : undefined
      expect(added.filter((one) => one !== intent)).toEqual(isWrittenDown ? [entry] : [])
      // Each operation that was intended has its outcome.
      if (intent) return expect(new Set(added.map(operationOf)).size).toBe(1)
      // Again within the minute, as by a broken script.
      expect((await leftBy(() => as.ask(endpoint, input))).added.filter(isRefused(refusal.code))).toEqual([])
    },
  )
})

const isRefused = (code: string) => (entry: OpenedEntry) =>
  entry.result === 'refused' && (entry.after as { refusal?: string } | null)?.refusal === code

test('a read that names no verb leaves nothing', async () => {
  const administrator = await server.as('administrator')
  const before = (await entriesOf(server)).length
  for (const endpoint of endpoints) {
    const { method, path, records } = endpoint
    if (method === 'GET' && !records && !/:|\*|events$/.test(path) && endpoint.may !== 'anyone')
      expect((await administrator.ask(endpoint)).status, path).not.toBe(500)
  }
  const since = (await entriesOf(server)).slice(before)
  expect(since.filter(({ result }) => result !== 'refused')).toEqual([])
})
