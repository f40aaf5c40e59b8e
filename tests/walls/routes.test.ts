import { describe, expect, test } from 'vitest'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { memberPermissions, rightsIn } from '#contract/cabinet'
import { getSession, usualRights } from '#contract/identity'
import { permissionsHeld } from '#server/access'
import { tell } from '#platform/server/news.ts'
import { builtInRoles } from '#contract/access'
import { permissions } from '../../apps/server/modules.ts'
import { lucieSignedIn } from '../harness/newcomer.ts'
import { tenancyServer } from '../harness/tenants.ts'

// The routes Fastify really has, gathered as it takes them.
const routes: {
  method: string
  url: string
  endpoint?: AnyEndpoint | undefined
  serves?: string | undefined
}[] = []
const server = await tenancyServer({
  onRoute: (route) => {
    for (const method of [route.method].flat())
      routes.push({ method, url: route.url, endpoint: route.config?.endpoint, serves: route.config?.serves })
  },
})

/** Routes that are no endpoints. This list may only shrink. */
const bare = [
  'GET /*',
  'GET /api/docs',
  'GET /api/docs.css',
  'GET /api/v1/openapi.json',
  'GET /assistance/:id',
  'GET /audit/log/*',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'POST /assistance',
]

/** Endpoints that answer without a session. This list may only shrink. */
const open = [
  'DELETE /api/v1/practice/impersonation',
  'DELETE /api/v1/practice/session',
  'GET /api/v1/demonstration/accounts',
  'GET /api/v1/demonstration/mails',
  // Whoever holds a document may ask whether it is ours: by its hash, which nobody guesses.
  'GET /api/v1/document-checks/:sha256',
  'GET /api/v1/environment',
  'GET /api/v1/practice/demonstration/accounts',
  'GET /api/v1/practice/environment',
  'GET /api/v1/practice/session/practices',
  'GET /api/v1/practice/sign-in/passkey',
  'GET /api/v1/sign-in/passkey',
  'POST /api/v1/links/factor-reset-refusal',
  'POST /api/v1/links/opening',
  'POST /api/v1/links/password',
  'POST /api/v1/password-resets',
  'POST /api/v1/practice/impersonation',
  'POST /api/v1/practice/links/opening',
  'POST /api/v1/practice/links/password',
  'POST /api/v1/practice/password-resets',
  'POST /api/v1/practice/session/practice',
  'POST /api/v1/practice/sign-in',
  'POST /api/v1/practice/sign-in/enrolment',
  'POST /api/v1/practice/sign-in/passkey',
  'POST /api/v1/practice/sign-in/practice',
  'POST /api/v1/practice/sign-in/second-factor',
  'POST /api/v1/practice/surveys/opening',
  // What it says is signed, or it is not heard.
  'POST /api/v1/providers/card/events',
  'POST /api/v1/sign-in',
  'POST /api/v1/sign-in/factor-reset',
  'POST /api/v1/sign-in/passkey',
  'POST /api/v1/sign-in/second-factor',
  'PUT /api/v1/practice/surveys/rating',
]

/**
 * Permissions that are asked for within a handler, beside its endpoint's own: what is asked decides, as whose macro it is. This
 * list may only shrink.
 */
const within = ['impersonation.write']

const name = (route: { method: string; url: string }) => `${route.method} ${route.url}`
const endpoints = routes.filter((route) => route.endpoint)
// HEAD beside each GET is Fastify's own and runs the same handler.
const visible = routes.filter((route) => route.method !== 'HEAD')

/** By which of the two hosts an endpoint is asked for. */
const door = (endpoint: AnyEndpoint | undefined) => ({
  headers: { host: endpoint?.realm === 'member' ? 'app.localhost:3000' : 'localhost:3000' },
})
const permissionOf = (route: (typeof routes)[number], realm: 'staff' | 'member') =>
  route.endpoint?.realm === realm && route.endpoint.may.includes('.') ? [route.endpoint.may] : []

/** Claire, whose practice it is, and Léa, her secretary. */
const practice = server.openPractice('Claire Moreau')
const holder = practice.then((one) => one.holder)
const secretary = practice.then((one) =>
  one.join({ firstName: 'Léa', lastName: 'Fabre', profile: 'secretary' }),
)

