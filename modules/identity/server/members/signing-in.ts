/**
 * anonymous -> password -> the second factor, where there is one -> the practice, chosen where there are several (five
 * minutes, a cookie of its own) -> session. Where the practice asks everybody for a factor, who has none enrols one first.
 */
import {
  choosePractice,
  codeWrong,
  credentialsWrong,
  enrolAtSignIn,
  practiceSuspended,
  showMemberFactor,
  signInExpired,
  signInMember,
} from '#contract/identity'
import type { Before } from '#platform/server/requests.ts'
import { handle, refuse, TooMany, type Handler } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { openEnrolment, sealEnrolment } from '../account/enrolments.ts'
import { authenticatorToScan, newTotpSecret, stepOfCode } from '../factors/totp.ts'
import { takeChallenge } from '../factors/queries.ts'
import { newRecoveryCodes } from '../factors/recovery-codes.ts'
import { passwordIs, strangersCrowd } from '../passwords/hashing.ts'
import { crowdSeconds } from '../signing-in.ts'
import { sameAddress } from '../staff/addresses.ts'
import { enter, provenByFactor, provenByPassword } from './entering.ts'
import { enrolMember } from '../member-factors/enrolling.ts'
import { heldMemberFactors, holdsFactor } from '../member-factors/queries.ts'
import { checkMemberFactor, memberMethodsOf, takeMemberFactor } from '../member-factors/showing.ts'
import type { MemberParts } from './parts.ts'
import { choicesAmong, placesOf, type Place } from './places.ts'
import { accountByEmail, lockAccount } from './queries.ts'
import {
  beginMemberSignIn,
  endMemberSignIn,
  keepShownFactor,
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
      const held = await heldMemberFactors(ctx.db, account.id)
      const methods = memberMethodsOf(held)
      if (methods.length === 0) await mustHaveOpenOne(places, ctx, account.id)
      guard.passed(ctx.request)
      const place = methods.length === 0 ? onlyOne(places) : null
      if (place && !place.secondFactorRequired)
        await parts.enterPractice({ ...account, ...place, memberId: place.id })
      return { account, places, methods, place, begunAt }
    },
    async (ctx, _input, { account, places, methods, place, begunAt }) => {
      const { id: accountId, email } = account
      if (place && !place.secondFactorRequired) {
        const proof = provenByPassword({ accountId, email, begunAt })
        return { step: 'entered' as const, me: await enter(parts, ctx, proof, place) }
      }
      const token = newToken()
      const tokenHash = hashOf(token)
      await beginMemberSignIn(ctx.db, { tokenHash, accountId, begunAt })
      ctx.setCookie('sign_in', token, { maxAgeSeconds: minutesToChoose * 60 })
      ctx.record({
        object: 'member_account',
        id: accountId,
        after: { practices: places.length },
        // Which of their members they are is still to be said.
        actor: { memberId: accountId },
      })
      if (methods.length > 0) return { step: 'second_factor' as const, methods }
      if (place) return offerOf({ email, tokenHash }, place, ctx.clock.now())
      return { step: 'choice' as const, practices: choicesAmong(places) }
    },
  )

  const factor = handle(
    showMemberFactor,
    async (ctx, { body }) => {
      const started = await startedBy(ctx)
      const { id: accountId, email } = started
      const checked = await checkMemberFactor(parts, ctx, { accountId, email }, body)
      const places = await placesOf(parts, ctx.db, accountId)
      await mustHaveOpenOne(places, ctx, accountId)
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
      const place = await chosen(ctx, started, memberId)
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
        return offerOf(started, place, ctx.clock.now())
      }
      if (!(await endMemberSignIn(ctx.db, tokenHash))) throw refuse(signInExpired)
      const proof = provenByFactor({ accountId, email, begunAt, factor: shown })
      return { step: 'entered' as const, me: await enter(parts, ctx, proof, place) }
    },
  )

  const enrolment = handle(
    enrolAtSignIn,
    async (ctx, { body }) => {
      const started = await startedBy(ctx)
      const place = await chosen(ctx, started, body.memberId)
      const offered = openEnrolment(parts.vault, body.enrolment, boundTo(started), ctx.clock.now())
      if (!offered) throw refuse(signInExpired)
      // Not counted: who types codes of a secret they were just shown guesses nothing.
      const step = stepOfCode(offered.secret, body.code, ctx.clock.now())
      if (step === null) throw refuse(codeWrong)
      await parts.enterPractice({ ...started, ...place, memberId: place.id })
      return { started, place, offered, step, ...(await newRecoveryCodes()) }
    },
    async (ctx, _input, { started, place, offered, step, codes, kept }) => {
      const { id: accountId, email, begunAt, tokenHash } = started
      await lockAccount(ctx.db, accountId)
      // Somebody else who knows the password was first, and has shown a factor of theirs.
      if (await holdsFactor(ctx.db, accountId)) throw refuse(signInExpired)
      if (!(await endMemberSignIn(ctx.db, tokenHash))) throw refuse(signInExpired)
      if (!(await takeChallenge(ctx.db, offered))) throw refuse(signInExpired)
      await enrolMember(parts, ctx, { ...started, accountId }, { secret: offered.secret, step, kept })
      const proof = provenByFactor({ accountId, email, begunAt, factor: 'totp' })
      return { me: await enter(parts, ctx, proof, place), recoveryCodes: codes }
    },
  )

  return [password, factor, practice, enrolment]

  /** The practice somebody chose. Not theirs, or no longer, or before the factor they have: to be begun anew. */
  async function chosen(ctx: Before, started: Started, memberId: string): Promise<Place> {
    const place = (await placesOf(parts, ctx.db, started.id)).find(({ id }) => id === memberId)
    if (!place) throw refuse(signInExpired)
    if (started.factor === null && (await holdsFactor(ctx.db, started.id))) throw refuse(signInExpired)
    if (place.door === 'suspended') throw refuse(practiceSuspended)
    return place
  }

  async function mustHaveOpenOne(places: readonly Place[], ctx: Before, accountId: string): Promise<void> {
    if (places.some(({ door }) => door === 'open')) return
    await guard.failed(ctx.request, { kind: 'practice_suspended', accountId })
    throw refuse(practiceSuspended)
  }

  async function offerOf(who: { email: string; tokenHash: Buffer }, place: Place, now: Date) {
    const secret = newTotpSecret()
    return {
      step: 'enrolment' as const,
      memberId: place.id,
      practice: place.name,
      ...(await authenticatorToScan(secret, who.email)),
      enrolment: sealEnrolment(parts.vault, secret, boundTo(who), now),
    }
  }
}

/** One practice and no other is no choice. */
const onlyOne = ([only, ...others]: readonly Place[]): Place | null =>
  only && others.length === 0 ? only : null

/** A secret that was offered is enrolled by the sign-in it was offered to. */
const boundTo = ({ tokenHash }: { tokenHash: Buffer }) => `member sign-in ${tokenHash.toString('base64url')}`

type Started = Awaited<ReturnType<typeof startedBy>>

/** @throws the refusal `sign_in_expired` */
async function startedBy(ctx: Before) {
  const cookie = ctx.request.cookies['sign_in']
  const started = cookie && (await startedMemberSignIn(ctx.db, hashOf(cookie), ctx.clock.now()))
  if (!started) throw refuse(signInExpired)
  return started
}
