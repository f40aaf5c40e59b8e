import { clientTimeline, type TimelineEntry } from '#contract/clients'
import { isLimited } from '#server/access'
import type { Audit } from '#server/audit'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { actionOf, arrival, ticketOf } from './actions.ts'
import {
  clientIsThere,
  issuedInvoices,
  receivedPayments,
  subscriptionEvents,
  ticketsNamed,
} from './queries.ts'

/** From each source one more than asked: enough for the newest of all, and to know whether older ones exist. */
export const timeline = ({ audit }: { audit: Audit }) =>
  handle(clientTimeline, async (ctx, { params: { id }, query }) => {
    const { createdAt } = found(await clientIsThere(ctx.db, id, within(ctx.actor, 'clients.read')))
    ctx.record({ object: 'client', id })
    const limit = query.limit + 1
    const invoiced = within(ctx.actor, 'invoices.read')
    const mayReadInvoices = !isLimited(invoiced) || (await clientIsThere(ctx.db, id, invoiced)) !== undefined
    const [log, subscriptions, invoices, payments] = await Promise.all([
      audit.historyOf(ctx.db, 'client', id, limit),
      subscriptionEvents(ctx.db, id, { today: dayOf(ctx.clock.now()), limit }),
      mayReadInvoices ? issuedInvoices(ctx.db, id, limit) : [],
      mayReadInvoices ? receivedPayments(ctx.db, id, limit) : [],
    ])
    const tickets = await ticketsNamed(
      ctx.db,
      ctx.actor.permissions.has('tickets.read') ? log.flatMap((entry) => ticketOf(entry) ?? []) : [],
    )
    const actions = log
      .map((entry) => ({ ...actionOf(entry, id), ticket: tickets.get(ticketOf(entry) ?? '') ?? null }))
      // Saved without a change: written down as an action, and nothing that happened to the client.
      .filter((action) => action.verb !== 'client.updated' || action.changes.length > 0)
    const arrived = actions.some(({ verb }) => verb === 'client.created' || verb === 'client.imported')
    const all: TimelineEntry[] = [
      ...actions,
      ...(arrived || log.length === limit ? [] : [arrival(id, createdAt)]),
      ...subscriptions,
      ...invoices,
      ...payments,
    ].toSorted((one, other) => instantOf(other) - instantOf(one))
    return { rows: all.slice(0, query.limit), more: all.length > query.limit }
  })

const instantOf = (entry: TimelineEntry) => new Date(entry.at).getTime()
