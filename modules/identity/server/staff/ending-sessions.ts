import { endStaffSession, endStaffSessions } from '#contract/identity'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { endSessions } from '../queries.ts'
import { openSessionOf, personById } from './queries.ts'

/** Anybody's, whatever their level: to end a session takes nothing from its owner but a moment. */
export const endingSessions: readonly Handler[] = [
  handle(endStaffSession, async (ctx, { params: { id, session } }) => {
    found(await openSessionOf(ctx.db, id, session))
    const how = { reason: 'revoked', by: ctx.actor.staffId, now: ctx.clock.now() } as const
    await endSessions(ctx.db, { id: session, staffId: id }, how)
    await ctx.tell({ topic: 'sessions' })
    await ctx.tell({ topic: 'account', only: id })
    ctx.record({ object: 'staff_member', id, after: { session } })
    return undefined
  }),

  handle(endStaffSessions, async (ctx, { params: { id } }) => {
    const now = ctx.clock.now()
    found(await personById(ctx.db, id, now))
    const how = { reason: 'revoked', by: ctx.actor.staffId, now } as const
    const ended = await endSessions(ctx.db, { staffId: id }, how)
    await ctx.tell({ topic: 'sessions' })
    await ctx.tell({ topic: 'account', only: id })
    ctx.record({ object: 'staff_member', id, after: { ended } })
    return { ended }
  }),
]
