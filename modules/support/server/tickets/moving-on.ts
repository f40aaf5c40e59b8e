/** Waiting for the customer, resolving, opening again, putting off: each a change of one thing, which says what it needs. */
import {
  reopenTicket,
  resolveTicket,
  setTicketWaiting,
  snoozeTicket,
  snoozeWrong,
  ticketNotResolved,
  ticketResolved,
  type Ticket,
} from '#contract/support'
import { handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { change, type TicketChange } from './changing.ts'
import { holdStanding, type Held } from './lock.ts'
import { shownTicket } from './shown.ts'

export function movingOn(parts: Parts): readonly Handler[] {
  return [
    handle(setTicketWaiting, async (ctx, { params: { id }, body: { waiting, why } }) => {
      const held = await holdStanding(ctx.db, id)
      if (held.status === 'resolved') throw refuse(ticketResolved)
      return changed(ctx, parts, held, { waiting: waiting && { why } })
    }),

    handle(resolveTicket, async (ctx, { params: { id } }) => {
      const held = await holdStanding(ctx.db, id)
      if (held.status === 'resolved') throw refuse(ticketResolved)
      return changed(ctx, parts, held, { status: 'resolved' })
    }),

    handle(reopenTicket, async (ctx, { params: { id } }) => {
      const held = await holdStanding(ctx.db, id)
      if (held.status !== 'resolved') throw refuse(ticketNotResolved)
      return changed(ctx, parts, held, { status: 'reopened' })
    }),

    handle(snoozeTicket, async (ctx, { params: { id }, body: { until } }) => {
      const held = await holdStanding(ctx.db, id)
      const snoozedUntil = until === null ? null : new Date(until)
      if (snoozedUntil && !isAhead(snoozedUntil, ctx.clock.now())) throw refuse(snoozeWrong)
      return changed(ctx, parts, held, { snoozedUntil })
    }),
  ]
}

const farthestDays = 366
const isAhead = (until: Date, now: Date) => {
  const ahead = until.getTime() - now.getTime()
  return ahead > 0 && ahead <= farthestDays * 86_400_000
}

async function changed(
  ctx: Pick<Context, 'db' | 'clock' | 'actor' | 'record'>,
  parts: Parts,
  held: Held,
  asked: TicketChange,
): Promise<Ticket> {
  const { db, actor } = ctx
  const { id, number, tenantId } = held
  const told = await change(db, parts, held, asked, { staffId: actor.staffId, label: actor.name })
  ctx.record({
    object: 'ticket',
    id,
    tenant: tenantId ?? undefined,
    ticket: `#${number}`,
    // Why one waits stands in the ticket's own log, where it can be forgotten.
    ...told,
  })
  return shownTicket(db, id, actor, ctx.clock.now())
}
