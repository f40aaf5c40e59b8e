/** Opening a window, ending it, and who has had which. */
import {
  endSqlUnmasking,
  getSqlUnmasking,
  listSqlUnmaskings,
  openSqlUnmasking,
  unmaskingOpen,
  unmaskingOver,
} from '#contract/sql-console'
import { ticketNumbered } from '#server/support'
import { z } from 'zod'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import {
  found,
  handle,
  NotFound,
  refuse,
  WrongField,
  type CentralHandler,
} from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { keepingOf } from '../runs/keeping.ts'
import { tenantOf } from '../runs/running.ts'
import { endWhatIsOver } from './ending.ts'
import { endWindow, insertWindow, windowById, windowsCounted, windowsPage } from './queries.ts'
import { reasonPlace, unmaskingShown } from './shown.ts'
import { isWithin, macOf, standingWindow } from './window.ts'

const countedUpTo = 10_000
const Place = z.tuple([z.iso.datetime(), z.uuid()])

export function unmaskingHandlers(parts: Parts): CentralHandler[] {
  return [
    handle(
      openSqlUnmasking,
      async (ctx, { body }) => {
        // Only what could be looked into.
        await parts.doorsOf(body.target, 'console', { later: true })
        await endWhatIsOver(parts, ctx.actor.staffId)
      },
      async (ctx, { body }) => {
        const ticket = await ticketNumbered(ctx.db, body.ticket)
        if (!ticket) throw new WrongField('body', 'ticket', 'sql_ticket_unknown')
        const now = ctx.clock.now()
        const id = uuidv7(now.getTime())
        const tenantId = tenantOf(body.target)
        const window = {
          id,
          staffId: ctx.actor.staffId,
          staffSessionId: ctx.actor.sessionId,
          tenantId,
          classes: [...new Set(body.classes)].toSorted(),
          ticketId: ticket.id,
          minutes: body.minutes,
          openedAt: now,
          endsAt: new Date(now.getTime() + body.minutes * 60_000),
        }
        const keeping = await keepingOf(parts, tenantId)
        const open = await insertWindow(ctx.db, {
          ...window,
          reasonSealed: await keeping.seal(body.reason, reasonPlace(id)),
          mac: macOf(parts.vault, window),
        })
        if (open !== undefined) throw refuse(unmaskingOpen, { details: { id: open } })
        const { classes, minutes, endsAt, staffSessionId } = window
        ctx.record({
          object: 'sql_unmasking',
          id,
          tenant: tenantId ?? undefined,
          reason: body.reason,
          ticket: `#${ticket.number}`,
          after: { target: body.target, classes, minutes, endsAt, session: staffSessionId },
        })
        return unmaskingShown(parts, found(await windowById(ctx.db, id, now)))
      },
    ),

    handle(endSqlUnmasking, async (ctx, { params: { id } }) => {
      const now = ctx.clock.now()
      const row = found(await windowById(ctx.db, id, now, { lock: true }))
      const isOwn = row.staffId === ctx.actor.staffId
      if (!isOwn && !ctx.actor.permissions.has('sql.approve')) throw new NotFound()
      if (!isWithin(row, now)) throw refuse(unmaskingOver)
      const by = isOwn ? 'owner' : 'other'
      await endWindow(ctx.db, id, { by, staffId: ctx.actor.staffId, at: now })
      ctx.record({
        object: 'sql_unmasking',
        id,
        tenant: row.tenantId ?? undefined,
        ticket: `#${row.ticketNumber}`,
        after: { by, of: row.staffId, runs: row.runs },
      })
      return unmaskingShown(parts, found(await windowById(ctx.db, id, now)))
    }),

    handle(getSqlUnmasking, async (ctx) => {
      const row = await standingWindow(parts, ctx.db, ctx.actor)
      return { open: row ? await unmaskingShown(parts, row) : null }
    }),

    handle(listSqlUnmaskings, async (ctx, { query: { after, limit, state } }) => {
      const staffId = ctx.actor.permissions.has('sql.approve') ? undefined : ctx.actor.staffId
      const filter = { staffId, state, now: ctx.clock.now() }
      const place = readCursor(z.object({ before: Place }), after)?.before
      const [rows, total] = await Promise.all([
        windowsPage(ctx.db, filter, place, limit + 1),
        windowsCounted(ctx.db, filter, countedUpTo),
      ])
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        rows: await Promise.all(rows.slice(0, limit).map((row) => unmaskingShown(parts, row))),
        total: Math.min(total, countedUpTo),
        totalIsExact: total <= countedUpTo,
        next: last ? cursorOf({ before: [last.openedAt.toISOString(), last.id] }) : null,
      }
    }),
  ]
}
