/** What one was told, and how one wants to be told. */
import {
  acknowledgeAlerts,
  getAlertPreferences,
  listAlerts,
  saveAlertPreferences,
  type AlertPreferences,
} from '#contract/support'
import { handle, type Handler } from '#platform/server/requests.ts'
import { alertsOf, setSeen } from './alert-queries.ts'
import { preferencesOf, savePreferences } from './preference-queries.ts'

export const alerts: readonly Handler[] = [
  handle(listAlerts, ({ db, clock, actor }) => alertsOf(db, actor.staffId, clock.now())),

  handle(acknowledgeAlerts, async (ctx, { body: { ticketId } }) => {
    const { staffId } = ctx.actor
    const count = await setSeen(ctx.db, staffId, ticketId, ctx.clock.now())
    // The person's other windows show it too, and nobody else's.
    if (count > 0) await ctx.tell({ topic: 'alerts', only: staffId })
    ctx.record(ticketId ? { object: 'ticket', id: ticketId, count } : { object: 'ticket', count })
    return undefined
  }),

  handle(getAlertPreferences, ({ db, actor }) => preferencesOf(db, actor.staffId)),

  handle(saveAlertPreferences, async (ctx, { body }) => {
    const { staffId } = ctx.actor
    const before: AlertPreferences = await preferencesOf(ctx.db, staffId)
    await savePreferences(ctx.db, staffId, body)
    ctx.record({ object: 'staff_member', id: staffId, before, after: body })
    return body
  }),
]
