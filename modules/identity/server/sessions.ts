import { chooseLanguage, getSession, signOut, type Me } from '#contract/identity'
import { rightsOf } from '#server/access'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import { found, handle, type Actor, type RequestFacts } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { tell } from '#platform/server/news.ts'
import {
  endSessions,
  livingSession,
  replaceToken,
  sessionById,
  setLanguage,
  touchSession,
} from './queries.ts'
import { openSessionCache } from './session-cache.ts'

/** AAL2 of NIST SP 800-63B-4: again after twelve hours, or after an hour of nothing. */
export const sessionHours = 12
const idleHours = 1
/** Sessions last used before are over. */
export const idleSince = (now: Date) => new Date(now.getTime() - idleHours * 3_600_000)

/** A session that is used says so once a minute. */
export const touchedEveryMs = 60_000

/** The staff member who asks. News of `sessions`: sessions or rights changed. */
export function sessionReader(
  db: CentralDb,
  clock: Clock,
  desk: NewsDesk,
): (facts: RequestFacts, how?: { passive: boolean }) => Promise<Actor | null> {
  return openSessionCache(desk, ['sessions'], (token, usedFrom) => readActor(db, clock, token, usedFrom))
}

/** @param usedFrom the address the session is used from; null when nobody uses it now */
async function readActor(
  db: CentralDb,
  clock: Clock,
  token: string,
  usedFrom: string | null,
): Promise<Actor | null> {
  return actorOf(db, clock.now(), { tokenHash: hashOf(token) }, usedFrom)
}

/** Who a living session is of, by its token or by its id: whoever stands in for a member has shown theirs before. */
export async function actorOf(
  db: CentralDb,
  now: Date,
  which: { tokenHash: Buffer } | { id: string },
  usedFrom: string | null,
): Promise<Actor | null> {
  const session = await livingSession(db, which, now, idleSince(now))
  if (!session) return null
  if (usedFrom !== null && now.getTime() - session.lastSeenAt.getTime() > touchedEveryMs)
    await touchSession(db, session.id, { now, ip: usedFrom })
  const { roles, permissions, limits } = await rightsOf(db, session.staffId)
  const isAsleep = session.asleepUntil !== null && session.asleepUntil > now
  return {
    staffId: session.staffId,
    sessionId: session.id,
    name: `${session.firstName} ${session.lastName}`,
    roles,
    permissions,
    limits,
    steppedUpAt: session.steppedUpAt,
    mustRotate: session.mustRotate,
    asleepFor: isAsleep ? session.asleepFor : null,
  }
}

/** Another token for the asking session, the old one dead everywhere within a second; null when it was dead already. */
export async function rotate(
  db: CentralDb,
  { sessionId }: Pick<Actor, 'sessionId'>,
  { cookies }: RequestFacts,
  steppedUpAt?: Date,
): Promise<{ token: string; maxAgeSeconds: number } | null> {
  const token = newToken()
  const [from, to] = [hashOf(cookies['session'] ?? ''), hashOf(token)]
  if (!(await replaceToken(db, { id: sessionId, from, to, ...(steppedUpAt && { steppedUpAt }) }))) return null
  await tell(db, { topic: 'sessions' })
  return { token, maxAgeSeconds: sessionHours * 3600 }
}

export async function me(db: CentralDb, sessionId: string, now: Date): Promise<Me> {
  const session = found(await sessionById(db, sessionId))
  const { roles, names, permissions, limits } = await rightsOf(db, session.staffId)
  const asleep = session.asleepUntil !== null && session.asleepUntil > now ? session : null
  return {
    staffId: session.staffId,
    name: `${session.firstName} ${session.lastName}`,
    email: session.email,
    roles,
    roleNames: names,
    permissions: [...permissions].toSorted(),
    limited: [...limits.keys()].toSorted(),
    language: session.language === 'en' ? 'en' : 'fr',
    expiresAt: session.expiresAt.toISOString(),
    oneFactorOnly: session.factors < 2,
    asleepFor: asleep?.asleepFor ?? null,
    asleepUntil: asleep?.asleepUntil?.toISOString() ?? null,
  }
}

export const sessions = [
  handle(getSession, (ctx) => me(ctx.db, ctx.actor.sessionId, ctx.clock.now())),

  handle(signOut, async (ctx) => {
    const how = { reason: 'signed_out', by: ctx.actor.staffId, now: ctx.clock.now() } as const
    await endSessions(ctx.db, { id: ctx.actor.sessionId }, how)
    await ctx.tell({ topic: 'sessions' })
    ctx.record({ object: 'staff_member', id: ctx.actor.staffId })
    ctx.setCookie('session', '', { maxAgeSeconds: 0 })
    return undefined
  }),

  handle(chooseLanguage, async (ctx, { body }) => {
    const before = await me(ctx.db, ctx.actor.sessionId, ctx.clock.now())
    await setLanguage(ctx.db, ctx.actor.staffId, body.language)
    ctx.record({
      object: 'staff_member',
      id: ctx.actor.staffId,
      before: { language: before.language },
      after: body,
    })
    return { ...before, language: body.language }
  }),
]
