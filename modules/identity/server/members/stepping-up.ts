/** Password and second factor, or a passkey, which stands for both, shown again before something that matters. */
import {
  codeAlreadyUsed,
  factorMissing,
  getMemberStepUp,
  passkeyRefused,
  passwordWrong,
  stepUpMember,
} from '#contract/identity'
import { stepUpMinutes } from '#platform/server/mount.ts'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { passwordIs } from '../passwords/hashing.ts'
import { goOnFresh } from './entering.ts'
import { boundTo, methodsOf, passkeyOptions } from '../factors/offering.ts'
import { relyingPartyAt } from '../factors/passkeys.ts'
import { heldMemberFactors, holdsFactor } from '../member-factors/queries.ts'
import { checkMemberFactor, takeMemberFactor } from '../member-factors/showing.ts'
import type { MemberParts } from './parts.ts'
import { accountById, lockAccount } from './queries.ts'

export function steppingUpMembers(parts: MemberParts): CentralHandler[] {
  const guard = parts.guard.members
  return [
    handle(getMemberStepUp, async (ctx) => {
      const held = await heldMemberFactors(ctx.db, ctx.member.accountId)
      const party = relyingPartyAt(parts.practiceUrl)
      const bound = boundTo.stepUp(ctx.member.sessionId)
      const { passkeys } = held
      return {
        methods: methodsOf(held),
        passkey: await passkeyOptions(parts.vault, { party, passkeys, bound, now: ctx.clock.now() }),
      }
    }),

    handle(
      stepUpMember,
      async (ctx, { body: { password, factor } }) => {
        const { accountId, sessionId } = ctx.member
        const account = found(await accountById(ctx.db, accountId))
        if (password !== null) {
          // Guessing it here counts where signing in does.
          await guard.beforePassword(ctx.request, account.email)
          if (!(await passwordIs(account.passwordHash ?? undefined, password))) {
            await guard.failed(ctx.request, { kind: 'password_wrong', accountId, signedIn: true })
            throw refuse(passwordWrong)
          }
          guard.passed(ctx.request)
        } else if (factor?.method !== 'passkey') throw refuse(passwordWrong)
        const needed = await holdsFactor(ctx.db, accountId)
        if (needed && !factor) throw refuse(factorMissing)
        // Nobody is let past by a passkey they have no longer.
        if (!needed && password === null) throw refuse(passkeyRefused)
        const person = { accountId, email: account.email, bound: boundTo.stepUp(sessionId), signedIn: true }
        const checked = needed && factor ? await checkMemberFactor(parts, ctx, person, factor) : null
        return { account, checked }
      },
      async (ctx, _input, { account, checked }) => {
        const { accountId, memberId } = ctx.member
        const now = ctx.clock.now()
        const standing = await lockAccount(ctx.db, accountId)
        // Another password, or a first factor, since these were checked.
        if (standing?.passwordHash !== account.passwordHash) throw refuse(passwordWrong)
        if (!checked && (await holdsFactor(ctx.db, accountId))) throw refuse(factorMissing)
        if (checked && !(await holdsFactor(ctx.db, accountId)))
          throw refuse(checked.factor === 'passkey' ? passkeyRefused : codeAlreadyUsed)
        const factor = checked && (await takeMemberFactor(parts, ctx, checked, account))
        await goOnFresh(ctx, factor)
        ctx.record({ object: 'member_account', id: accountId, after: { member: memberId, factor } })
        return { until: new Date(now.getTime() + stepUpMinutes * 60_000).toISOString() }
      },
    ),
  ]
}
