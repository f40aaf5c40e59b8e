/** Somebody of the team who stands in for a member, by the way a browser goes, without a browser. */
import {
  askImpersonation,
  enterImpersonation,
  makeImpersonationKey,
  type Impersonation,
} from '#contract/impersonation'
import { hashOf, newToken } from '#platform/server/random.ts'
import { insertSession } from '../../modules/identity/server/queries.ts'
import { openBrowserless, type Browserless } from './browserless.ts'
import type { TestServer } from './server.ts'
import type { TestMember } from './tenants.ts'

/** A session of its own of somebody of the team: one that sleeps is nobody else’s trouble. */
export type TestStaff = Browserless & { staffId: string; sessionId: string }

export async function freshStaff(server: TestServer, role: string, now = new Date()): Promise<TestStaff> {
  const { staffId } = await server.db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .where('roles.key', '=', role)
    .where('staffRoles.endedAt', 'is', null)
    .select('staffId')
    .executeTakeFirstOrThrow()
  const token = newToken()
  const sessionId = await insertSession(server.db, {
    staffId,
    tokenHash: hashOf(token),
    factor: 'totp',
    deviceId: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + 12 * 3_600_000),
    ip: '127.0.0.1',
    userAgent: 'tests',
  })
  if (sessionId === undefined) throw new Error(`whoever is ${role} is suspended`)
  const browser = openBrowserless(server.app, 'localhost:3000', '127.0.0.1', { mgp_session: token })
  return { ...browser, staffId, sessionId }
}

/** A browser of the practice host that was given its half, and the half’s SHA-256 as the back-office learns it. */
export async function withHalf(
  server: TestServer,
  id: string,
): Promise<{ browser: Browserless; half: string }> {
  const browser = openBrowserless(server.app, 'app.localhost:3000')
  const reply = await browser.send('GET', `/assistance/${id}`)
  const [, half = ''] = String(reply.headers['location']).split('#')
  return { browser, half }
}

export type Asked = Partial<{
  mayWrite: boolean
  minutes: number
  wantsNotes: boolean
  breakGlass: boolean
  reference: string
}>

export const ask = (staff: Browserless, { memberId }: Pick<TestMember, 'memberId'>, over: Asked = {}) =>
  staff.call(askImpersonation, {
    body: { memberId, purpose: 'trouble', reason: 'L’agenda ne s’affiche plus', ...over },
  })

/** From what may begin to the practice. */
export async function enter(server: TestServer, staff: Browserless, id: string): Promise<Browserless> {
  const { browser, half } = await withHalf(server, id)
  const { key } = await staff.call(makeImpersonationKey, { params: { id }, body: { browser: half } })
  await browser.call(enterImpersonation, { body: { key } })
  return browser
}

/** All of it, where nobody has to agree. */
export async function standIn(
  server: TestServer,
  staff: Browserless,
  member: Pick<TestMember, 'memberId'>,
  over: Asked = {},
): Promise<{ one: Impersonation; inside: Browserless }> {
  const one = await ask(staff, member, over)
  return { one, inside: await enter(server, staff, one.id) }
}
