/** The way in, once somebody has shown who they are. */
import { credentialsWrong, type Factor, type MemberMe, type Profile } from '#contract/identity'
import { Platform } from '#platform/server/errors.ts'
import { refuse, type Context } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { sessionHours } from '../sessions.ts'
import { holdsFactor } from '../member-factors/queries.ts'
import type { MemberParts } from './parts.ts'
import { lockAccount } from './queries.ts'
import { freshenMemberSession, insertMemberSession } from './session-queries.ts'
import { endSessionBehindCookie, memberMe } from './sessions.ts'

declare const shown: unique symbol

/** That somebody showed what is asked of them: the password, and the second factor where they have one. */
export type MemberProof = {
  readonly accountId: string
  readonly email: string
  /** Before the password was checked. */
  readonly begunAt: Date
  readonly factor: Factor | null
  readonly [shown]: true
}

type Shown = { accountId: string; email: string; begunAt: Date }

/** Called where a password was held against its hash, or the sign-in that began so was taken up, and nowhere else. */
export function provenByPassword(proof: Shown): MemberProof {
  return { ...proof, factor: null } as MemberProof // the brand exists for the compiler only
}

/** Called where a factor was taken, or the first one enrolled, and where the sign-in or session that kept it is taken up. */
export function provenByFactor(proof: Shown & { factor: Factor | null }): MemberProof {
  return proof as MemberProof // as above
}

type Place = { id: string; tenantId: string; profile: Profile; secondFactorRequired: boolean }

/**
 * The only way to a member's session, in one practice, which it never leaves. Whoever holds a second factor, or works
 * where everybody shows one, has none without it, whichever way they came; and nobody whose access ended.
 *
 * @param until when the session ends at the latest; @param proof's account is locked by the caller
 * @returns undefined when the person may not come in there (any more)
 */
export async function openMemberSession(
  ctx: Context,
  proof: MemberProof,
  { id: memberId, secondFactorRequired }: Place,
  times: { until: Date; steppedUpAt: Date | null },
): Promise<string | undefined> {
  const { accountId, factor, begunAt } = proof
  if (factor === null && (secondFactorRequired || (await holdsFactor(ctx.db, accountId)))) return undefined
  const now = ctx.clock.now()
  const token = newToken()
  const sessionId = await insertMemberSession(ctx.db, {
    memberId,
    tokenHash: hashOf(token),
    createdAt: now,
    begunAt,
    expiresAt: times.until,
    steppedUpAt: times.steppedUpAt,
    factor,
    ip: ctx.request.ip,
    userAgent: ctx.request.userAgent,
  })
  if (sessionId !== undefined)
    ctx.setCookie('session', token, { maxAgeSeconds: secondsUntil(times.until, now) })
  return sessionId
}

/**
 * The session goes on under a new token, fresh from now on: whoever had the old one, and whatever was remembered of it,
 * has nothing of that (ASVS 7.2.4).
 */
export async function goOnFresh(ctx: Context, factor: Factor | null): Promise<void> {
  const { sessionId: id } = ctx.member
  const now = ctx.clock.now()
  const token = newToken()
  const until = await freshenMemberSession(ctx.db, id, { tokenHash: hashOf(token), factor, now })
  if (!until) throw new Platform('signed_out')
  ctx.setCookie('session', token, { maxAgeSeconds: secondsUntil(until, now) })
  await ctx.tell({ topic: 'member_sessions', id })
}

const secondsUntil = (until: Date, now: Date) =>
  Math.max(1, Math.round((until.getTime() - now.getTime()) / 1000))

/** Signing in, its last step. The session this browser had ends (ASVS 7.2.4). */
export async function enter(
  parts: MemberParts,
  ctx: Context,
  proof: MemberProof,
  place: Place,
): Promise<MemberMe> {
  const now = ctx.clock.now()
  // Before the member's row: who changes the password or the factors at this moment locks them in this order.
  await lockAccount(ctx.db, proof.accountId)
  await endSessionBehindCookie(ctx)
  await parts.guard.members.entered(ctx, proof)
  const until = new Date(now.getTime() + sessionHours * 3_600_000)
  const sessionId = await openMemberSession(ctx, proof, place, { until, steppedUpAt: now })
  // Left the practice, or another password or factor, since it was typed.
  if (sessionId === undefined) throw refuse(credentialsWrong)
  ctx.setCookie('sign_in', '', { maxAgeSeconds: 0 })
  await ctx.tell({ topic: 'members', needs: 'tenants.read' })
  await ctx.tell({ topic: 'team', tenant: place.tenantId, needs: 'cabinet.members' })
  ctx.record({
    object: 'member',
    id: place.id,
    tenant: place.tenantId,
    after: { profile: place.profile, ...(proof.factor && { factor: proof.factor }) },
    actor: { memberId: place.id, sessionId },
  })
  return memberMe(parts, ctx.db, sessionId)
}
