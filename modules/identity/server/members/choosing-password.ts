import { chooseMemberPassword, linkGone } from '#contract/identity'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { fromWhere, momentFor } from '../letters.ts'
import { hashPassword } from '../passwords/hashing.ts'
import { mustBeGood } from '../passwords/policy.ts'
import { writeToMember } from './letters.ts'
import { memberLink, revokeMemberLinks, useMemberLink } from './links.ts'
import type { MemberParts } from './parts.ts'
import { lockAccount, membershipsOf, setMemberPassword } from './queries.ts'
import { endMembersSessions, endMemberSignIns } from './session-queries.ts'

/**
 * By a link, for whoever was invited or forgot theirs. Whatever was begun with the former password ends with it:
 * sign-ins, links to choose another, and sessions in every practice. It opens none.
 */
export function choosingMemberPassword(parts: MemberParts): Handler {
  return handle(
    chooseMemberPassword,
    async (ctx, { body: { token, password } }) => {
      // Nobody without a link makes the server work on a password.
      const link = await memberLink(ctx.db, token, ctx.clock.now())
      if (!link) throw refuse(linkGone)
      await mustBeGood(password, link, parts.breached)
      return { link, passwordHash: await hashPassword(password) }
    },
    async (ctx, { body: { token } }, { link, passwordHash }) => {
      const { accountId, kind, email } = link
      const account = await lockAccount(ctx.db, accountId)
      // After the wait: a link that somebody revoked meanwhile expired then.
      const now = ctx.clock.now()
      if (!account || !(await useMemberLink(ctx.db, token, now))) throw refuse(linkGone)
      await endMemberSignIns(ctx.db, accountId)
      await setMemberPassword(ctx.db, accountId, passwordHash, now)
      await revokeMemberLinks(ctx.db, accountId, ['invitation', 'password_reset'], now)
      await endMembersSessions(ctx.db, { accountId }, 'password_changed', now)
      // A first password changed none.
      if (account.passwordHash !== null)
        await writeToMember(parts, ctx.db, account, {
          about: 'password_changed',
          values: { at: momentFor(account, now), ...fromWhere(ctx.request) },
          page: '/forgotten-password',
        })
      for (const { id } of await membershipsOf(ctx.db, accountId, now))
        await ctx.tell({ topic: 'member_sessions', id })
      await ctx.tell({ topic: 'members', needs: 'tenants.read' })
      ctx.record({
        object: 'member_account',
        id: accountId,
        after: { kind },
        actor: { memberId: accountId },
      })
      return { email }
    },
  )
}
