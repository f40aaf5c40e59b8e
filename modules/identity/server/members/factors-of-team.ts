/** Second factors, as a practice asks for them and its holder gives another chance to who lost theirs. */
import {
  holderOnly,
  noFactorHeld,
  notYourOwn,
  ownFactorFirst,
  removeColleagueFactors,
  removeMemberFactors,
  requireSecondFactor,
  worksElsewhere,
} from '#contract/identity'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { disenrolMember } from '../member-factors/enrolling.ts'
import { holdsFactor } from '../member-factors/queries.ts'
import { memberById, shown } from './listing.ts'
import type { MemberParts } from './parts.ts'
import { accountIn, lockAccount, membershipsOf } from './queries.ts'
import { endFactorlessSessions } from './session-queries.ts'
import { colleagues } from './team/listing.ts'
import { mustWorkHere, standing } from './team/standing.ts'

export function secondFactorsOfTeam(parts: MemberParts): CentralHandler[] {
  return [
    handle(requireSecondFactor, async (ctx, { body: { required } }) => {
      const { tenantId, accountId, memberId } = ctx.member
      const { practice, now } = await standing(parts, ctx)
      // Nobody shuts themselves out, nor asks of others what they do not do.
      if (required && !(await holdsFactor(ctx.db, accountId))) throw refuse(ownFactorFirst)
      await parts.requireSecondFactor(ctx.db, tenantId, required)
      const ended = required ? await endFactorlessSessions(ctx.db, tenantId, now) : 0
      await ctx.tell({ topic: 'member_sessions', id: memberId })
      await ctx.tell({ topic: 'tenants', id: tenantId, needs: 'tenants.read' })
      ctx.record({
        object: 'tenant',
        id: tenantId,
        before: { required: practice.secondFactorRequired },
        after: { required, ended },
      })
      return { required, ended }
    }),

    handle(removeColleagueFactors, async (ctx, { params: { id } }) => {
      const { memberId: me, tenantId } = ctx.member
      // The account first, as whoever signs in at this moment does.
      const accountId = await accountIn(ctx.db, id, tenantId)
      const person = { ...found(await lockAccount(ctx.db, accountId)), accountId }
      const { now, asker, colleague } = await standing(parts, ctx, id)
      const row = found(colleague)
      if (!asker.holder) throw refuse(holderOnly)
      if (id === me) throw refuse(notYourOwn)
      mustWorkHere(row, now)
      // A practice that lets a stranger in must not take from them what protects the others.
      const elsewhere = (await membershipsOf(ctx.db, row.accountId, now)).some(
        (one) => one.tenantId !== tenantId,
      )
      if (elsewhere || row.lastSignInAt === null) throw refuse(worksElsewhere)
      if (!(await disenrolMember(parts, ctx, person, 'removed_by_holder'))) throw refuse(noFactorHeld)
      ctx.record({ object: 'member', id })
      const after = found(await memberById(ctx.db, id, now))
      return found((await colleagues(parts, [after], { now, me }))[0])
    }),

    handle(removeMemberFactors, async (ctx, { params: { id } }) => {
      const now = ctx.clock.now()
      const row = found(await memberById(ctx.db, id, now))
      const person = { ...found(await lockAccount(ctx.db, row.accountId)), accountId: row.accountId }
      if (!(await disenrolMember(parts, ctx, person, 'removed_by_vendor'))) throw refuse(noFactorHeld)
      ctx.record({ object: 'member', id, tenant: row.tenantId, after: { email: row.email } })
      return shown(found(await memberById(ctx.db, id, now)))
    }),
  ]
}
