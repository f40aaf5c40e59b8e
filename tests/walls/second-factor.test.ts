import { readFileSync, globSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { addMemberPasskey, getNewMemberPasskey, signIn, signInMember } from '#contract/identity'
import { demonstrationPassword, seedDemonstrationMember } from '#server/identity'
import { entriesOf } from '../harness/audit.ts'
import { openBrowserless, type Browserless } from '../harness/browserless.ts'
import { lucieEnrolling } from '../harness/newcomer.ts'
import { openAuthenticator } from '../harness/passkey.ts'
import { tenancyServer } from '../harness/tenants.ts'
import { allStories } from './stories/all.ts'

const routes: { method: string; url: string; endpoint: AnyEndpoint }[] = []
const server = await tenancyServer({
  onRoute: (route) => {
    for (const method of [route.method].flat())
      if (route.config?.endpoint && method !== 'HEAD')
        routes.push({ method, url: route.url, endpoint: route.config.endpoint })
  },
})
const { writes } = await allStories()

const name = ({ method, url }: { method: string; url: string }) => `${method} ${url}`
const addressOfRoute = (url: string) => url.replaceAll(/:(\w+)/g, '01900000-0000-7000-8000-000000000000')
const cookieOf = (browser: Browserless, which: string) =>
  new RegExp(`mgp_(?:member_)?${which}=([^;]+)`).exec(browser.cookie())?.[1]

/** Sales, whose password was right and who has shown nothing else yet. */
async function halfWay(): Promise<Browserless> {
  const browser = openBrowserless(server.app)
  await browser.call(signIn, { body: { email: 'sales@example.com', password: demonstrationPassword } })
  return browser
}

/** Of a practice, their password right: who holds a passkey, and who is to enrol a first factor. */
async function membersHalfWay(): Promise<Browserless[]> {
  const practice = await server.openPractice('Agathe Lemaire')
  const at = async (email: string) => {
    const whose = { email, firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' as const }
    const { tenantId } = practice
    const seed = { ...whose, tenantId, holder: false, at: new Date() }
    return server.asMember(await seedDemonstrationMember(server.db, seed))
  }
  const holding = await at('lea.fabre@example.com')
  const { passkey } = await holding.call(getNewMemberPasskey)
  const response = openAuthenticator({ origin: 'http://app.localhost:3000' }).make(passkey)
  await holding.call(addMemberPasskey, { body: { name: 'Portable', response } })
  const bare = await at('paul.rousseau@example.com')
  await server.db
    .updateTable('tenants')
    .set({ secondFactorRequired: true })
    .where('id', '=', practice.tenantId)
    .execute()
  const steps = ['second_factor', 'enrolment']
  return Promise.all(
    [holding, bare].map(async ({ email }, nth) => {
      const browser = openBrowserless(server.app, 'app.localhost:3000', `192.0.2.${90 + nth}`)
      const body = { email, password: demonstrationPassword }
      expect((await browser.call(signInMember, { body })).step).toBe(steps[nth])
      return browser
    }),
  )
}

describe('no endpoint answers before the second factor', () => {
  const guarded = routes.filter((route) => route.endpoint.may !== 'anyone')
  const people = Promise.all([halfWay(), lucieEnrolling(server).then(({ browser }) => browser)])
  const members = membersHalfWay()
  test.each(guarded.map((route) => [name(route), route] as const))(
    '%s',
    async (_, { method, url, endpoint }) => {
      const isMembers = endpoint.realm === 'member'
      const host = isMembers ? 'app.localhost:3000' : 'localhost:3000'
      const door = isMembers ? 'mgp_member' : 'mgp'
      for (const half of isMembers ? await members : await people) {
        const token = cookieOf(half, 'sign_in')
        expect(token).toBeDefined()
        // With the cookie as it was given, with its token posing as a session's, and as a bearer's.
        for (const headers of [
          {},
          { cookie: `${door}_session=${token}` },
          { cookie: `${door}_session=${token}; ${door}_sign_in=${token}` },
          { authorization: `Bearer ${token}` },
        ]) {
          const reply = await half.send(method, addressOfRoute(url), {
            headers: { host, ...headers },
            ...(method === 'GET' ? {} : { body: {} }),
          })
          expect(reply.status).toBe(401)
        }
      }
    },
  )
})

describe('no endpoint marked stepUp answers without a fresh second factor', () => {
  const marked = routes.filter((route) => route.endpoint.stepUp)
  const holder = server.openPractice('Claire Moreau').then((practice) => practice.holder)
  /** What asks for a step-up and changes nothing, at either door. */
  const harmlessTo = ({ realm }: AnyEndpoint) =>
    realm === 'member' ? '/api/v1/practice/account/authenticator/new' : '/api/v1/account/passkeys/new'
  const behind = new pg.Client(server.database.adminUrl)
  beforeAll(() => behind.connect())
  afterAll(() => behind.end())

  test('some are marked, and every one that is a write has its story', () => {
    expect(marked.length).toBeGreaterThan(10)
    const told = new Set(writes.map((story) => story.endpoint))
    expect(marked.filter((route) => route.method !== 'GET' && !told.has(route.endpoint)).map(name)).toEqual(
      [],
    )
  })

  test.each(marked.map((route) => [name(route), route] as const))(
    '%s',
    async (_, { method, url, endpoint }) => {
      const story = writes.find((one) => one.endpoint === endpoint)
      const somebody = () => (endpoint.realm === 'member' ? holder : server.as('super_administrator'))
      const { as, input } = story ? await story.tell(server) : { as: await somebody(), input: undefined }
      // Everybody's second factor was shown six minutes ago.
      await behind.query(
        `update staff_sessions set stepped_up_at = stepped_up_at - interval '6 minutes';
       update member_sessions set stepped_up_at = stepped_up_at - interval '6 minutes';
       select pg_notify('news', '{"topic":"sessions"}'), pg_notify('news', '{"topic":"member_sessions"}')`,
      )
      // Known for a second at most: a harmless question tells when that is over.
      const harmless = harmlessTo(endpoint)
      await expect.poll(async () => (await as.send('GET', harmless)).status).toBe(403)
      const before = await auditLines()
      const reply = await (input ? as.ask(endpoint, input) : as.send(method, addressOfRoute(url)))
      expect(reply.status, reply.text).toBe(403)
      expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'step_up_required' } })
      expect(await auditLines()).toBe(before)
      await behind.query(
        `update staff_sessions set stepped_up_at = stepped_up_at + interval '6 minutes';
       update member_sessions set stepped_up_at = stepped_up_at + interval '6 minutes';
       select pg_notify('news', '{"topic":"sessions"}'), pg_notify('news', '{"topic":"member_sessions"}')`,
      )
      await expect.poll(async () => (await as.send('GET', harmless)).status).toBe(200)
    },
  )

  async function auditLines(): Promise<number> {
    const ofRequests = (await entriesOf(server)).filter(({ requestId }) => requestId !== null)
    return ofRequests.length
  }
})

