import { rateOwnTicket, ratingOver, ticketNotResolved } from '#contract/support'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { tellPractice } from '../tickets/telling.ts'
import { holdOwn } from './asking.ts'
import { ownTicketRow, saveRating } from './queries.ts'
import { shownOwn } from './showing.ts'

const daysToRate = 30

export const rating: readonly Handler[] = [
  handle(rateOwnTicket, async (ctx, { params, body: { score, comment } }) => {
    const held = await holdOwn(ctx, params.id)
    const { id } = held
    const { tenantId, memberId } = ctx.member
    const now = ctx.clock.now()
    if (held.resolvedAt === null) throw refuse(ticketNotResolved)
    if (now.getTime() - held.resolvedAt.getTime() > daysToRate * 24 * 3_600_000)
      throw refuse(ratingOver, { values: { days: daysToRate } })
    const before = found(await ownTicketRow(ctx.db, tenantId, id))
    await saveRating(ctx.db, { ticketId: id, score, comment, by: { memberId }, ratedAt: now })
    await tellPractice(ctx.db, held)
    // What they wrote stays with the ticket.
    ctx.record({ object: 'ticket', id, before: { score: before.score }, after: { score } })
    return shownOwn(found(await ownTicketRow(ctx.db, tenantId, id)))
  }),
]
