import { countAuditEntries, countedUpTo, listAuditEntries } from '#contract/audit'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { preparing } from '#platform/server/prepared.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import type pg from 'pg'
import { z } from 'zod'
import { asLine, payloadOf } from './line.ts'
import { namedFor, namesIn } from './names.ts'
import { asking, countMatching, readPage } from './queries.ts'
import { wantedOf } from './wanted.ts'

/** Entries tell their time to the millisecond; the years are those PostgreSQL can read again. */
const Place = z.strictObject({ at: z.iso.datetime({ precision: 3 }).regex(/^(19|20|21)/), id: z.uuid() })

export function listing({ vault, db, pool }: { vault: Vault; db: CentralDb; pool: pg.Pool }): Handler[] {
  const ask = asking(db)
  const prepared = preparing(db, pool)
  return [
    handle(listAuditEntries, async (ctx, { query: { after, limit, since, ...filter } }) => {
      const place = readCursor(Place, after)
      const mine = namedFor(ctx.actor)
      const wanted = await wantedOf(ctx.db, filter, { vault, mine, place: 'query' })
      const request = { wanted, after: place, since, limit: limit + 1, mine }
      const [{ rows, ...tree }, names] = await Promise.all([
        readPage(ask, prepared, request),
        namesIn(ctx.db, filter, mine),
      ])
      ctx.record({ object: 'audit_log', after: filter })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        rows: shown.map((row) => asLine(row, payloadOf(vault, row))),
        next: last ? cursorOf({ at: last.at.toISOString(), id: last.id }) : null,
        names,
        ...tree,
      }
    }),

    handle(countAuditEntries, async (ctx, { query: filter }) => {
      const wanted = await wantedOf(ctx.db, filter, { vault, mine: namedFor(ctx.actor), place: 'query' })
      const total = await countMatching(ctx.db, wanted, countedUpTo + 1)
      ctx.record({ object: 'audit_log', after: filter })
      return {
        total: total && Math.min(total, countedUpTo),
        totalIsExact: total !== null && total <= countedUpTo,
      }
    }),
  ]
}
