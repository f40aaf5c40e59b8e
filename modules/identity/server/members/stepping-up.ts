/** Password and second factor, shown again in the middle of a session before something that matters. */
import {
  codeAlreadyUsed,
  factorMissing,
  getMemberStepUp,
  passwordWrong,
  stepUpMember,
} from '#contract/identity'
import { stepUpMinutes } from '#platform/server/mount.ts'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { passwordIs } from '../passwords/hashing.ts'
import { goOnFresh } from './entering.ts'
import { heldMemberFactors, holdsFactor } from '../member-factors/queries.ts'
import { checkMemberFactor, memberMethodsOf, takeMemberFactor } from '../member-factors/showing.ts'
import type { MemberParts } from './parts.ts'
import { accountById, lockAccount } from './queries.ts'

export function steppingUpMembers(parts: MemberParts): CentralHandler[] {
  const guard = parts.guard.members
  return [
    handle(getMemberStepUp, async (ctx) => ({
      methods: memberMethodsOf(await heldMemberFactors(ctx.db, ctx.member.accountId)),
    })),

    handle(
      stepUpMember,
      async (ctx, { body: { password, factor } }) => {
        const { accountId } = ctx.member
        const account = found(await accountById(ctx.db, accountId))
        // Guessing it here counts where signing in does.
        await guard.beforePassword(ctx.request, account.email)
        if (!(await passwordIs(account.passwordHash ?? undefined, password))) {
          await guard.failed(ctx.request, { kind: 'password_wrong', accountId, signedIn: true })
          throw refuse(passwordWrong)
        }
        guard.passed(ctx.request)
        const needed = await holdsFactor(ctx.db, accountId)
        if (needed && !factor) throw refuse(factorMissing)
        const person = { accountId, email: account.email }
        const checked = needed && factor ? await checkMemberFactor(parts, ctx, person, factor, true) : null
        return { account, checked }
      },
      async (ctx, _input, { account, checked }) => {
        const { accountId, memberId } = ctx.member
        const now = ctx.clock.now()
        const standing = await lockAccount(ctx.db, accountId)
        // Another password, or a first factor, since these were checked.
        if (standing?.passwordHash !== account.passwordHash) throw refuse(passwordWrong)
        if (!checked && (await holdsFactor(ctx.db, accountId))) throw refuse(factorMissing)
        if (checked && !(await holdsFactor(ctx.db, accountId))) throw refuse(codeAlreadyUsed)
        const factor = checked && (await takeMemberFactor(parts, ctx, checked, account))
        await goOnFresh(ctx, factor)
        ctx.record({ object: 'member_account', id: accountId, after: { member: memberId, factor } })
        return { until: new Date(now.getTime() + stepUpMinutes * 60_000).toISOString() }
      },
    ),
  ]
}
