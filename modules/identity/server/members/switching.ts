/**
 * The practices somebody works in, and going from one to another. A session never changes its practice: the one ends and
 * another begins, good no longer than the first was.
 */
import {
  grantEnded,
  holderStays,
  leaveOwnPractice,
  listOwnPractices,
  memberLeft,
  practiceSuspended,
  secondFactorNeeded,
  switchPractice,
  type OwnPractice,
} from '#contract/identity'
import { Platform } from '#platform/server/errors.ts'
import { found, handle, refuse, type Before, type CentralHandler } from '#platform/server/requests.ts'
import { hashOf } from '#platform/server/random.ts'
import { idleSince } from '../sessions.ts'
import { openMemberSession, provenByFactor } from './entering.ts'
import { takeOut } from './leaving.ts'
import { doorOf, type MemberParts } from './parts.ts'
import { holderNamesOf, lockAccount, lockMember, ownMemberships } from './queries.ts'
import { leaveSession, sessionToGoOnFrom } from './session-queries.ts'
import { memberMe } from './sessions.ts'

/** For how long a practice somebody left is still shown among theirs. */
const shownAfterwards = 90 * 24 * 3_600_000

type Asking = Pick<Before, 'db' | 'clock' | 'request'>
type On = Pick<MemberParts, 'practices'>

export function switchingPractice(parts: MemberParts): CentralHandler[] {
  return [
    handle(listOwnPractices, async (ctx) => {
      const session = await sessionOf(ctx)
      const practices = await practicesOf(parts, ctx, session)
      return { lost: await lostBy(parts, ctx, session), rows: practices.map(({ shown }) => shown) }
    }),

    handle(
      switchPractice,
      async (ctx, { body: { memberId } }) => {
        const session = await sessionOf(ctx)
        const practices = await practicesOf(parts, ctx, session)
        // Another person's is nobody's.
        const { shown, place } = found(practices.find((one) => one.place.id === memberId))
        if (shown.state === 'ended') throw refuse(grantEnded)
        if (shown.state === 'suspended') throw refuse(practiceSuspended)
        if (place.secondFactorRequired && session.factor === null) throw refuse(secondFactorNeeded)
        const { firstName, lastName } = session
        const { tenantId, profile } = place
        await parts.enterPractice({ tenantId, memberId, profile, firstName, lastName })
        return { session, place }
      },
      async (ctx, _input, { session, place }) => {
        const now = ctx.clock.now()
        const { sessionId, accountId, email, createdAt: begunAt, expiresAt: until, factor } = session
        await lockAccount(ctx.db, accountId)
        if (!(await leaveSession(ctx.db, sessionId, now))) throw new Platform('signed_out')
        await ctx.tell({ topic: 'member_sessions', id: sessionId })
        const proof = provenByFactor({ accountId, email, begunAt, factor })
        // What was shown again was shown in the practice that is left.
        const opened = await openMemberSession(ctx, proof, place, { until, steppedUpAt: null })
        if (opened === undefined) throw refuse(grantEnded)
        ctx.record({
          object: 'member',
          id: place.id,
          tenant: place.tenantId,
          before: { member: session.memberId },
          after: { profile: place.profile },
          actor: { memberId: place.id, sessionId: opened },
        })
        return memberMe(parts, ctx.db, opened)
      },
    ),

    handle(leaveOwnPractice, async (ctx, { params: { id } }) => {
      const { accountId } = ctx.member
      await lockMember(ctx.db, id)
      const now = ctx.clock.now()
      // Another person's is nobody's.
      const row = found((await ownMemberships(ctx.db, accountId, new Date(0))).find((one) => one.id === id))
      if (row.leftAt) throw refuse(memberLeft)
      if (row.holder) throw refuse(holderStays)
      await takeOut(parts, ctx.db, id, { now, by: id })
      await ctx.tell({ topic: 'member_sessions', id })
      await ctx.tell({ topic: 'team', tenant: row.tenantId, needs: 'cabinet.members' })
      ctx.record({ object: 'member', id, tenant: row.tenantId, before: { profile: row.profile } })
      return undefined
    }),
  ]
}

type Session = Awaited<ReturnType<typeof sessionOf>>

/** The session of this browser, or the one it had in a practice that is closed to its person now. @throws signed_out */
async function sessionOf({ db, clock, request }: Asking) {
  const token = request.cookies['session']
  const now = clock.now()
  const session = token && (await sessionToGoOnFrom(db, hashOf(token), now, idleSince(now)))
  if (!session) throw new Platform('signed_out')
  return session
}

/** Which practice a session was in that one can no longer be in, and why. */
export async function lostBy({ practices }: On, { db }: Pick<Asking, 'db'>, session: Session) {
  const practice = (await practices(db, [session.tenantId])).get(session.tenantId)
  const door = doorOf(practice)
  if (!session.over && door === 'open') return null
  const why: 'ended' | 'suspended' = !session.over && door === 'suspended' ? 'suspended' : 'ended'
  return { name: practice?.name ?? '', why }
}

/** The practice whose end is the reason why nobody asks; null where there is no such reason. */
export async function practiceLostBy(on: On & Asking): Promise<string | null> {
  try {
    return (await lostBy(on, on, await sessionOf(on)))?.name ?? null
  } catch (error) {
    if (error instanceof Platform) return null
    throw error
  }
}

async function practicesOf({ practices }: On, { db, clock }: Asking, session: Session) {
  const now = clock.now()
  const memberships = await ownMemberships(db, session.accountId, new Date(now.getTime() - shownAfterwards))
  const ids = memberships.map(({ tenantId }) => tenantId)
  const known = await practices(db, ids)
  const holders = await holderNamesOf(db, ids)
  return memberships.flatMap((one) => {
    const practice = known.get(one.tenantId)
    const door = doorOf(practice)
    if (!practice || door === 'shut') return []
    const over = one.leftAt !== null || (one.endsAt !== null && one.endsAt <= now)
    const until = one.leftAt ?? one.endsAt
    const state: OwnPractice['state'] = over ? 'ended' : door
    const { id, tenantId, profile } = one
    const place = { id, tenantId, profile, secondFactorRequired: practice.secondFactorRequired }
    const shown: OwnPractice = {
      memberId: id,
      name: practice.name,
      kind: practice.kind,
      profile,
      whose: one.holder ? null : (holders.get(one.tenantId) ?? null),
      holder: one.holder,
      rights: one.profile === 'practitioner' ? [] : one.rights,
      since: one.createdAt.toISOString(),
      until: until?.toISOString() ?? null,
      state,
      current: one.id === session.memberId && !session.over,
    }
    return [{ shown, place }]
  })
}
