import {
  changeColleague,
  departColleague,
  holderStays,
  memberChanged,
  notYourOwn,
  type Right,
} from '#contract/identity'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { takeOut } from '../leaving.ts'
import { memberById } from '../listing.ts'
import type { MemberParts } from '../parts.ts'
import { setGrant } from '../queries.ts'
import { endOf } from './last-days.ts'
import { colleagues } from './listing.ts'
import { mustBeGrantable, mustEndWithYours, mustWorkHere, placed, standing } from './standing.ts'

/** What a practice grants somebody who works in it, and the end of it. It holds from their next request on. */
export function changingColleagues(parts: MemberParts): CentralHandler[] {
  return [
    handle(
      changeColleague,
      async (ctx, { body: { lastDay, seen } }) => {
        // A day that stands already stays, even where it is today.
        if (lastDay === null || lastDay === seen.lastDay) return null
        return endOf(lastDay, await parts.timeZoneOf(ctx.member.tenantId), ctx.clock.now())
      },
      async (ctx, { params: { id }, body }, newEnd) => {
        const { memberId: me } = ctx.member
        const at = await standing(parts, ctx, id)
        const row = found(at.colleague)
        mustBeOthers(row, me)
        mustWorkHere(row, at.now)
        const current = found((await colleagues(parts, [row], { now: at.now, me }))[0])
        if (current.lastDay !== body.seen.lastDay || !sameRights(current.rights, body.seen.rights))
          throw refuse(memberChanged, { details: { current } })
        const { profile, rights: before } = placed(row)
        const rights = profile === 'secretary' ? [...new Set(body.rights)] : before
        // What they have already is not granted anew.
        const granted = rights.filter((right) => !before.includes(right))
        if (profile === 'secretary') mustBeGrantable(at, { profile, rights: granted })
        const endsAt = body.lastDay === null ? null : (newEnd ?? row.endsAt)
        // Less may be taken from an access that lasts longer than one's own; nothing is added to it.
        if (granted.length > 0 || endsAt?.getTime() !== row.endsAt?.getTime()) mustEndWithYours(at, endsAt)
        await setGrant(ctx.db, id, { rights, endsAt, grantedBy: me })
        await ctx.tell({ topic: 'member_sessions', id })
        // Their screens show at once what they may now.
        await ctx.tell({ topic: 'session', only: id, tenant: ctx.member.tenantId })
        ctx.record({
          object: 'member',
          id,
          before: { rights: before, endsAt: row.endsAt },
          after: { rights, endsAt },
        })
        return found((await colleagues(parts, [{ ...row, rights, endsAt }], { now: at.now, me }))[0])
      },
    ),

    handle(departColleague, async (ctx, { params: { id } }) => {
      const { memberId: me } = ctx.member
      const { now, colleague } = await standing(parts, ctx, id)
      const row = found(colleague)
      mustBeOthers(row, me)
      mustWorkHere(row, now)
      await takeOut(parts, ctx.db, id, { now, by: me })
      await ctx.tell({ topic: 'member_sessions', id })
      ctx.record({ object: 'member', id, before: { profile: row.profile, rights: row.rights } })
      const after = found(await memberById(ctx.db, id, now))
      return found((await colleagues(parts, [after], { now, me }))[0])
    }),
  ]
}

/** @throws the refusals `holder_stays` and `not_your_own_rights` */
export function mustBeOthers({ id, holder }: { id: string; holder: boolean }, me: string): void {
  if (holder) throw refuse(holderStays)
  if (id === me) throw refuse(notYourOwn)
}

const sameRights = (one: readonly Right[], other: readonly Right[]): boolean =>
  one.length === other.length && one.every((right) => other.includes(right))
