import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash, randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { listenToPracticeNews } from '#platform/contract/news.ts'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { openAudit } from '#server/audit'
import { readMessages } from '../../../apps/server/messages.ts'
import { openBrowserless, type AnyInput } from '../../../tests/harness/browserless.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { systemClock } from '../clock.ts'
import { centralDb, openPool, sql } from '../db.ts'
import { Platform } from '../errors.ts'
import { uuidv7 } from '../ids.ts'
import { mount, type Mounting, type Strangers } from '../mount.ts'
import { openNewsDesk, tell } from '../news.ts'
import { found, handle, handleInTenant, refuse, type MemberActor } from '../requests.ts'
import { sentencesOf } from '../sentences.ts'
import { createServer } from '../serve.ts'
import { practices } from '../tenant-connections/practices.ts'
import { openTenantDatabases, type TenantDb, type TenantPlace } from '../tenant-db.ts'
import { vaultOf } from '../vault.ts'

// ───────────────────────────── a practice app of a few endpoints

const noRoom = refusal('no_room_for_files')
const member = { realm: 'member', may: 'practice.read' } as const
const writes = { realm: 'member', may: 'practice.manage', stepUp: false } as const

const where = endpoint({
  ...member,
  method: 'GET',
  path: '/where',
  summary: 'Where one is',
  output: z.object({ database: z.string(), login: z.string(), practice: z.string() }),
})
const readNotes = endpoint({
  ...member,
  method: 'GET',
  path: '/notes',
  summary: 'Notes',
  output: z.array(Id),
})
const readProfile = endpoint({
  ...member,
  method: 'GET',
  path: '/profiles/:id',
  records: 'profile.viewed',
  summary: 'Somebody of the practice',
  input: { params: z.object({ id: Id }) },
  output: z.object({ firstName: z.string() }),
})
const addFile = endpoint({
  ...writes,
  method: 'POST',
  path: '/files',
  records: 'file.added',
  summary: 'A file comes into the practice',
  input: { body: z.object({ name: z.string() }) },
  output: z.object({ id: Id }),
  refusals: [noRoom],
  touches: ['files'],
})
const forgetful = endpoint({
  ...writes,
  method: 'POST',
  path: '/forgetful',
  records: 'file.forgotten',
  summary: 'Records nothing',
  output: z.null(),
})
const astray = endpoint({
  ...writes,
  method: 'POST',
  path: '/astray',
  records: 'file.mistaken',
  summary: 'Records another',
  output: z.null(),
})
const sensitive = endpoint({
  ...member,
  method: 'GET',
  path: '/sensitive',
  stepUp: true,
  summary: 'Asks who is there once more',
  output: z.string(),
})
const wrong = endpoint({
  ...member,
  method: 'GET',
  path: '/wrong',
  summary: 'Answers wrongly',
  output: z.object({ a: z.number() }),
})
const leave = endpoint({
  realm: 'member',
  may: 'signed_in',
  method: 'DELETE',
  path: '/session',
  records: 'session.ended',
  stepUp: false,
  status: 204,
  summary: 'Signs out, centrally',
  output: z.null(),
  touches: ['own'],
})

let visits = 0
const insertFile = (db: TenantDb, id: string, name: string) =>
  db
    .insertInto('files')
    .values({
      id,
      name,
      mediaType: 'text/plain',
      bytes: 3,
      sha256: createHash('sha256').update(name).digest(),
    })
    .execute()
