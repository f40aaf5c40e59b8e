import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { ask, enter, freshStaff } from '../harness/impersonation.ts'
import type { Browserless } from '../harness/browserless.ts'
import { tenancyServer, type TestMember } from '../harness/tenants.ts'
import { allStories } from './stories/all.ts'

const endpoints = new Set<AnyEndpoint>()
const server = await tenancyServer({
  onRoute: (route) => {
    const { endpoint } = route.config ?? {}
    if (endpoint) endpoints.add(endpoint)
  },
})
const { writes } = await allStories()
const name = ({ method, path }: AnyEndpoint) => `${method} ${path}`
const ofMembers = [...endpoints].filter(({ realm }) => realm === 'member')

/** Whose browser a story calls with, where that is a member’s with a session. */
async function memberBehind(as: Browserless): Promise<Pick<TestMember, 'memberId' | 'tenantId'> | undefined> {
  return 'memberId' in as ? (as as TestMember) : undefined
}

/** Every row of a database, in digests a table. */
async function contents(databaseName: string): Promise<Map<string, string>> {
  const url = new URL(server.database.adminUrl)
  url.pathname = `/${databaseName}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    const digests = new Map<string, string>()
    for (const { name: table } of tables) {
      const { rows } = await client.query<{ digest: string }>(
        `select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest from ${table} t`,
      )
      digests.set(table, rows[0]?.digest ?? '')
    }
    return digests
  } finally {
    await client.end()
  }
}

async function databaseOf(tenantId: string): Promise<string> {
  const place = await server.tenants.catalogue.locate(tenantId)
  return place?.databaseName ?? ''
}

describe('whoever only looks changes nothing, whichever write of a member’s they try', () => {
  const tried: string[] = []
  const stories = writes.filter(({ endpoint }) => endpoint.realm === 'member' && endpoint.may !== 'anyone')

  test.each(stories.map((story) => [name(story.endpoint), story] as const))(
    '%s',
    async (_, { endpoint, tell }) => {
      const { as, input } = await tell(server)
      const member = await memberBehind(as)
      if (!member) return
      // Some of these practices want to be asked first.
      await server.db
        .updateTable('tenants')
        .set({ impersonationPolicy: null })
        .where('id', '=', member.tenantId)
        .execute()
      const lucas = await freshStaff(server, 'administrator')
      const one = await ask(lucas, member)
      // Some stories are of practices that want to be asked.
      if (one.state === 'waiting')
        await server.db
          .updateTable('impersonations')
          .set({ agreedAt: new Date(), answeredBy: member.memberId })
          .where('id', '=', one.id)
          .execute()
      const inside = await enter(server, lucas, one.id)
      const gate = { impersonated: endpoint.impersonated, stepUp: endpoint.stepUp }
      const before = await contents(await databaseOf(member.tenantId))

      const gated = await inside.ask(endpoint, input)
      expect([401, 403], gated.text).toContain(gated.status)

      // And without the gate: whatever the handler does, the database refuses it.
      Object.assign(endpoint, { impersonated: 'as_member', stepUp: false })
      try {
        const reply = await inside.ask(endpoint, input)
        expect(reply.status, reply.text).toBeGreaterThanOrEqual(400)
        expect(reply.status, reply.text).toBeLessThan(500)
      } finally {
        Object.assign(endpoint, gate)
      }
      expect(await contents(await databaseOf(member.tenantId))).toEqual(before)
      tried.push(name(endpoint))
    },
  )

  test('nearly all of them were tried', () => {
    expect(tried.length).toBeGreaterThan(stories.length * 0.9)
  })
})

/** What nobody does in another's name: credentials, factors, addresses, exports, payments, deletion, rights. */
const never = [
  'DELETE /account/',
  'PATCH /account/',
  'PUT /account/',
  'DELETE /members',
  'POST /session/practices',
  'GET /export',
  'GET /patients/export',
  'GET /payments/export',
  'POST /account/',
  'POST /fee-notes',
  'POST /members',
  'POST /payments',
  'POST /sign-in',
  'POST /messages',
]

test('what nobody does in another’s name is refused before anything else', () => {
  const refused = ofMembers
    .filter(({ impersonated, stepUp }) => impersonated === 'refused' || stepUp)
    .map(name)
  for (const beginning of never)
    expect(
      refused.filter((one) => one.startsWith(beginning)),
      beginning,
    ).not.toEqual([])
  const open = ofMembers.filter(({ impersonated, stepUp }) => impersonated === 'as_member' && !stepUp)
  expect(open.map(name).filter((one) => never.some((beginning) => one.startsWith(beginning)))).toEqual([])
})

describe('every read answers whoever stands in as it answers the member', () => {
  const reads = ofMembers.filter(
    ({ method, may, path, impersonated, stepUp, output }) =>
      method === 'GET' &&
      may !== 'anyone' &&
      !path.includes(':') &&
      impersonated === 'as_member' &&
      !stepUp &&
      !('stream' in output),
  )
  /** Answers that differ, and are meant to: `/session` says that it is somebody else. */
  const meant = new Set(['GET /session', 'GET /notes', 'GET /accesses'])
  const query: Record<string, Record<string, string>> = {
    'GET /agenda': { from: '2026-11-23', to: '2026-11-29' },
  }
  let member: TestMember
  let inside: Browserless
  beforeAll(async () => {
    member = (await server.openPractice('Irène Colas')).holder
    const lucas = await freshStaff(server, 'administrator')
    const one = await ask(lucas, member)
    inside = await enter(server, lucas, one.id)
  }, 60_000)

  test.each(reads.map((endpoint) => [name(endpoint), endpoint] as const))('%s', async (called, endpoint) => {
    const input = { query: query[called] ?? {} }
    const [theirs, ours] = [await member.ask(endpoint, input), await inside.ask(endpoint, input)]
    expect(ours.status).toBe(theirs.status)
    if (meant.has(called) || theirs.status !== 200) return
    // What is asked for with the clock in it differs by the moment.
    const settled = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
    expect(settled(ours.text)).toBe(settled(theirs.text))
  })
})
