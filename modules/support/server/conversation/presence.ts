import { getTicketPresence } from '#contract/support'
import type { Schedule } from '#platform/server/jobs.ts'
import { handle, NotFound, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { forgetSeen, noteSeen, othersSeen, ticketStands } from './queries.ts'

/** Whoever has not asked for so long has gone. */
const secondsPresent = 15

export const presence: readonly Handler[] = [
  handle(getTicketPresence, async (ctx, { params: { id: ticketId }, query: { doing } }) => {
    if (!(await ticketStands(ctx.db, ticketId))) throw new NotFound()
    const { staffId } = ctx.actor
    const now = ctx.clock.now()
    await noteSeen(ctx.db, { ticketId, staffId, doing, seenAt: now })
    const since = new Date(now.getTime() - secondsPresent * 1_000)
    return { rows: await othersSeen(ctx.db, { ticketId, staffId, since }) }
  }),
]

export const forgettingPresence = ({ clock }: Pick<Parts, 'clock'>): Schedule => ({
  name: 'support-presence-sweep',
  cron: '13 * * * *',
  run: (db) => forgetSeen(db, new Date(clock.now().getTime() - 3_600_000)),
})