const handlers = [
  handleInTenant(where, async ({ db, member: { tenantId } }) => {
    visits++
    const { rows } = await sql<{ database: string; login: string; practice: string }>`
      select current_database() as database, current_user as login, name as practice from practice
      where tenant_id = ${tenantId}`.execute(db)
    return found(rows[0])
  }),
  handle(sensitive, async () => 'shown'),
  handleInTenant(readNotes, async ({ db }) =>
    (await db.selectFrom('notes').select('id').execute()).map(({ id }) => id),
  ),
  handleInTenant(readProfile, async (ctx, { params: { id } }) => {
    const row = await ctx.db
      .selectFrom('profiles')
      .where('memberId', '=', id)
      .select('firstName')
      .executeTakeFirst()
    ctx.record({})
    return found(row)
  }),
  handleInTenant(
    addFile,
    (ctx, { body }) => {
      if (body.name === 'immense.pdf') throw refuse(noRoom)
      return { id: uuidv7(ctx.clock.now().getTime()), reason: 'Nouveau dossier' }
    },
    async (ctx, { body: { name } }, { id }) => {
      await insertFile(ctx.db, id, name)
      if (name === 'une-de-trop.pdf') throw refuse(noRoom)
      ctx.record({ after: { name } })
      return { id }
    },
  ),
  handleInTenant(forgetful, async ({ db }) => {
    await insertFile(db, uuidv7(), 'oubli.pdf')
    return null
  }),
  handleInTenant(astray, async (ctx) => {
    await insertFile(ctx.db, uuidv7(), 'erreur.pdf')
    ctx.record({ id: uuidv7() })
    return null
  }),
  handleInTenant(wrong, () => Promise.resolve({ a: 'b' as unknown as number })),
  handle(leave, async (ctx) => {
    ctx.record({ object: 'session', id: ctx.member.sessionId })
    ctx.setCookie('session', '', { maxAgeSeconds: 0 })
    return null
  }),
]

// ───────────────────────────── two practices, and who works in them

const house = await practices('migrated')
const camilles = await house.open('Cabinet de Camille Roche')
const hugos = await house.open('Cabinet de Hugo Blanc')

const asMember = ({ tenantId }: TenantPlace, over: Partial<MemberActor> = {}): MemberActor => ({
  memberId: uuidv7(),
  accountId: uuidv7(),
  sessionId: uuidv7(),
  tenantId,
  profile: 'practitioner',
  role: 'practitioner',
  name: 'Camille Roche',
  steppedUpAt: null,
  impersonator: null,
  permissions: new Set(['practice.read', 'practice.manage']),
  language: 'fr',
  ...over,
})
const camille = asMember(camilles)
const sarah = asMember(camilles, {
  profile: 'secretary',
  role: 'secretary',
  name: 'Sarah',
  permissions: new Set(['practice.read']),
})
const hugo = asMember(hugos)
const sessions = new Map(Object.entries({ camille, sarah, hugo }))

const central = await testDatabase()
const pool = openPool(central.appUrl)
const db = centralDb(pool)
const tenants = openTenantDatabases({
  locate: (tenantId) => Promise.resolve(house.catalogue.get(tenantId)),
  cap: 6,
  served: { oldest: 2, current: 2 },
  log: { error() {}, warn() {}, info() {}, debug() {}, fatal() {} },
})
const audit = openAudit({ vault: vaultOf(randomBytes(32)), clock: systemClock })
const lines: Record<string, unknown>[] = []
const keep = (line: unknown) => void lines.push(line as Record<string, unknown>) // the platform logs objects
const log = {
  level: 'info',
  error: keep,
  warn: keep,
  info: keep,
  debug() {},
  fatal: keep,
  trace() {},
  silent() {},
  child: () => log,
}
const newsDesk = openNewsDesk(central.appUrl, log)
const strangers: Strangers = {
  whoAsks: ({ cookies }) => {
    if (cookies['session'] !== undefined) throw new Error('the staff’s door was asked')
    return Promise.resolve(null)
  },
  rotate: () => Promise.resolve(null),
  whichMember: async ({ cookies }) => {
    const one = sessions.get(cookies['session'] ?? '')
    if (one && house.catalogue.get(one.tenantId)?.state === 'suspended')
      throw new Platform('tenant_suspended')
    return one ?? null
  },
  ...audit,
  perform: audit.performing({ db, tenants, log }),
}
const mounting: Mounting = {
  db,
  tenants,
  clock: systemClock,
  strangers,
  sentences: sentencesOf(readMessages()),
  topics: { files: 'practice.read', own: 'signed_in' },
  checkOutput: true,
  secureCookies: false,
  uploadFolder: '/nowhere',
}
const app = await createServer({
  ...mounting,
  pool,
  newsDesk,
  log,
  handlers,
  hosts: { backoffice: new URL('http://localhost:3000'), practice: new URL('http://app.localhost:3000') },
  trustedProxies: [],
  webFolders: { backoffice: '/nowhere/b', practice: '/nowhere/p' },
  metricsToken: undefined,
  metricsNeedToken: false,
  measures: [],
  aliases: [],
})
afterAll(async () => {
  await app.close()
  await newsDesk.close()
  await tenants.close()
  await pool.end()
})

