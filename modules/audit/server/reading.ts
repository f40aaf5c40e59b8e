import { type AuditEntry, getAuditEntry, listAuditEntries } from '#contract/audit'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { type Context, found, handle, type Handler } from '#platform/server/requests.ts'
import { z } from 'zod'
import { entriesPage, entryById, type LineRow } from './queries.ts'

/** All six decimals, as queries.ts has PostgreSQL write them; the years are those it can read again. */
const Cursor = z.strictObject({ at: z.iso.datetime({ precision: 6 }).regex(/^(19|20|21)/), id: z.uuid() })

export const reading: Handler[] = [
  handle(listAuditEntries, async (ctx, { query }) => {
    const rows = await entriesPage(ctx.db, {
      ...readerOf(ctx),
      before: readCursor(Cursor, query.after),
      limit: query.limit + 1,
      verb: query.verb,
      objectType: query.objectType,
      person: query.person,
    })
    const shown = rows.slice(0, query.limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return {
      rows: shown.map(asLine),
      next: last ? cursorOf({ at: last.exactAt, id: last.id }) : null,
    }
  }),

  handle(getAuditEntry, async (ctx, { params: { id } }) => {
    const row = found(await entryById(ctx.db, id, readerOf(ctx)))
    return {
      ...asLine(row),
      onBehalfOf: row.subjectId,
      userAgent: row.userAgent,
      requestId: row.requestId,
      before: asFields(row.before),
      after: asFields(row.after),
    }
  }),
]

/** The names of clients are for those who may read clients. */
const readerOf = (ctx: Context) => ({ mayReadClients: ctx.actor.permissions.has('clients.read') })

function asLine(row: LineRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actorLabel,
    verb: row.verb,
    objectType: row.objectType,
    objectId: row.objectId,
    objectName: row.objectName,
    objectCount: row.objectCount,
    ip: row.ip,
  }
}

/** What is no object of fields is told as the only field of one. */
function asFields(written: unknown): Record<string, unknown> | null {
  if (written === null || written === undefined) return null
  const fields = z.record(z.string(), z.unknown()).safeParse(written)
  return fields.success ? fields.data : { value: written }
}
