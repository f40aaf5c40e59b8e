/** anonymous -> password -> the practice, chosen where there are several (five minutes, a cookie of its own) -> session. */
import {
  choosePractice,
  credentialsWrong,
  practiceSuspended,
  signInExpired,
  signInMember,
} from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, refuse, TooMany, type Handler } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { passwordIs, strangersCrowd } from '../passwords/hashing.ts'
import { crowdSeconds } from '../signing-in.ts'
import { sameAddress } from '../staff/addresses.ts'
import { enter, provenByPassword } from './entering.ts'
import { doorOf, type MemberParts } from './parts.ts'
import { accountByEmail, membershipsOf } from './queries.ts'
import {
  beginMemberSignIn,
  endMemberSignIn,
  minutesToChoose,
  startedMemberSignIn,
} from './session-queries.ts'

export function signingInMembers(parts: MemberParts): Handler[] {
  const guard = parts.guard.members

  const password = handle(
    signInMember,
    // No connection is held while argon2 works; an account that does not exist takes as long as one that does.
    async (ctx, { body }) => {
      const email = sameAddress(body.email)
      const begunAt = ctx.clock.now()
      const whose = await guard.beforePassword(ctx.request, email ?? encodeURIComponent(body.email))
      if (whose === 'stranger' && strangersCrowd()) {
        guard.passed(ctx.request)
        throw new TooMany(crowdSeconds)
      }
      const account = email === null ? undefined : await accountByEmail(ctx.db, email)
      const right = await passwordIs(account?.passwordHash ?? undefined, body.password, whose)
      // Only then: who does not know the password learns by no clock whether there is such an account.
      const places = account && right ? await placesOf(parts, ctx.db, account.id) : []
      if (!account || !right || places.length === 0) {
        const kind = !account ? 'account_unknown' : right ? 'no_practice' : 'password_wrong'
        await guard.failed(ctx.request, { kind, accountId: account?.id ?? null })
        throw refuse(credentialsWrong)
      }
      if (places.every(({ door }) => door === 'suspended')) {
        await guard.failed(ctx.request, { kind: 'practice_suspended', accountId: account.id })
        throw refuse(practiceSuspended)
      }
      guard.passed(ctx.request)
      const [only, ...others] = places
      const place = only && others.length === 0 ? only : null
      if (place) await parts.enterPractice({ ...account, ...place, memberId: place.id })
      return { account, places, place, begunAt }
    },
    async (ctx, _input, { account, places, place, begunAt }) => {
      if (place) {
        const proof = provenByPassword({ accountId: account.id, email: account.email, begunAt })
        return { step: 'entered' as const, me: await enter(parts, ctx, proof, place) }
      }
      const token = newToken()
      await beginMemberSignIn(ctx.db, { tokenHash: hashOf(token), accountId: account.id, begunAt })
      ctx.setCookie('sign_in', token, { maxAgeSeconds: minutesToChoose * 60 })
      ctx.record({
        object: 'member_account',
        id: account.id,
        after: { practices: places.length },
        // Which of their members they are is still to be said.
        actor: { memberId: account.id },
      })
      return {
        step: 'choice' as const,
        practices: places.map(({ id, name, profile, door }) => ({
          memberId: id,
          name,
          profile,
          suspended: door === 'suspended',
        })),
      }
    },
  )

  const practice = handle(
    choosePractice,
    async (ctx, { body: { memberId } }) => {
      const cookie = ctx.request.cookies['sign_in']
      const started = cookie && (await startedMemberSignIn(ctx.db, hashOf(cookie), ctx.clock.now()))
      if (!started) throw refuse(signInExpired)
      const place = (await placesOf(parts, ctx.db, started.id)).find(({ id }) => id === memberId)
      // Not theirs, or no longer: to be begun anew.
      if (!place) throw refuse(signInExpired)
      if (place.door === 'suspended') throw refuse(practiceSuspended)
      await parts.enterPractice({ ...started, ...place, memberId })
      return { started, place }
    },
    async (ctx, _input, { started, place }) => {
      if (!(await endMemberSignIn(ctx.db, started.tokenHash))) throw refuse(signInExpired)
      const { id: accountId, email, begunAt } = started
      return enter(parts, ctx, provenByPassword({ accountId, email, begunAt }), place)
    },
  )

  return [password, practice]
}

/** Where somebody may go in, or could if it were not suspended. */
async function placesOf({ practices }: Pick<MemberParts, 'practices'>, db: CentralDb, accountId: string) {
  const memberships = await membershipsOf(db, accountId)
  const known = await practices(
    db,
    memberships.map(({ tenantId }) => tenantId),
  )
  return memberships.flatMap((membership) => {
    const practice = known.get(membership.tenantId)
    const door = doorOf(practice)
    return practice && door !== 'shut' ? [{ ...membership, name: practice.name, door }] : []
  })
}
