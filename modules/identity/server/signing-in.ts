/** anonymous -> password verified (five minutes, a cookie of its own, no session) -> second factor, or the first one enrolled -> session. */
import {
  credentialsWrong,
  passkeyRefused,
  signIn,
  signInExpired,
  verifySecondFactor,
} from '#contract/identity'
import { handle, refuse, TooMany, type Context, type Handler } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { checkFirstFactor, enrolFirstFactor, offerOfFirstFactor } from './factors/enrolling.ts'
import { mailEnrolmentLinkAgain } from './factors/mailing-links.ts'
import { heldFactors } from './factors/queries.ts'
import { boundTo, methodsOf, passkeyOptions } from './factors/offering.ts'
import { relyingPartyAt } from './factors/passkeys.ts'
import { checkFactor, takeFactor } from './factors/showing.ts'
import { tellOfFactors } from './factors/telling.ts'
import { newTotpSecret } from './factors/totp.ts'
import { stopNeedlessReset } from './factor-resets/needless.ts'
import { linkFor } from './links/tokens.ts'
import { openSession, type Proof } from './opening-sessions.ts'
import type { Parts } from './parts.ts'
import { passwordIs, strangersCrowd } from './passwords/hashing.ts'
import {
  beginSignIn,
  endSessions,
  endSignIn,
  minutesForSecondStep,
  staffByEmail,
  startedSignIn,
} from './queries.ts'
import { factorPlace } from './sealed.ts'
import { me } from './sessions.ts'
import { sameAddress } from './staff/addresses.ts'

/** How long who came when too many strangers did waits before the next try. */
export const crowdSeconds = 5

export function signingIn(parts: Parts): Handler[] {
  const { guard, vault } = parts
  const party = relyingPartyAt(parts.backofficeUrl)

  const password = handle(
    signIn,
    // No connection is held while argon2 works; an account that does not exist takes as long as one that does.
    async (ctx, { body }) => {
      const email = sameAddress(body.email)
      const begunAt = ctx.clock.now()
      const whose = await guard.beforePassword(ctx.request, email ?? encodeURIComponent(body.email))
      if (whose === 'stranger' && strangersCrowd()) {
        guard.passed(ctx.request)
        throw new TooMany(crowdSeconds)
      }
      const staff = email === null ? undefined : await staffByEmail(ctx.db, email)
      const right = await passwordIs(staff?.passwordHash ?? undefined, body.password, whose)
      if (staff && right && !staff.suspendedAt) {
        guard.passed(ctx.request)
        return { staff, begunAt }
      }
      const kind = !staff ? 'account_unknown' : staff.suspendedAt ? 'account_suspended' : 'password_wrong'
      await guard.failed(ctx.request, { kind, staffId: staff?.id ?? null })
      throw refuse(credentialsWrong)
    },
    async (ctx, { body }, { staff, begunAt }) => {
      const staffId = staff.id
      const name = `${staff.firstName} ${staff.lastName}`
      const now = ctx.clock.now()
      ctx.record({ object: 'staff_member', id: staffId, actor: { staffId, label: name } })
      const enrols = !staff.hasAuthenticator && !staff.hasPasskeys

      let enrolmentLinkHash: Buffer | null = null
      if (enrols && staff.enrolmentNeedsLink) {
        const link = body.link ? await linkFor(ctx.db, body.link, 'factor_enrolment', now) : undefined
        if (!body.link || link?.staffId !== staffId) {
          await mailEnrolmentLinkAgain(parts, ctx.db, staff, now)
          return { step: 'link_needed' as const }
        }
        enrolmentLinkHash = hashOf(body.link)
      }

      const token = newToken()
      const tokenHash = hashOf(token)
      const secret = enrols ? newTotpSecret() : null
      await beginSignIn(ctx.db, {
        tokenHash,
        staffId,
        enrolmentSecretSealed: secret && vault.seal(secret, factorPlace(staffId)),
        enrolmentLinkHash,
        begunAt,
      })
      ctx.setCookie('sign_in', token, { maxAgeSeconds: minutesForSecondStep * 60 })
      if (secret) {
        const person = { id: staffId, email: staff.email, name }
        return {
          step: 'enrolment' as const,
          ...(await offerOfFirstFactor(parts, { person, secret, tokenHash, now })),
        }
      }
      const bound = boundTo.secondStep(tokenHash)
      const passkeys = staff.hasPasskeys ? (await heldFactors(ctx.db, staffId)).passkeys : []
      return {
        step: 'second_factor' as const,
        methods: methodsOf({ authenticator: staff.hasAuthenticator, passkeys, codesLeft: staff.codesLeft }),
        passkey: await passkeyOptions(vault, { party, passkeys, bound, now }),
      }
    },
  )

  const secondFactor = handle(
    verifySecondFactor,
    async (ctx, { body }) => {
      const cookie = ctx.request.cookies['sign_in']
      const started = cookie && (await startedSignIn(ctx.db, hashOf(cookie), ctx.clock.now()))
      if (!started) throw refuse(signInExpired)
      const { staffId, tokenHash, enrolmentSecretSealed } = started
      if (enrolmentSecretSealed) {
        const enrolling = { ...started, enrolmentSecretSealed }
        return { started, enrolling, first: await checkFirstFactor(parts, ctx, enrolling, body) }
      }
      if (body.method === 'new_passkey') throw refuse(passkeyRefused)
      const who = { staffId, bound: boundTo.secondStep(tokenHash) }
      return { started, checked: await checkFactor(parts, ctx, who, body) }
    },
    async (ctx, _input, { started, checked, enrolling, first }) => {
      if (!(await endSignIn(ctx.db, started.tokenHash))) throw refuse(signInExpired)
      const person = { ...started, id: started.staffId }
      if (checked) {
        const proof = await takeFactor(parts, ctx, checked)
        if (proof.factor === 'recovery_code') await tellOfFactors(parts, ctx, person, 'recovery_code_used')
        return enter(parts, ctx, proof, person, null)
      }
      const proof = await enrolFirstFactor(parts, ctx, enrolling, first)
      const change = first.factor === 'totp' ? 'authenticator_enrolled' : 'passkey_added'
      await tellOfFactors(parts, ctx, person, change)
      return enter(parts, ctx, proof, person, first.codes)
    },
  )

  return [password, secondFactor]
}

/** Opens the session of somebody who is in; the one this browser had ends (ASVS 7.2.4). */
export async function enter(
  parts: Pick<Parts, 'audit' | 'guard' | 'mail' | 'backofficeUrl'>,
  ctx: Context,
  proof: Proof,
  person: { firstName: string; lastName: string; email: string },
  recoveryCodes: string[] | null,
) {
  const { staffId, factor } = proof
  if (ctx.actorIfAny) {
    const how = { reason: 'signed_out', by: ctx.actorIfAny.staffId, now: ctx.clock.now() } as const
    await endSessions(ctx.db, { id: ctx.actorIfAny.sessionId }, how)
    await ctx.tell({ topic: 'sessions' })
  }
  const sessionId = await openSession(ctx, parts.guard, proof, person.email)
  await stopNeedlessReset(parts, ctx, staffId)
  ctx.record({
    object: 'staff_member',
    id: staffId,
    after: { enrolled: recoveryCodes !== null, factor },
    actor: { staffId, label: `${person.firstName} ${person.lastName}`, sessionId },
  })
  return { me: await me(ctx.db, sessionId, ctx.clock.now()), recoveryCodes }
}
