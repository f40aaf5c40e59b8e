/** A member's own authenticator and recovery codes, in the middle of a session. */
import {
  codeWrong,
  enrolMemberAuthenticator,
  enrolmentExpired,
  getMemberAccount,
  getNewMemberAuthenticator,
  makeMemberRecoveryCodes,
  noFactorHeld,
  removeMemberAuthenticator,
} from '#contract/identity'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { openEnrolment, sealEnrolment } from '../account/enrolments.ts'
import { ofMembers, replaceRecoveryCodes } from '../factors/kept-queries.ts'
import { newRecoveryCodes } from '../factors/recovery-codes.ts'
import { authenticatorToScan, newTotpSecret, stepOfCode } from '../factors/totp.ts'
import { momentFor } from '../letters.ts'
import { enrolMember } from '../member-factors/enrolling.ts'
import { holdsFactor } from '../member-factors/queries.ts'
import { goOnFresh } from './entering.ts'
import { writeToMember } from './letters.ts'
import { accountOf, lockedPerson, removeOwnFactor } from './own-factors.ts'
import type { MemberParts } from './parts.ts'
import { accountById } from './queries.ts'

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
        const { authenticator: former } = await accountOf(parts, ctx.db, accountId)
        const made = { factor: 'totp', secret: offered.secret, step, challenge: offered } as const
        const enrolled = await enrolMember(parts, ctx, person, made, kept, sessionId)
        if (!enrolled) throw refuse(enrolmentExpired)
        await goOnFresh(ctx, 'totp')
        ctx.record({ object: 'member_account', id: accountId, after: { replaced: former !== null } })
        return {
          account: await accountOf(parts, ctx.db, accountId),
          recoveryCodes: enrolled.isFirst ? codes : null,
        }
      },
    ),

    handle(removeMemberAuthenticator, async (ctx) => {
      const { accountId } = ctx.member
      const account = await removeOwnFactor(parts, ctx, 'authenticator')
      if (!account) throw refuse(noFactorHeld)
      ctx.record({ object: 'member_account', id: accountId })
      return account
    }),

    handle(
      makeMemberRecoveryCodes,
      () => newRecoveryCodes(),
      async (ctx, _input, { codes, kept }) => {
        const { accountId } = ctx.member
        const person = await lockedPerson(ctx)
        if (!(await holdsFactor(ctx.db, accountId))) throw refuse(noFactorHeld)
        const now = ctx.clock.now()
        await replaceRecoveryCodes(ctx.db, ofMembers, accountId, kept, now)
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
