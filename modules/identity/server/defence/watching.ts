/** What administrators see of tries and blocks, and what they can do about them. */
import { asWritten } from './addresses.ts'
import {
  endEveryonesSessions,
  getDefence,
  liftBlock,
  listBlocks,
  listSignIns,
  type AddressBlock,
} from '#contract/identity'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { z } from 'zod'
import { countOpenSessions, staffSignedIn } from '../devices/queries.ts'
import type { Parts } from '../parts.ts'
import { endSessions } from '../queries.ts'
import { idleSince } from '../sessions.ts'
import { blocksCounted, blocksPage, liftOne, type BlockRow } from './block-queries.ts'
import { asEvent } from './events.ts'
import { countedUpTo, countsNow, eventsByHour, eventsCounted, eventsPage } from './queries.ts'

/** All six decimals, as queries.ts has PostgreSQL write them; the years are those it can read again. */
const Cursor = z.strictObject({ at: z.iso.datetime({ precision: 6 }).regex(/^(19|20|21)/), id: z.uuid() })

export function watching({ guard }: Pick<Parts, 'guard'>): Handler[] {
  return [
    handle(getDefence, async (ctx) => {
      const now = ctx.clock.now()
      const [underAttack, counts, openSessions, hours] = await Promise.all([
        guard.isUnderAttack(),
        countsNow(ctx.db, now),
        countOpenSessions(ctx.db, now, idleSince(now)),
        eventsByHour(ctx.db, now),
      ])
      return {
        underAttack,
        ...counts,
        openSessions,
        hours: hours.map(({ from, ...counted }) => ({ from: from.toISOString(), ...counted })),
      }
    }),

    handle(listSignIns, async (ctx, { query: { after, limit, ...filter } }) => {
      const before = readCursor(Cursor, after)
      const [rows, total] = await Promise.all([
        eventsPage(ctx.db, { filter, before, limit: limit + 1 }),
        eventsCounted(ctx.db, filter),
      ])
      ctx.record({ object: 'sign_in', after: filter })
      return pageOf(rows, limit, total, asEvent)
    }),

    handle(listBlocks, async (ctx, { query: { after, limit, state } }) => {
      const now = ctx.clock.now()
      const activeAt = state === 'active' ? now : undefined
      const before = readCursor(Cursor, after)
      const [rows, total] = await Promise.all([
        blocksPage(ctx.db, { activeAt, before, limit: limit + 1 }),
        blocksCounted(ctx.db, activeAt),
      ])
      ctx.record({ object: 'address_block' })
      return pageOf(rows, limit, total, (row) => asBlock(row, now))
    }),

    handle(liftBlock, async (ctx, { params: { id } }) => {
      const now = ctx.clock.now()
      const block = found(await liftOne(ctx.db, id, ctx.actor.staffId, now))
      ctx.record({ object: 'address_block', id, before: { network: block.network, reason: block.reason } })
      ctx.afterCommit(() => void guard.lift(block.network).catch(() => {}))
      return asBlock(block, now)
    }),

    handle(endEveryonesSessions, async (ctx) => {
      const { staffId, sessionId } = ctx.actor
      const people = await staffSignedIn(ctx.db, sessionId)
      const how = { reason: 'everyone', by: staffId, now: ctx.clock.now() } as const
      const ended = await endSessions(ctx.db, { but: sessionId }, how)
      await ctx.tell({ topic: 'sessions' })
      for (const only of people) await ctx.tell({ topic: 'session', only })
      ctx.record({ object: 'staff_member', id: staffId, after: { ended } })
      return { ended }
    }),
  ]
}

function pageOf<Row extends { id: string; exactAt: string }, Line>(
  rows: readonly Row[],
  limit: number,
  total: number,
  line: (row: Row) => Line,
) {
  const shown = rows.slice(0, limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    rows: shown.map(line),
    total: Math.min(total, countedUpTo),
    totalIsExact: total <= countedUpTo,
    next: last ? cursorOf({ at: last.exactAt, id: last.id }) : null,
  }
}

function asBlock(row: BlockRow, now: Date): AddressBlock {
  const { id, network, refused, liftedBy } = row
  return {
    id,
    network: asWritten(network),
    country: null,
    reason: row.reason as AddressBlock['reason'], // checked by the table
    refused,
    createdAt: row.createdAt.toISOString(),
    lastRefusedAt: row.lastRefusedAt?.toISOString() ?? null,
    until: row.until.toISOString(),
    liftedAt: row.liftedAt?.toISOString() ?? null,
    liftedBy,
    active: row.liftedAt === null && row.until > now,
  }
}
