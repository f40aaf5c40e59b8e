/** A member's own second factor, in the middle of a session. */
import {
  codeWrong,
  enrolMemberAuthenticator,
  enrolmentExpired,
  factorRequired,
  getMemberAccount,
  getNewMemberAuthenticator,
  makeMemberRecoveryCodes,
  noFactorHeld,
  removeMemberAuthenticator,
  type MemberAccount,
} from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type CentralHandler, type Context } from '#platform/server/requests.ts'
import { openEnrolment, sealEnrolment } from '../account/enrolments.ts'
import { takeChallenge } from '../factors/queries.ts'
import { newRecoveryCodes } from '../factors/recovery-codes.ts'
import { authenticatorToScan, newTotpSecret, stepOfCode } from '../factors/totp.ts'
import { momentFor } from '../letters.ts'
import { goOnFresh } from './entering.ts'
import { disenrolMember, enrolMember } from '../member-factors/enrolling.ts'
import { heldMemberFactors, holdsFactor, replaceMemberRecoveryCodes } from '../member-factors/queries.ts'
import { writeToMember } from './letters.ts'
import type { MemberParts } from './parts.ts'
import { placesOf } from './places.ts'
import { accountById, lockAccount } from './queries.ts'

/** A secret that was offered is enrolled by the session it was offered to. */
const boundTo = (sessionId: string) => `member session ${sessionId}`

export function memberAccount(parts: MemberParts): CentralHandler[] {
  return [
    handle(getMemberAccount, (ctx) => accountOf(parts, ctx.db, ctx.member.accountId)),

    handle(getNewMemberAuthenticator, async (ctx) => {
      const { accountId, sessionId } = ctx.member
      const { email } = found(await accountById(ctx.db, accountId))
      const secret = newTotpSecret()
      return {
        ...(await authenticatorToScan(secret, email)),
        enrolment: sealEnrolment(parts.vault, secret, boundTo(sessionId), ctx.clock.now()),
      }
    }),

    handle(
      enrolMemberAuthenticator,
      async (ctx, { body }) => {
        const now = ctx.clock.now()
        const offered = openEnrolment(parts.vault, body.enrolment, boundTo(ctx.member.sessionId), now)
        if (!offered) throw refuse(enrolmentExpired)
        // Not counted: who types codes of a secret they were just shown guesses nothing.
        const step = stepOfCode(offered.secret, body.code, now)
        if (step === null) throw refuse(codeWrong)
        return { offered, step, ...(await newRecoveryCodes()) }
      },
      async (ctx, _input, { offered, step, codes, kept }) => {
        const { accountId, sessionId } = ctx.member
        const person = await lockedPerson(ctx)
        const isFirst = !(await holdsFactor(ctx.db, accountId))
        if (!(await takeChallenge(ctx.db, offered))) throw refuse(enrolmentExpired)
        const authenticator = { secret: offered.secret, step, kept: isFirst ? kept : null }
        await enrolMember(parts, ctx, person, authenticator, sessionId)
        await goOnFresh(ctx, 'totp')
        ctx.record({ object: 'member_account', id: accountId, after: { replaced: !isFirst } })
        return { account: await accountOf(parts, ctx.db, accountId), recoveryCodes: isFirst ? codes : null }
      },
    ),

    handle(removeMemberAuthenticator, async (ctx) => {
      const { accountId, sessionId } = ctx.member
      const person = await lockedPerson(ctx)
      const { requiredBy } = await accountOf(parts, ctx.db, accountId)
      if (requiredBy.length > 0) throw refuse(factorRequired, { values: { practice: requiredBy[0] ?? '' } })
      if (!(await disenrolMember(parts, ctx, person, 'authenticator_removed', sessionId)))
        throw refuse(noFactorHeld)
      ctx.record({ object: 'member_account', id: accountId })
      return accountOf(parts, ctx.db, accountId)
    }),

    handle(
      makeMemberRecoveryCodes,
      () => newRecoveryCodes(),
      async (ctx, _input, { codes, kept }) => {
        const { accountId } = ctx.member
        const person = await lockedPerson(ctx)
        if (!(await holdsFactor(ctx.db, accountId))) throw refuse(noFactorHeld)
        const now = ctx.clock.now()
        await replaceMemberRecoveryCodes(ctx.db, accountId, kept, now)
        await writeToMember(parts, ctx.db, person, {
          about: 'factor_changed',
          values: { change: 'recovery_codes_created', when: momentFor(person, now) },
          page: '/account',
        })
        ctx.record({ object: 'member_account', id: accountId })
        return { codes }
      },
    ),
  ]
}

async function lockedPerson(ctx: Context) {
  const { accountId } = ctx.member
  return { ...found(await lockAccount(ctx.db, accountId)), accountId }
}

async function accountOf(parts: MemberParts, db: CentralDb, accountId: string): Promise<MemberAccount> {
  const { firstName, lastName, email } = found(await accountById(db, accountId))
  const { authenticator, codes, codesLeft } = await heldMemberFactors(db, accountId)
  const places = await placesOf(parts, db, accountId)
  const [first] = codes
  return {
    name: `${firstName} ${lastName}`,
    email,
    authenticator: authenticator
      ? {
          enrolledAt: authenticator.enrolledAt.toISOString(),
          lastUsedAt: authenticator.lastUsedAt?.toISOString() ?? null,
        }
      : null,
    recoveryCodes: first
      ? { left: codesLeft, total: codes.length, createdAt: first.createdAt.toISOString() }
      : null,
    requiredBy: places.filter((place) => place.secondFactorRequired).map(({ name }) => name),
  }
}
