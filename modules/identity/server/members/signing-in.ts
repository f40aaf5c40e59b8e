/**
 * anonymous -> password -> the second factor, where there is one -> the practice, chosen where there are several (five
 * minutes, a cookie of its own) -> session. Where the practice asks everybody for a factor, who has none enrols one first.
 */
import {
  choosePractice,
  credentialsWrong,
  showMemberFactor,
  signInExpired,
  signInMember,
} from '#contract/identity'
import { handle, refuse, TooMany, type Handler } from '#platform/server/requests.ts'
import { boundTo, methodsOf, passkeyOptions } from '../factors/offering.ts'
import { relyingPartyAt } from '../factors/passkeys.ts'
import { heldMemberFactors } from '../member-factors/queries.ts'
import { checkMemberFactor, takeMemberFactor } from '../member-factors/showing.ts'
import { passwordIs, strangersCrowd } from '../passwords/hashing.ts'
import { crowdSeconds } from '../signing-in.ts'
import { sameAddress } from '../staff/addresses.ts'
import { enrollingAtSignIn, offerOfFirstMemberFactor } from './enrolling-at-sign-in.ts'
import { enter, provenByFactor, provenByPassword } from './entering.ts'
import type { MemberParts } from './parts.ts'
import { choicesAmong, placesOf } from './places.ts'
import { accountByEmail, lockAccount } from './queries.ts'
import { endMemberSignIn, keepShownFactor } from './session-queries.ts'
import { begin, chosen, mustHaveOpenOne, onlyOne, startedBy } from './started-sign-ins.ts'

export function signingInMembers(parts: MemberParts): Handler[] {
  const guard = parts.guard.members
  const party = relyingPartyAt(parts.practiceUrl)

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
      const held = await heldMemberFactors(ctx.db, account.id)
      const methods = methodsOf(held)
      if (methods.length === 0) await mustHaveOpenOne(parts, ctx, places, account.id)
      guard.passed(ctx.request)
      const place = methods.length === 0 ? onlyOne(places) : null
      if (place && !place.secondFactorRequired)
        await parts.enterPractice({ ...account, ...place, memberId: place.id })
      return { account, places, methods, passkeys: held.passkeys, place, begunAt }
    },
    async (ctx, _input, { account, places, methods, passkeys, place, begunAt }) => {
      const { id: accountId, email } = account
      if (place && !place.secondFactorRequired) {
        const proof = provenByPassword({ accountId, email, begunAt })
        return { step: 'entered' as const, me: await enter(parts, ctx, proof, place) }
      }
      const tokenHash = await begin(ctx, { accountId, begunAt }, places.length)
      const now = ctx.clock.now()
      if (methods.length > 0) {
        const bound = boundTo.secondStep(tokenHash)
        const passkey = await passkeyOptions(parts.vault, { party, passkeys, bound, now })
        return { step: 'second_factor' as const, methods, passkey }
      }
      if (place) return offerOfFirstMemberFactor(parts, { ...account, tokenHash }, place, now)
      return { step: 'choice' as const, practices: choicesAmong(places) }
    },
  )

  const factor = handle(
    showMemberFactor,
    async (ctx, { body }) => {
      const started = await startedBy(ctx)
      const { id: accountId, email, tokenHash } = started
      const bound = boundTo.secondStep(tokenHash)
      const checked = await checkMemberFactor(parts, ctx, { accountId, email, bound }, body)
      const places = await placesOf(parts, ctx.db, accountId)
      await mustHaveOpenOne(parts, ctx, places, accountId)
      const place = onlyOne(places)
      if (place) await parts.enterPractice({ ...started, ...place, memberId: place.id })
      return { started, checked, places, place }
    },
    async (ctx, _input, { started, checked, places, place }) => {
      const { id: accountId, email, begunAt, tokenHash } = started
      // First, as whoever changes the factors at this moment does.
      await lockAccount(ctx.db, accountId)
      const shown = await takeMemberFactor(parts, ctx, checked, started)
      if (place) {
        if (!(await endMemberSignIn(ctx.db, tokenHash))) throw refuse(signInExpired)
        const proof = provenByFactor({ accountId, email, begunAt, factor: shown })
        return { step: 'entered' as const, me: await enter(parts, ctx, proof, place) }
      }
      if (!(await keepShownFactor(ctx.db, tokenHash, shown))) throw refuse(signInExpired)
      const after = { factor: shown, practices: places.length }
      ctx.record({ object: 'member_account', id: accountId, after, actor: { memberId: accountId } })
      return { step: 'choice' as const, practices: choicesAmong(places) }
    },
  )

  const practice = handle(
    choosePractice,
    async (ctx, { body: { memberId } }) => {
      const started = await startedBy(ctx)
      const place = await chosen(parts, ctx, started, memberId)
      const enrols = place.secondFactorRequired && started.factor === null
      if (!enrols) await parts.enterPractice({ ...started, ...place, memberId })
      return { started, place, enrols }
    },
    async (ctx, _input, { started, place, enrols }) => {
      const { id: accountId, email, begunAt, factor: shown, tokenHash } = started
      if (enrols) {
        ctx.record({
          object: 'member',
          id: place.id,
          tenant: place.tenantId,
          after: { enrols },
          actor: { memberId: place.id },
        })
        return offerOfFirstMemberFactor(parts, started, place, ctx.clock.now())
      }
      if (!(await endMemberSignIn(ctx.db, tokenHash))) throw refuse(signInExpired)
      const proof = provenByFactor({ accountId, email, begunAt, factor: shown })
      return { step: 'entered' as const, me: await enter(parts, ctx, proof, place) }
    },
  )

  return [password, factor, practice, enrollingAtSignIn(parts)]
}
