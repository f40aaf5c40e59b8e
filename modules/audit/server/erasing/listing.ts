import { downloadErasureCertificate, erasureNotDone, listErasures, type Erasure } from '#contract/audit'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { found, handle, refuse, Stream, type Handler } from '#platform/server/requests.ts'
import { z } from 'zod'
import { namedFor } from '../searching/names.ts'
import { certificateOf, erasuresPage, type ErasureRow } from './queries.ts'

const Cursor = z.strictObject({ id: z.uuid() })

export const listing: Handler[] = [
  handle(listErasures, async (ctx, { query: { after, limit, state } }) => {
    const before = readCursor(Cursor, after)?.id
    const rows = await erasuresPage(ctx.db, namedFor(ctx.actor), { before, limit: limit + 1, state })
    const shown = rows.slice(0, limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return { rows: shown.map(asErasure), next: last ? cursorOf({ id: last.id }) : null }
  }),

  handle(downloadErasureCertificate, async (ctx, { params: { id } }) => {
    const { certificate } = found(await certificateOf(ctx.db, id))
    if (certificate === null) throw refuse(erasureNotDone)
    return new Stream(Buffer.from(certificate), {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="erasure-${id}.txt"`,
    })
  }),
]

export function asErasure(row: ErasureRow): Erasure {
  return {
    id: row.id,
    // The table's check holds the same three, and that nothing is asked for without a limit.
    kind: row.kind as Erasure['kind'],
    before: row.before.toISOString(),
    objectType: row.objectType,
    objectId: row.objectId,
    actorId: row.actorId,
    name: row.name,
    reason: row.reason,
    requestedBy: row.requestedBy === null ? null : { id: row.requestedBy, name: row.requestedByName ?? '' },
    requestedAt: row.requestedAt.toISOString(),
    entryId: row.entryId,
    state: row.doneAt ? 'done' : 'waiting',
    doneAt: row.doneAt?.toISOString() ?? null,
    erased: row.erased,
  }
}