/** Lucie, hired today, whose role was taken away again. */
async function withoutRole() {
  const { browser: lucie } = await lucieSignedIn(server)
  const { staffId } = await lucie.call(getSession)
  await server.db
    .updateTable('staffRoles')
    .set({ endedAt: new Date() })
    .where('staffId', '=', staffId)
    .execute()
  await tell(server.db, { topic: 'sessions' })
  // News come at once on a quiet machine, and by and by on a busy one.
  await expect.poll(async () => (await lucie.call(getSession)).permissions, { timeout: 20_000 }).toEqual([])
  return lucie
}

const someId = '01900000-0000-7000-8000-000000000000'
const addressOfRoute = (url: string) => url.replaceAll(/:(\w+)/g, someId)

test('every route is an endpoint, or stands in the list of bare ones', () => {
  expect(endpoints.length).toBeGreaterThan(10)
  const stray = visible.filter((route) => !route.endpoint).map(name)
  expect(stray.toSorted()).toEqual(bare)
})

test('every endpoint says who may, and the open ones stand in the list', () => {
  const anyone = visible.filter((route) => route.endpoint?.may === 'anyone').map(name)
  expect(anyone.toSorted()).toEqual(open)
  for (const { endpoint } of visible)
    // Members sign in on their own host; staff's doors are nobody's.
    if (endpoint?.realm === 'staff') expect(endpoint.may).not.toBe('anyone')
})

test('every permission asked for is declared, and every declared one is asked for and held by the top role', async () => {
  const asked = new Set(visible.flatMap((route) => permissionOf(route, 'staff')))
  expect([...asked, ...within].toSorted()).toEqual([...permissions].toSorted())
  expect(await permissionsHeld(server.db)).toEqual([...permissions].toSorted())
  const top = await server.as('super_administrator')
  const session = JSON.parse((await top.send('GET', '/api/v1/session')).text) as { permissions: string[] }
  expect(session.permissions).toEqual([...permissions].toSorted())
})

test('what members may is declared for a profile, and nothing of it is what staff may', () => {
  const asked = new Set(visible.flatMap((route) => permissionOf(route, 'member')))
  const declared = new Set<string>(memberPermissions)
  expect([...asked].filter((permission) => !declared.has(permission))).toEqual([])
  expect(permissions.filter((permission) => declared.has(permission))).toEqual([])
})

test('every write names its audit verb in the past tense, and no two endpoints the same address', () => {
  for (const { method, endpoint } of visible) {
    if (!endpoint || method === 'GET') continue
    expect(endpoint.records, `${method} ${endpoint.path}`).toMatch(
      /^[a-z_]+\.([a-z_]+(ed|en|out|in|up|done)|sent|withdrawn)$/,
    )
  }
  expect(new Set(visible.map(name)).size).toBe(visible.length)
})

describe('without a session every endpoint answers 401', () => {
  const guarded = visible.filter((route) => route.endpoint && route.endpoint.may !== 'anyone')
  test.each(guarded.map((route) => [name(route), route] as const))(
    '%s',
    async (_, { method, url, endpoint }) => {
      const how = { ...door(endpoint), ...(method === 'GET' ? {} : { body: {} }) }
      // A session of the other realm is none.
      const stranger = endpoint?.realm === 'member' ? await server.as('super_administrator') : await holder
      for (const somebody of [server.anybody, stranger]) {
        const reply = await somebody.send(method, addressOfRoute(url), how)
        expect(reply.status).toBe(401)
        expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'signed_out' } })
      }
    },
  )
})

const roleless = withoutRole()

describe('without the permission every endpoint answers 403, to every role that lacks it', () => {
  const guarded = visible.filter((route) => permissionOf(route, 'staff').length > 0)
  test.each(guarded.map((route) => [name(route), route] as const))(
    '%s',
    async (_name, { method, url, endpoint }) => {
      const people = new Map([['a person without a role', await roleless]])
      for (const role of builtInRoles) {
        const person = await server.as(role)
        const { permissions: held } = await person.call(getSession)
        if (endpoint && !held.includes(endpoint.may)) people.set(role, person)
      }
      for (const [who, person] of people) {
        const reply = await person.send(method, addressOfRoute(url), method === 'GET' ? {} : { body: {} })
        expect(reply.status, who).toBe(403)
        expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'forbidden' } })
      }
    },
  )
})

