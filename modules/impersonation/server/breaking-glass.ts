import { approveImpersonation, notNow, notYourOwn, reviewImpersonation } from '#contract/impersonation'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import type { Parts } from './parts.ts'
import { impersonationById, lockImpersonation, setApproved, setReviewed } from './queries.ts'
import { shown, stateNow } from './state.ts'
import { newsOf, writeToPractice } from './telling.ts'

/** Where a practice wants to be asked and cannot be waited for: two of the team, loudly, and looked at afterwards. */
export function breakingGlass(parts: Parts): CentralHandler[] {
  return [
    handle(approveImpersonation, async (ctx, { params: { id } }) => {
      await lockImpersonation(ctx.db, id)
      const now = ctx.clock.now()
      const row = found(await impersonationById(ctx.db, id, now))
      const state = stateNow(row, now)
      if (!row.breakGlass || state !== 'waiting') throw refuse(notNow, { details: { state } })
      if (row.staffId === ctx.actor.staffId) throw refuse(notYourOwn)
      await setApproved(ctx.db, id, ctx.actor.staffId, now)
      const one = shown(found(await impersonationById(ctx.db, id, now)), now)
      await writeToPractice(parts, ctx.db, 'glass_broken', one)
      for (const whisper of newsOf(row)) await ctx.tell(whisper)
      ctx.record({ object: 'impersonation', id, tenant: row.tenantId, after: { actor: row.staffId } })
      return one
    }),

    handle(reviewImpersonation, async (ctx, { params: { id }, body: { review } }) => {
      await lockImpersonation(ctx.db, id)
      const now = ctx.clock.now()
      const row = found(await impersonationById(ctx.db, id, now))
      const state = stateNow(row, now)
      const isToReview = row.approvedAt !== null && state === 'ended' && row.reviewedAt === null
      if (!isToReview) throw refuse(notNow, { details: { state } })
      if (row.staffId === ctx.actor.staffId) throw refuse(notYourOwn)
      await setReviewed(ctx.db, id, ctx.actor.staffId, review, now)
      for (const whisper of newsOf(row)) await ctx.tell(whisper)
      ctx.record({ object: 'impersonation', id, tenant: row.tenantId, after: { review } })
      return shown(found(await impersonationById(ctx.db, id, now)), now)
    }),
  ]
}