const browser = openBrowserless(app, 'app.localhost:3000')
type Asked = Parameters<typeof browser.ask>[0]

async function ask(who: string, asked: Asked, input: AnyInput = {}, headers: Record<string, string> = {}) {
  const url = asked.path.replace(':id', String(input.params?.['id']))
  const { status, text } = await browser.send(asked.method, `/api/v1/practice${url}`, {
    headers: { cookie: `mgp_member_session=${who}`, ...headers },
    ...(input.body === undefined ? {} : { body: input.body }),
  })
  return { status, body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>) }
}
const code = ({ status, body }: { status: number; body: unknown }) => [
  status,
  (body as { error?: { code: string } }).error?.code,
]

const entries = (verb: string) =>
  db
    .selectFrom('auditLog')
    .where('verb', '=', verb)
    .orderBy('at')
    .orderBy('id')
    .select(['leaf', 'objectId', 'tenantId', 'operationId', 'result'])
    .execute()
const names = async (place: TenantPlace) => {
  const { rows } = await house.inside(place, 'select name from files order by name')
  return rows.map((row) => (row as { name: string }).name)
}

test('a member is served from their own practice’s database, in the role they have there', async () => {
  const at = (place: TenantPlace, role: string) => ({
    status: 200,
    body: { database: place.databaseName, login: `${place.loginRole}_${role}`, practice: place.name },
  })
  expect(await ask('camille', where)).toEqual(at(camilles, 'practitioner'))
  expect(await ask('sarah', where)).toEqual(at(camilles, 'secretary'))
  expect(await ask('hugo', where)).toEqual(at(hugos, 'practitioner'))
})

test('what a profile has no right to in the database is a bug of ours, and still not shown', async () => {
  expect(await ask('camille', readNotes)).toEqual({ status: 200, body: [] })
  expect(code(await ask('sarah', readNotes))).toEqual([500, 'internal'])
})

test('a member’s write is one operation in the log: what is about to happen, and what came of it', async () => {
  const { status, body } = await ask('camille', addFile, { body: { name: 'bilan.pdf' } })
  expect(status).toBe(200)
  const [intent, outcome, ...more] = await entries('file.added')
  expect(more).toEqual([])
  expect(intent).toMatchObject({ result: 'intended', objectId: body?.['id'], tenantId: camille.tenantId })
  expect(outcome).toMatchObject({ result: 'done', objectId: body?.['id'], operationId: intent?.operationId })
  expect(JSON.parse(outcome!.leaf)).toMatchObject({
    actor: { type: 'member', id: camille.memberId },
    session: camille.sessionId,
    tenant: camille.tenantId,
    object: { type: 'file' },
    reason: 'Nouveau dossier',
  })
  expect(await names(camilles)).toEqual(['bilan.pdf'])
  expect(await names(hugos)).toEqual([])
})

test('a refusal undoes what was done, and the log says that it was refused', async () => {
  const before = (await entries('file.added')).length
  expect(code(await ask('camille', addFile, { body: { name: 'une-de-trop.pdf' } }))).toEqual([
    409,
    'no_room_for_files',
  ])
  // Refused before anything was intended: a line by itself, as at the staff's door.
  expect(code(await ask('camille', addFile, { body: { name: 'immense.pdf' } }))).toEqual([
    409,
    'no_room_for_files',
  ])
  const made = (await entries('file.added')).slice(before)
  expect(made.map(({ result, operationId }) => [result, operationId !== null])).toEqual([
    ['intended', true],
    ['refused', true],
    ['refused', false],
  ])
  expect(await names(camilles)).toEqual(['bilan.pdf'])
})

test.each([
  ['records nothing', forgetful],
  ['records another thing than was intended', astray],
])('a write that %s is a bug and commits nothing', async (_, asked) => {
  expect(code(await ask('camille', asked))).toEqual([500, 'internal'])
  expect(await names(camilles)).toEqual(['bilan.pdf'])
  expect((await entries(asked.records ?? '')).map(({ result }) => result)).toEqual(['intended', 'failed'])
})

