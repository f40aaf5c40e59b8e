import { chooseMemberLanguage, getMemberSession, signOutMember, type MemberMe } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { Platform } from '#platform/server/errors.ts'
import type { NewsDesk } from '#platform/server/news.ts'
import {
  found,
  handle,
  type Context,
  type Handler,
  type Impersonator,
  type MemberActor,
} from '#platform/server/requests.ts'
import { hashOf } from '#platform/server/random.ts'
import { openSessionCache, type Asks } from '../session-cache.ts'
import { idleSince, touchedEveryMs } from '../sessions.ts'
import { doorOf, type KnownPractice, type MemberParts } from './parts.ts'
import { setMemberLanguage } from './queries.ts'
import {
  endMembersSessions,
  livingMember,
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
  const { sessionId, tenantId } = session
  const practice = await practiceOf(tenantId)
  if (!practice || doorOf(practice) !== 'open') return null
  // Whatever way a session without one survived the rule: it is none.
  if (practice.secondFactorRequired && session.factor === null) return null
  if (usedFrom !== null && now.getTime() - session.lastSeenAt.getTime() > touchedEveryMs)
    // Nobody waits for it: whoever comes next notes what could not be noted now.
    void touchMemberSession(db, sessionId, now).catch(() => undefined)
  return {
    ...mayThere(rightsIn, session, practice),
    sessionId,
    steppedUpAt: session.steppedUpAt,
    impersonator: null,
  }
}

/** Whoever works in that practice, and what they may there. */
type Working = Pick<
  NonNullable<Awaited<ReturnType<typeof livingMember>>>,
  | 'memberId'
  | 'accountId'
  | 'tenantId'
  | 'profile'
  | 'holder'
  | 'rights'
  | 'firstName'
  | 'lastName'
  | 'language'
>

function mayThere(
  rightsIn: MemberParts['rightsIn'],
  { memberId, accountId, tenantId, profile, holder, rights, ...person }: Working,
  { kind }: KnownPractice,
) {
  const { role, permissions } = rightsIn({ profile, kind, holder, rights })
  return {
    memberId,
    accountId,
    tenantId,
    profile,
    role,
    name: `${person.firstName} ${person.lastName}`,
    permissions: new Set(permissions),
    language: person.language === 'en' ? ('en' as const) : ('fr' as const),
  }
}

/**
 * A member as they would be asking, without a session of theirs: for whoever stands in for them.
 * @returns null when they left, or their practice is not open
 */
export async function memberAsking(
  { db, clock, practice: practiceOf, rightsIn }: On,
  memberId: string,
): Promise<Omit<MemberActor, 'sessionId' | 'steppedUpAt' | 'impersonator'> | null> {
  const row = await livingMember(db, memberId, clock.now())
  const practice = row && (await practiceOf(row.tenantId))
  if (!row || !practice || doorOf(practice) !== 'open') return null
  return mayThere(rightsIn, row, practice)
}

type Knows = Pick<MemberParts, 'practices' | 'rightsIn'>

export async function memberMe(parts: Knows, db: CentralDb, sessionId: string): Promise<MemberMe> {
  const { expiresAt, ...session } = found(await memberSessionById(db, sessionId))
  return meOf(parts, db, session, { expiresAt, impersonation: null })
}

/** Whoever stands in for a member is shown what the member is, and that it is not them. */
export async function impersonatedMe(
  parts: Knows & Pick<MemberParts, 'clock'>,
  db: CentralDb,
  { memberId, impersonator }: { memberId: string; impersonator: Impersonator },
): Promise<MemberMe> {
  const { id, name: actor, reason, reference, mayWrite, notesOpen, endsAt } = impersonator
  const member = found(await livingMember(db, memberId, parts.clock.now()))
  return meOf(
    parts,
    db,
    { ...member, practices: 1 },
    {
      expiresAt: endsAt,
      impersonation: { id, actor, reason, reference, mayWrite, notesOpen, endsAt: endsAt.toISOString() },
    },
  )
}

async function meOf(
  { practices, rightsIn }: Knows,
  db: CentralDb,
  who: Omit<NonNullable<Awaited<ReturnType<typeof memberSessionById>>>, 'expiresAt'>,
  { expiresAt, impersonation }: { expiresAt: Date; impersonation: MemberMe['impersonation'] },
): Promise<MemberMe> {
  const practice = found((await practices(db, [who.tenantId])).get(who.tenantId))
  const { profile, holder, rights } = who
  return {
    memberId: who.memberId,
    name: `${who.firstName} ${who.lastName}`,
    email: who.email,
    profile,
    holder,
    practice: practice.name,
    practices: who.practices,
    permissions: rightsIn({ profile, kind: practice.kind, holder, rights }).permissions.toSorted(),
    language: who.language === 'en' ? 'en' : 'fr',
    expiresAt: expiresAt.toISOString(),
    impersonation,
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
    handle(getMemberSession, (ctx) => {
      const { memberId, sessionId, impersonator } = ctx.member
      return impersonator
        ? impersonatedMe(parts, ctx.db, { memberId, impersonator })
        : memberMe(parts, ctx.db, sessionId)
    }),

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
