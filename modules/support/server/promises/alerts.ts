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
import { noticesFor } from './notice-queries.ts'
import { preferencesOf, savePreferences, setNoticesSeen } from './preference-queries.ts'

export const alerts: readonly Handler[] = [
  handle(listAlerts, async ({ db, clock, actor }) => {
    const { unseen, rows } = await alertsOf(db, actor.staffId, clock.now())
    const notices = await noticesFor(db, actor.staffId, clock.now())
    return { unseen: unseen + notices.filter(({ seen }) => !seen).length, rows, notices }
  }),

  handle(acknowledgeAlerts, async (ctx, { body: { ticketId } }) => {
    const { staffId } = ctx.actor
    const now = ctx.clock.now()
    const count = await setSeen(ctx.db, staffId, ticketId, now)
    // Those of one ticket are seen by reading it.
    if (ticketId === null) await setNoticesSeen(ctx.db, staffId, now)
    // The person's other windows show it too, and nobody else's.
    if (count > 0 || ticketId === null) await ctx.tell({ topic: 'alerts', only: staffId })
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