test('who looks at what is sensitive is written down before it is shown, with the practice', async () => {
  const id = uuidv7()
  await house.inside(hugos, `insert into profiles values ('${id}', 'practitioner', 'Hugo', 'Blanc')`)
  expect(await ask('hugo', readProfile, { params: { id } })).toEqual({
    status: 200,
    body: { firstName: 'Hugo' },
  })
  expect(await entries('profile.viewed')).toEqual([
    expect.objectContaining({ objectId: id, tenantId: hugo.tenantId, result: 'seen' }),
  ])
  // Camille names what stands in Hugo's practice: there is no such thing in hers.
  expect(code(await ask('camille', readProfile, { params: { id } }))).toEqual([404, 'not_found'])
})

test('the laws of the staff’s door hold here too', async () => {
  const body = { name: 'note.pdf' }
  expect(code(await ask('nobody', addFile, { body }))).toEqual([401, 'signed_out'])
  expect(code(await ask('sarah', addFile, { body }))).toEqual([403, 'forbidden'])
  const foreign = { 'sec-fetch-site': 'cross-site' }
  expect(code(await ask('camille', addFile, { body }, foreign))).toEqual([403, 'origin_refused'])
  const unknown = { ...body, tenantId: hugo.tenantId }
  expect(code(await ask('camille', addFile, { body: unknown }))).toEqual([400, 'input_invalid'])
  expect(code(await ask('camille', readProfile, { params: { id: 'all' } }))).toEqual([404, 'not_found'])
  expect(code(await ask('camille', wrong))).toEqual([500, 'internal'])
  const refused = (await entries('file.added')).at(-1)
  expect(JSON.parse(refused!.leaf)).toMatchObject({
    result: 'refused',
    actor: { type: 'member', id: sarah.memberId },
    tenant: sarah.tenantId,
  })
  expect(await names(camilles)).toEqual(['bilan.pdf'])
})

test('a staff cookie means nothing on the practice host, and members’ endpoints are not on the other', async () => {
  const url = '/api/v1/practice/where'
  for (const cookie of ['mgp_session=camille', '__Host-mgp_member_session=camille'])
    expect((await browser.send('GET', url, { headers: { cookie } })).status).toBe(401)
  const backoffice = openBrowserless(app)
  const cookie = 'mgp_member_session=camille'
  expect((await backoffice.send('GET', url, { headers: { cookie } })).status).toBe(404)
  expect((await backoffice.send('GET', '/api/v1/events', { headers: { cookie } })).status).toBe(401)
  expect((await browser.send('GET', '/api/v1/events', { headers: { cookie } })).status).toBe(404)
})

test('signing out acts centrally, with a cookie of the members’ own', async () => {
  const reply = await browser.send('DELETE', '/api/v1/practice/session', {
    headers: { cookie: 'mgp_member_session=camille' },
  })
  expect(reply.status).toBe(204)
  expect(String(reply.headers['set-cookie'])).toMatch(/^mgp_member_session=;.*HttpOnly.*SameSite=Strict/)
  expect(await entries('session.ended')).toEqual([
    expect.objectContaining({ objectId: camille.sessionId, tenantId: camille.tenantId, result: 'done' }),
  ])
})

test('what asks for a step-up is answered for five minutes after it, and to no session that never had one', async () => {
  const fresh = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000)
  onTestFinished(() => void sessions.set('camille', camille))
  expect(code(await ask('camille', sensitive))).toEqual([403, 'step_up_required'])
  sessions.set('camille', { ...camille, steppedUpAt: fresh(6) })
  expect(code(await ask('camille', sensitive))).toEqual([403, 'step_up_required'])
  sessions.set('camille', { ...camille, steppedUpAt: fresh(4) })
  expect(await ask('camille', sensitive)).toEqual({ status: 200, body: 'shown' })
})

test('a suspended practice, one that moves and one whose cluster is away each say what it is, and nothing else is touched', async () => {
  const change = (over: Partial<TenantPlace>) => house.catalogue.set(hugos.tenantId, { ...hugos, ...over })
  onTestFinished(() => void house.catalogue.set(hugos.tenantId, hugos))
  const before = visits
  change({ state: 'suspended' })
  expect(code(await ask('hugo', where))).toEqual([403, 'tenant_suspended'])
  change({ state: 'moving' })
  expect(code(await ask('hugo', addFile, { body: { name: 'note.pdf' } }))).toEqual([503, 'tenant_read_only'])
  expect(visits).toBe(before)
  expect((await ask('hugo', where)).status).toBe(200)
  change({ address: 'postgres://127.0.0.1:1', clusterId: 'far' })
  const away = await browser.send('GET', '/api/v1/practice/where', {
    headers: { cookie: 'mgp_member_session=hugo' },
  })
  expect([away.status, away.headers['retry-after'], away.text]).toEqual([
    503,
    '5',
    expect.stringContaining('injoignable'),
  ])
  expect((await ask('camille', where)).status).toBe(200)
})

