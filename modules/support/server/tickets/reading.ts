import { followTicket, getTicket, markTicketRead } from '#contract/support'
import { handle, type Handler } from '#platform/server/requests.ts'
import { setRead } from '../conversation/queries.ts'
import { lockTicket } from './lock.ts'
import { isFollowing, setFollowing, setUnread } from './queries.ts'
import { shownTicket, shownWithEvents } from './shown.ts'

export const reading: readonly Handler[] = [
  handle(getTicket, async (ctx, { params: { id } }) => {
    const { ticket, events } = await shownWithEvents(ctx.db, id, ctx.actor, ctx.clock.now())
    return { ...ticket, events }
  }),

  handle(followTicket, async (ctx, { params: { id }, body: { following } }) => {
    const { db, actor } = ctx
    const { number } = await lockTicket(db, id)
    const before = await isFollowing(db, id, actor.staffId)
    await setFollowing(db, id, actor.staffId, following)
    ctx.record({
      object: 'ticket',
      id,
      ticket: `#${number}`,
      before: { following: before },
      after: { following },
    })
    return shownTicket(db, id, actor, ctx.clock.now())
  }),

  handle(markTicketRead, async (ctx, { params: { id }, body: { read } }) => {
    const { db, actor } = ctx
    const { number } = await lockTicket(db, id)
    if (read) await setRead(db, { ticketId: id, staffId: actor.staffId, readAt: ctx.clock.now() })
    else await setUnread(db, id, actor.staffId)
    ctx.record({ object: 'ticket', id, ticket: `#${number}`, after: { read } })
    return undefined
  }),
]
