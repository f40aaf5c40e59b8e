import {
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
  listOwnSignIns,
  type Factor,
} from '#contract/identity'
import { found, handle, type Context } from '#platform/server/requests.ts'
import { asEvent } from '../defence/events.ts'
import { signInsOf } from '../defence/queries.ts'
import { endSessions } from '../queries.ts'
import { idleSince } from '../sessions.ts'
import { describe } from './describing.ts'
import { openSessionsOf } from './queries.ts'

export const ownSessions = [
  handle(listOwnSessions, async (ctx) => {
    const { staffId, sessionId } = ctx.actor
    const now = ctx.clock.now()
    const rows = await openSessionsOf(ctx.db, staffId, now, idleSince(now))
    return {
      rows: rows.map(({ id, userAgent, ip, factor, ...session }) => ({
        id,
        current: id === sessionId,
        ip,
        ...describe({ userAgent, ip }),
        factor: factor as Factor, // checked by the table
        createdAt: session.createdAt.toISOString(),
        lastSeenAt: session.lastSeenAt.toISOString(),
        expiresAt: session.expiresAt.toISOString(),
      })),
    }
  }),

  handle(listOwnSignIns, async (ctx) => ({
    rows: (await signInsOf(ctx.db, ctx.actor.staffId, 50)).map(asEvent),
  })),

  handle(endOwnSession, async (ctx, { params: { id } }) => {
    // Another's session is not there, whatever its id.
    found((await endSessions(ctx.db, { id, staffId: ctx.actor.staffId }, revoked(ctx))) || null)
    await tellOfEnd(ctx)
    ctx.record({ object: 'staff_member', id: ctx.actor.staffId, before: { session: id } })
    if (id === ctx.actor.sessionId) ctx.setCookie('session', '', { maxAgeSeconds: 0 })
    return undefined
  }),

  handle(endOtherSessions, async (ctx) => {
    const { staffId, sessionId } = ctx.actor
    const ended = await endSessions(ctx.db, { staffId, but: sessionId }, revoked(ctx))
    await tellOfEnd(ctx)
    ctx.record({ object: 'staff_member', id: staffId, after: { ended } })
    return { ended }
  }),
]

const revoked = (ctx: Context) =>
  ({ reason: 'revoked', by: ctx.actor.staffId, now: ctx.clock.now() }) as const

/** Every process forgets what it knew of sessions, and the person's other screens ask anew who they are. */
async function tellOfEnd(ctx: Context): Promise<void> {
  await ctx.tell({ topic: 'sessions' })
  await ctx.tell({ topic: 'session', only: ctx.actor.staffId })
}