test('each line in the log says whose practice it was', async () => {
  lines.length = 0
  await ask('hugo', where)
  await ask('camille', wrong)
  await ask('nobody', where)
  await expect
    .poll(() => lines.filter(({ route }) => route).map(({ route, tenant }) => [route, tenant]))
    .toEqual([
      ['/api/v1/practice/where', hugo.tenantId],
      ['/api/v1/practice/wrong', camille.tenantId],
      ['/api/v1/practice/wrong', camille.tenantId],
      ['/api/v1/practice/where', undefined],
    ])
})

test('members hear what changes in their own practice as far as they may, and not one word of another', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo // listening on TCP
  const listen = async (who: string) => {
    const heard: unknown[] = []
    const request = get({
      host: '127.0.0.1',
      port,
      path: `/api/v1/practice${listenToPracticeNews.path}`,
      headers: { host: 'app.localhost:3000', cookie: `mgp_member_session=${who}` },
    })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    response
      .setEncoding('utf8')
      .on('data', (chunk: string) =>
        heard.push(
          ...[...chunk.matchAll(/^data: (\{.+\})$/gm)].map(([, json]) => JSON.parse(json!) as unknown),
        ),
      )
    onTestFinished(() => void request.destroy())
    return { heard, response }
  }
  const [camilles2, sarahs, hugos2] = [await listen('camille'), await listen('sarah'), await listen('hugo')]
  const { body } = await ask('camille', addFile, { body: { name: 'note.pdf' } })
  const tenant = hugo.tenantId
  await tell(db, { topic: 'files', tenant, needs: 'practice.read' })
  await tell(db, { topic: 'secret', tenant, needs: 'practice.close' })
  await tell(db, { topic: 'clients', needs: 'practice.read' })
  await tell(db, { topic: 'mine', tenant: camille.tenantId, only: camille.memberId })
  // News of Camille's practice that names Hugo, and is looked at for that reason, is not his.
  await tell(db, { topic: 'files', tenant: camille.tenantId, id: hugo.memberId, needs: 'practice.read' })
  const added = { topic: 'files', id: body?.['id'] }
  const naming = { topic: 'files', id: hugo.memberId }
  await expect.poll(() => camilles2.heard).toEqual([added, { topic: 'mine' }, naming])
  expect(sarahs.heard).toEqual([added, naming])
  expect(hugos2.heard).toEqual([{ topic: 'files' }])

  // Whoever's session ended hears nothing more; news that names them or their practice is when it is looked at.
  sessions.delete('hugo')
  onTestFinished(() => void sessions.set('hugo', hugo))
  const ended = once(hugos2.response, 'end')
  await tell(db, { topic: 'tenants', id: tenant, needs: 'tenants.read' })
  await ended
  expect(hugos2.heard).toHaveLength(1)
})

test('an endpoint that makes no sense at this door is not mounted', () => {
  const bare = Fastify()
  const run = () => Promise.resolve(null)
  const staffs = endpoint({
    realm: 'staff',
    may: 'a.read',
    method: 'GET',
    path: '/b',
    summary: 'B',
    output: z.null(),
  })
  expect(() => mount(bare, handleInTenant(staffs, run), mounting)).toThrow('only a member has one')
  const open = endpoint({
    realm: 'member',
    may: 'anyone',
    method: 'GET',
    path: '/c',
    summary: 'C',
    output: z.null(),
  })
  expect(() => mount(bare, handleInTenant(open, run), mounting)).toThrow('only a member has one')
})

test('two at once, the slower one first, each stay where they are', async () => {
  for (let turn = 0; turn < (process.env['TEST_LONG'] ? 1_000 : 60); turn++) {
    const [first, second] = await Promise.all([ask('camille', where), ask('hugo', where)])
    expect([first.body?.['database'], second.body?.['database']]).toEqual([
      camilles.databaseName,
      hugos.databaseName,
    ])
  }
})