describe('one place makes a session, and it stands behind the second factor', () => {
  const sources = globSync('{platform,modules,apps}/**/*.{ts,tsx}', {
    exclude: ['**/*.test.ts', '**/node_modules/**'],
  }).map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  const where = (what: RegExp) =>
    sources.flatMap(({ file, text }) => [...text.matchAll(what)].map(() => file)).toSorted()

  test('the rows of staff_sessions are inserted by one statement, but for those that were over already', () => {
    expect(where(/insertInto\('staffSessions'\)/g)).toEqual([
      // Of the demonstration, and ended before they are written.
      'modules/identity/server/demonstrating.ts',
      'modules/identity/server/queries.ts',
    ])
    expect(where(/insert\s+into\s+(public\.)?"?staff_sessions/gi)).toEqual([])
  })

  test('a session of the demonstration’s past is over before it is written', () => {
    const { text = '' } =
      sources.find(({ file }) => file === 'modules/identity/server/demonstrating.ts') ?? {}
    const [values = ''] = text.match(/insertInto\('staffSessions'\)[\s\S]*?\.returning/) ?? []
    expect(values).toMatch(/expiresAt: at,\s+endedAt: at,/)
    expect(values).toContain('tokenHash: hashOf(newToken())')
  })

  test('which one function runs, for whoever holds the proof of a second factor', () => {
    expect(where(/\binsertSession\(/g)).toEqual([
      'modules/identity/server/opening-sessions.ts',
      'modules/identity/server/queries.ts',
    ])
    expect(where(/\bas Proof\b/g)).toEqual(['modules/identity/server/opening-sessions.ts'])
  })

  test('and proofs are made only where a factor was checked, or the first one enrolled', () => {
    const makers = new Set(where(/\bprovenBy\(/g))
    makers.delete('modules/identity/server/opening-sessions.ts')
    expect([...makers]).toEqual([
      'modules/identity/server/factors/enrolling.ts',
      'modules/identity/server/factors/showing.ts',
    ])
  })

  test('the rows of member_sessions too, by one function, which looks at the factor itself', () => {
    expect(where(/insertInto\('memberSessions'\)/g)).toEqual([
      'modules/identity/server/members/session-queries.ts',
    ])
    expect(where(/insert\s+into\s+(public\.)?"?member_sessions/gi)).toEqual([])
    expect(where(/\binsertMemberSession\(/g)).toEqual([
      'modules/identity/server/members/entering.ts',
      'modules/identity/server/members/session-queries.ts',
    ])
    expect(new Set(where(/\bopenMemberSession\(/g))).toEqual(
      new Set([
        'modules/identity/server/members/entering.ts',
        'modules/identity/server/members/switching.ts',
      ]),
    )
    expect(new Set(where(/\bas MemberProof\b/g))).toEqual(
      new Set(['modules/identity/server/members/entering.ts']),
    )
    expect(new Set(where(/\bprovenByFactor\(/g))).toEqual(
      new Set([
        'modules/identity/server/members/enrolling-at-sign-in.ts',
        'modules/identity/server/members/entering.ts',
        'modules/identity/server/members/signing-in-by-passkey.ts',
        'modules/identity/server/members/signing-in.ts',
        'modules/identity/server/members/switching.ts',
      ]),
    )
  })
})
