/** The way in, once somebody has shown who they are. */
import { credentialsWrong, type MemberMe, type Profile } from '#contract/identity'
import { refuse, type Context } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { sessionHours } from '../sessions.ts'
import type { MemberParts } from './parts.ts'
import { lockAccount } from './queries.ts'
import { endMembersSessions, insertMemberSession } from './session-queries.ts'
import { memberMe } from './sessions.ts'

declare const shown: unique symbol

/**
 * That somebody showed all that is asked of them. Today that is a password; the second factor of members stands between
 * it and this, and then only what checks that factor makes such a proof.
 */
export type MemberProof = {
  readonly accountId: string
  readonly email: string
  /** Before the password was checked. */
  readonly begunAt: Date
  readonly [shown]: true
}

/** Called where a password was held against its hash, or the sign-in that began so was taken up, and nowhere else. */
export function provenByPassword(proof: { accountId: string; email: string; begunAt: Date }): MemberProof {
  return proof as MemberProof // the brand exists for the compiler only
}

/** The only way to a member's session: in one practice, which it never leaves. The session this browser had ends (ASVS 7.2.4). */
export async function enter(
  parts: MemberParts,
  ctx: Context,
  proof: MemberProof,
  member: { id: string; tenantId: string; profile: Profile },
): Promise<MemberMe> {
  const now = ctx.clock.now()
  // Before the member's row: who changes the password at this moment locks them in this order.
  await lockAccount(ctx.db, proof.accountId)
  const before = ctx.memberIfAny?.sessionId
  if (before !== undefined) {
    await endMembersSessions(ctx.db, { id: before }, 'signed_out', now)
    await ctx.tell({ topic: 'member_sessions', id: before })
  }
  await parts.guard.members.entered(ctx, proof)
  const token = newToken()
  const sessionId = await insertMemberSession(ctx.db, {
    memberId: member.id,
    tokenHash: hashOf(token),
    createdAt: now,
    begunAt: proof.begunAt,
    expiresAt: new Date(now.getTime() + sessionHours * 3_600_000),
    ip: ctx.request.ip,
    userAgent: ctx.request.userAgent,
  })
  // Left the practice, or another password, since it was typed.
  if (sessionId === undefined) throw refuse(credentialsWrong)
  ctx.setCookie('session', token, { maxAgeSeconds: sessionHours * 3600 })
  ctx.setCookie('sign_in', '', { maxAgeSeconds: 0 })
  await ctx.tell({ topic: 'members', needs: 'tenants.read' })
  ctx.record({
    object: 'member',
    id: member.id,
    tenant: member.tenantId,
    after: { profile: member.profile },
    actor: { memberId: member.id, sessionId },
  })
  return memberMe(parts, ctx.db, sessionId)
}
