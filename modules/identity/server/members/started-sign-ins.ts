/** A sign-in of a member that was begun and is no session yet: five minutes, a cookie of its own. */
import { practiceSuspended, signInExpired, type Factor } from '#contract/identity'
import { refuse, type Before, type Context } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { holdsFactor } from '../member-factors/queries.ts'
import type { MemberParts } from './parts.ts'
import { placesOf, type Place } from './places.ts'
import { beginMemberSignIn, minutesToChoose, startedMemberSignIn } from './session-queries.ts'

/** @param who `begunAt`: before the password, or the passkey instead, was checked. @returns what the cookie's token hashes to */
export async function begin(
  ctx: Context,
  who: { accountId: string; begunAt: Date; factor?: Factor },
  practices: number,
): Promise<Buffer> {
  const token = newToken()
  const tokenHash = hashOf(token)
  await beginMemberSignIn(ctx.db, { tokenHash, ...who })
  ctx.setCookie('sign_in', token, { maxAgeSeconds: minutesToChoose * 60 })
  ctx.record({
    object: 'member_account',
    id: who.accountId,
    after: { practices, ...(who.factor && { factor: who.factor }) },
    // Which of their members they are is still to be said.
    actor: { memberId: who.accountId },
  })
  return tokenHash
}

export type Started = Awaited<ReturnType<typeof startedBy>>

/** @throws the refusal `sign_in_expired` */
export async function startedBy(ctx: Before) {
  const cookie = ctx.request.cookies['sign_in']
  const started = cookie && (await startedMemberSignIn(ctx.db, hashOf(cookie), ctx.clock.now()))
  if (!started) throw refuse(signInExpired)
  return started
}

/** The practice somebody chose. Not theirs, or no longer, or before the factor they have: to be begun anew. */
export async function chosen(
  parts: MemberParts,
  ctx: Before,
  started: Started,
  memberId: string,
): Promise<Place> {
  const place = (await placesOf(parts, ctx.db, started.id)).find(({ id }) => id === memberId)
  if (!place) throw refuse(signInExpired)
  if (started.factor === null && (await holdsFactor(ctx.db, started.id))) throw refuse(signInExpired)
  if (place.door === 'suspended') throw refuse(practiceSuspended)
  return place
}

export async function mustHaveOpenOne(
  { guard }: Pick<MemberParts, 'guard'>,
  ctx: Before,
  places: readonly Place[],
  accountId: string,
): Promise<void> {
  if (places.some(({ door }) => door === 'open')) return
  await guard.members.failed(ctx.request, { kind: 'practice_suspended', accountId })
  throw refuse(practiceSuspended)
}

/** One practice and no other is no choice. */
export const onlyOne = ([only, ...others]: readonly Place[]): Place | null =>
  only && others.length === 0 ? only : null
