import { departMember, endMemberSessions, holderStays, memberLeft } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import type { Errand } from '#platform/server/jobs.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { memberById, shown } from './listing.ts'
import type { MemberParts } from './parts.ts'
import { lockMember, setDeparture } from './queries.ts'
import { endMembersSessions } from './session-queries.ts'

/** A practice's database may be out of reach for a while; nobody comes in meanwhile. */
const errand = { name: 'member-departures', retries: 20, retryDelay: 30, secondsATry: 60 }

/** Ends somebody's access at once, with the sessions they have there. @param by the member who does it; null: the vendor's team */
export async function takeOut(
  parts: Pick<MemberParts, 'jobs'>,
  db: CentralDb,
  id: string,
  { now, by }: { now: Date; by: string | null },
): Promise<void> {
  await setDeparture(db, id, now, by)
  await endMembersSessions(db, { memberId: id }, 'left', now)
  await parts.jobs().send(db, errand, id)
}

/** At once for whoever signs in; an errand has the practice's own database know it too. */
export function leaving(parts: MemberParts): { handlers: Handler[]; errand: Errand } {
  const end = handle(endMemberSessions, async (ctx, { params: { id } }) => {
    const row = found(await memberById(ctx.db, id, ctx.clock.now()))
    const ended = await endMembersSessions(ctx.db, { memberId: id }, 'revoked', ctx.clock.now())
    await ctx.tell({ topic: 'member_sessions', id })
    ctx.record({ object: 'member', id, tenant: row.tenantId, after: { ended } })
    return { ended }
  })

  const depart = handle(departMember, async (ctx, { params: { id } }) => {
    await lockMember(ctx.db, id)
    const now = ctx.clock.now()
    const row = found(await memberById(ctx.db, id, now))
    if (row.leftAt) throw refuse(memberLeft)
    if (row.holder) throw refuse(holderStays)
    await takeOut(parts, ctx.db, id, { now, by: null })
    await ctx.tell({ topic: 'member_sessions', id })
    await ctx.tell({ topic: 'team', tenant: row.tenantId, needs: 'cabinet.members' })
    ctx.record({ object: 'member', id, tenant: row.tenantId, before: { profile: row.profile } })
    return shown(found(await memberById(ctx.db, id, now)))
  })

  return {
    handlers: [end, depart],
    errand: {
      ...errand,
      async run(id) {
        const row = await memberById(parts.db, id, parts.clock.now())
        // Asked back meanwhile: entering says so to the practice's database.
        if (!row?.leftAt) return
        const state = (await parts.practices(parts.db, [row.tenantId])).get(row.tenantId)?.state
        if (state === undefined || state === 'purging' || state === 'purged') return
        await parts.leavePractice({ tenantId: row.tenantId, memberId: id, leftAt: row.leftAt })
      },
    },
  }
}
