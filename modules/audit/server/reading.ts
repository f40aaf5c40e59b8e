import { listAuditEntries } from '#contract/audit'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handle } from '#platform/server/requests.ts'
import { z } from 'zod'
import { entriesPage } from './queries.ts'

/** All six decimals, as queries.ts has PostgreSQL write them; the years are those it can read again. */
const Cursor = z.strictObject({ at: z.iso.datetime({ precision: 6 }).regex(/^(19|20|21)/), id: z.uuid() })

export const reading = handle(listAuditEntries, async (ctx, { query }) => {
  const rows = await entriesPage(ctx.db, {
    before: readCursor(Cursor, query.after),
    limit: query.limit + 1,
    verb: query.verb,
    objectType: query.objectType,
  })
  const shown = rows.slice(0, query.limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    rows: shown.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actorLabel,
      verb: row.verb,
      objectType: row.objectType,
      objectId: row.objectId,
      ip: row.ip,
    })),
    next: last ? cursorOf({ at: last.exactAt, id: last.id }) : null,
  }
})
