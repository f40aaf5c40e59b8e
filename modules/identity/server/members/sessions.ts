import { chooseMemberLanguage, getMemberSession, signOutMember, type MemberMe } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { Platform } from '#platform/server/errors.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import { found, handle, type Context, type Handler, type MemberActor } from '#platform/server/requests.ts'
import { hashOf } from '#platform/server/random.ts'
import { openSessionCache, type Asks } from '../session-cache.ts'
import { idleSince, touchedEveryMs } from '../sessions.ts'
import { doorOf, type MemberParts } from './parts.ts'
import { setMemberLanguage } from './queries.ts'
import {
  endMembersSessions,
  livingMemberSession,
  memberSessionById,
  sessionToSignOut,
  touchMemberSession,
} from './session-queries.ts'

/** News of these: sessions ended, members left, practices were suspended. */
const topics = ['member_sessions', 'tenants']

type On = Pick<MemberParts, 'db' | 'clock' | 'practice' | 'rightsIn'>

/** The member who asks, and of which practice. Whoever left it, or whose practice is suspended, is nobody. */
export function memberReader(on: On, desk: NewsDesk): Asks<MemberActor> {
  return openSessionCache(desk, topics, (token, usedFrom) => readMember(on, token, usedFrom))
}

async function readMember(
  { db, clock, practice: practiceOf, rightsIn }: On,
  token: string,
  usedFrom: string | null,
): Promise<MemberActor | null> {
  const now = clock.now()
  const session = await livingMemberSession(db, hashOf(token), now, idleSince(now))
  if (!session) return null
  const { sessionId, memberId, accountId, tenantId, profile, holder, rights } = session
  const practice = await practiceOf(tenantId)
  if (!practice || doorOf(practice) !== 'open') return null
  // Whatever way a session without one survived the rule: it is none.
  if (practice.secondFactorRequired && session.factor === null) return null
  if (usedFrom !== null && now.getTime() - session.lastSeenAt.getTime() > touchedEveryMs)
    // Nobody waits for it: whoever comes next notes what could not be noted now.
    void touchMemberSession(db, sessionId, now).catch(() => undefined)
  const { role, permissions } = rightsIn({ profile, kind: practice.kind, holder, rights })
  return {
    memberId,
    accountId,
    sessionId,
    tenantId,
    profile,
    role,
    name: `${session.firstName} ${session.lastName}`,
    permissions: new Set(permissions),
    language: session.language === 'en' ? 'en' : 'fr',
    steppedUpAt: session.steppedUpAt,
  }
}

export async function memberMe(
  { practices, rightsIn }: Pick<MemberParts, 'practices' | 'rightsIn'>,
  db: CentralDb,
  sessionId: string,
): Promise<MemberMe> {
  const session = found(await memberSessionById(db, sessionId))
  const practice = found((await practices(db, [session.tenantId])).get(session.tenantId))
  const { profile, holder, rights } = session
  return {
    memberId: session.memberId,
    name: `${session.firstName} ${session.lastName}`,
    email: session.email,
    profile,
    holder,
    practice: practice.name,
    practices: session.practices,
    permissions: rightsIn({ profile, kind: practice.kind, holder, rights }).permissions.toSorted(),
    language: session.language === 'en' ? 'en' : 'fr',
    expiresAt: session.expiresAt.toISOString(),
  }
}

/** The session this browser has, open or left: it leads nowhere any more. */
export async function endSessionBehindCookie(
  ctx: Pick<Context, 'db' | 'clock' | 'request' | 'tell'>,
): Promise<{ sessionId: string; memberId: string; tenantId: string } | undefined> {
  const token = ctx.request.cookies['session']
  const now = ctx.clock.now()
  const session = token ? await sessionToSignOut(ctx.db, hashOf(token), now) : undefined
  if (!session) return undefined
  await endMembersSessions(ctx.db, { id: session.sessionId }, 'signed_out', now)
  await ctx.tell({ topic: 'member_sessions', id: session.sessionId })
  return session
}

export function memberSessions(parts: MemberParts): Handler[] {
  return [
    handle(getMemberSession, (ctx) => memberMe(parts, ctx.db, ctx.member.sessionId)),

    // By the cookie: whose access ended in the middle of their work is nobody, and may still close the door behind them.
    handle(signOutMember, async (ctx) => {
      const session = await endSessionBehindCookie(ctx)
      if (!session) throw new Platform('signed_out')
      const { sessionId, memberId, tenantId } = session
      ctx.record({ object: 'member', id: memberId, tenant: tenantId, actor: { memberId, sessionId } })
      ctx.setCookie('session', '', { maxAgeSeconds: 0 })
      return undefined
    }),

    handle(chooseMemberLanguage, async (ctx, { body }) => {
      const { accountId, sessionId, language } = ctx.member
      await setMemberLanguage(ctx.db, accountId, body.language)
      await ctx.tell({ topic: 'member_sessions', id: sessionId })
      ctx.record({ object: 'member_account', id: accountId, before: { language }, after: body })
      return memberMe(parts, ctx.db, sessionId)
    }),
  ]
}