describe('what a secretary may not is refused to her, and the practice’s address names no practice', () => {
  const mine = rightsIn({
    profile: 'secretary',
    kind: 'practitioner',
    holder: false,
    rights: usualRights,
  }).permissions
  const members = visible.filter((route) => permissionOf(route, 'member').length > 0)
  test.each(members.map((route) => [name(route), route] as const))(
    '%s',
    async (_, { method, url, endpoint }) => {
      expect(url).not.toMatch(/:(tenant|practice)/)
      if (!endpoint || mine.includes(endpoint.may)) return
      const how = { ...door(endpoint), ...(method === 'GET' ? {} : { body: {} }) }
      const reply = await (await secretary).send(method, addressOfRoute(url), how)
      expect(reply.status).toBe(403)
      expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'forbidden' } })
    },
  )
})

describe('nothing that arrives makes an endpoint stumble', () => {
  const writes = visible.filter((route) => route.endpoint && route.method !== 'GET')
  const hostile: [string, { headers?: Record<string, string>; payload: string }][] = [
    ['broken JSON', { headers: { 'content-type': 'application/json' }, payload: '{"a":' }],
    ['an array', { headers: { 'content-type': 'application/json' }, payload: '[1,2]' }],
    ['a number', { headers: { 'content-type': 'application/json' }, payload: '7' }],
    [
      'a polluted prototype',
      { headers: { 'content-type': 'application/json' }, payload: '{"__proto__":{"admin":true}}' },
    ],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'a=b' }],
    ['an unknown field', { headers: { 'content-type': 'application/json' }, payload: '{"nobody":"knows"}' }],
  ]
  test.each(writes.map((route) => [name(route), route] as const))(
    '%s',
    async (_, { method, url, endpoint }) => {
      const top = endpoint?.realm === 'member' ? await holder : await server.as('administrator')
      for (const [what, over] of hostile) {
        // Signing out needs no body, and would end the session the others use.
        if (url.endsWith('/session') && method === 'DELETE') continue
        const headers = { ...door(endpoint).headers, ...over.headers }
        const reply = await top.send(method, addressOfRoute(url), { ...over, headers })
        expect(reply.status, `${what}: ${reply.text}`).toBeGreaterThanOrEqual(400)
        expect(reply.status, `${what}: ${reply.text}`).toBeLessThan(500)
        expect(JSON.parse(reply.text)).toMatchObject({
          error: { code: expect.any(String), message: expect.any(String), requestId: expect.any(String) },
        })
      }
    },
  )

  test.each(
    visible
      .filter((route) => route.endpoint && route.method === 'GET')
      .map((route) => [name(route), route] as const),
  )('%s', async (_, { method, url, endpoint }) => {
    if (endpoint && 'stream' in endpoint.output && endpoint.output.stream.includes('text/event-stream'))
      return
    const top = endpoint?.realm === 'member' ? await holder : await server.as('administrator')
    for (const query of [
      '?nobody=knows',
      '?limit=-1',
      '?after=%00',
      '?q=%00',
      '?limit=1e9',
      '?after=bm9wZQ',
      '?sort=;drop',
    ]) {
      const reply = await top.send(method, addressOfRoute(url) + query, door(endpoint))
      expect(reply.status, `${query}: ${reply.text}`).toBeLessThan(500)
      expect(reply.status, `${query}: ${reply.text}`).toBeGreaterThanOrEqual(400)
    }
  })
})

test('an unknown host reaches nothing, and staff endpoints do not exist on the practice host', async () => {
  expect(
    (await server.anybody.send('GET', '/api/v1/session', { headers: { host: 'evil.example' } })).status,
  ).toBe(421)
  const administrator = await server.as('administrator')
  expect(
    (await administrator.send('GET', '/api/v1/session', { headers: { host: 'app.localhost:3000' } })).status,
  ).toBe(404)
})

test('every answer bears the security headers, without inline exceptions', async () => {
  for (const url of ['/', '/api/docs', '/api/v1/environment', '/api/v1/nothing', '/health/live']) {
    const { headers } = await server.anybody.send('GET', url)
    expect(headers['content-security-policy'], url).toContain("script-src 'self'")
    expect(headers['content-security-policy'], url).not.toContain('unsafe')
    expect(headers['x-content-type-options'], url).toBe('nosniff')
    expect(headers['x-request-id'], url).toMatch(/^[0-9a-f-]{36}$/)
  }
})
