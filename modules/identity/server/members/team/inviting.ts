import { alreadyMember, inviteColleague, inviteColleagueAgain, memberNotInvited } from '#contract/identity'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { inviteMember, memberAddress, sendMemberInvitation, tellJoined } from '../inviting.ts'
import { memberById } from '../listing.ts'
import { writeToMember } from '../letters.ts'
import type { MemberParts } from '../parts.ts'
import { accountIn, holderOf, lockAccount } from '../queries.ts'
import { endOf } from './last-days.ts'
import { colleagues } from './listing.ts'
import { mustBeGrantable, mustEndWithYours, mustWorkHere, standing } from './standing.ts'

/**
 * A practice lets somebody in. What it is answered does not tell whether there was an account: neither name nor state
 * differ before they came in, and both are mailed. Mails are counted, to one address and from one practice.
 */
export function invitingColleagues(parts: MemberParts): CentralHandler[] {
  return [
    handle(
      inviteColleague,
      async (ctx, { body }) => {
        const email = memberAddress(body.email)
        const now = ctx.clock.now()
        const { lastDay } = body
        const endsAt =
          lastDay === null ? null : endOf(lastDay, await parts.timeZoneOf(ctx.member.tenantId), now)
        await parts.guard.members.beforeInvitation(ctx.member, email)
        return { email, endsAt }
      },
      async (ctx, { body }, { email, endsAt }) => {
        const { tenantId, memberId: me, language, name } = ctx.member
        const at = await standing(parts, ctx)
        const { profile, firstName, lastName } = body
        const rights = profile === 'secretary' ? [...new Set(body.rights)] : []
        mustBeGrantable(at, { profile, rights })
        mustEndWithYours(at, endsAt)
        const { memberId, outcome } = await inviteMember(parts, ctx.db, {
          tenantId,
          practice: at.practice.name,
          email,
          firstName,
          lastName,
          language,
          profile,
          rights,
          endsAt,
          by: { memberId: me, name },
        })
        if (outcome === 'already') throw refuse(alreadyMember)
        // A colleague let somebody in: whose practice it is hears of it.
        const holder = at.asker.holder ? undefined : await holderOf(ctx.db, tenantId)
        if (holder && holder.passwordHash !== null)
          await writeToMember(parts, ctx.db, holder, {
            about: 'colleague',
            values: { practice: at.practice.name, colleague: `${firstName} ${lastName}`, profile },
          })
        ctx.record({ object: 'member', id: memberId, after: { email, profile, rights, endsAt } })
        const row = found(await memberById(ctx.db, memberId, at.now))
        return found((await colleagues(parts, [row], { now: at.now, me }))[0])
      },
    ),

    handle(
      inviteColleagueAgain,
      async (ctx, { params: { id } }) => {
        const row = found(await memberById(ctx.db, id, ctx.clock.now()))
        if (row.tenantId === ctx.member.tenantId)
          await parts.guard.members.beforeInvitation(ctx.member, row.email)
      },
      async (ctx, { params: { id } }) => {
        const { memberId: me, name, tenantId } = ctx.member
        // The account first, as whoever signs in at this moment does.
        const account = found(await lockAccount(ctx.db, await accountIn(ctx.db, id, tenantId)))
        const { now, practice, colleague } = await standing(parts, ctx, id)
        const row = found(colleague)
        mustWorkHere(row, now)
        // Whoever came in knows the way. Of who has not, nothing tells whether they have an account.
        if (row.lastSignInAt !== null) throw refuse(memberNotInvited)
        const by = { memberId: me, name }
        if (account.passwordHash === null)
          await sendMemberInvitation(parts, ctx.db, account, { practice: practice.name, by, now })
        else await tellJoined(parts, ctx.db, account, { practice: practice.name, by })
        ctx.record({ object: 'member', id, after: { email: row.email } })
        return found((await colleagues(parts, [row], { now, me }))[0])
      },
    ),
  ]
}
