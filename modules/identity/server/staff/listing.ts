import { getStaff, listStaff } from '#contract/identity'
import { roleHistory } from '#server/access'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handle } from '#platform/server/requests.ts'
import { z } from 'zod'
import { openResetOf } from '../factor-resets/showing.ts'
import { detailsOf, personById, staffCounted, staffPage } from './queries.ts'
import { sessionsShown } from './open-sessions.ts'
import { shown } from './showing.ts'

const Cursor = z.strictObject({ name: z.string().max(250), id: z.uuid() })

export const listing = handle(listStaff, async (ctx, { query: { after, limit, ...filter } }) => {
  const now = ctx.clock.now()
  const from = readCursor(Cursor, after)
  const [rows, counts] = await Promise.all([
    staffPage(ctx.db, { filter, after: from, limit: limit + 1, now }),
    staffCounted(ctx.db, filter, now),
  ])
  const page = rows.slice(0, limit)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    rows: await shown(ctx, page),
    total: filter.state ? counts[filter.state] : Object.values(counts).reduce((sum, one) => sum + one, 0),
    totalIsExact: true,
    next: last ? cursorOf({ name: last.sortName, id: last.id }) : null,
    counts,
  }
})

export const reading = handle(getStaff, async (ctx, { params: { id } }) => {
  const now = ctx.clock.now()
  const row = found(await personById(ctx.db, id, now))
  const [[person], details, sessions, history, factorReset] = await Promise.all([
    shown(ctx, [row]),
    detailsOf(ctx.db, id, now),
    sessionsShown(ctx.db, id, now),
    roleHistory(ctx.db, id),
    openResetOf(ctx, id),
  ])
  const instant = (text: string) => new Date(text).toISOString()
  ctx.record({ object: 'staff_member', id })
  return {
    ...found(person),
    suspendedBy: details.suspendedBy,
    suspensionReason: details.suspensionReason,
    invitation: details.invitation && {
      sentAt: instant(details.invitation.sentAt),
      expiresAt: instant(details.invitation.expiresAt),
    },
    sessions,
    roleHistory: history.map(({ givenAt, endedAt, ...held }) => ({
      ...held,
      givenAt: givenAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
    factorReset,
  }
})
