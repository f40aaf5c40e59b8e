/** `/audit/log`: checkpoint, key and tiles as C2SP tlog-tiles lays them out, for those who may read the log. */
import { getAuditCheckpoint, getAuditTile, getAuditVerifierKey } from '#contract/audit'
import { found, handle, Stream, type Context, type Handler } from '#platform/server/requests.ts'
import { withSignature } from '../tree/notes.ts'
import { parseTilePath } from '../tree/tiles.ts'
import type { Signing } from '../witnessing/places.ts'
import { isWithin, type Published } from './published.ts'
import { cosignaturesOf } from './queries.ts'

const text = { 'content-type': 'text/plain; charset=utf-8' }

/**
 * A tile never changes, so a browser may keep it for good; but only for the session that was let in, and no proxy for
 * anybody.
 */
const tile = {
  'content-type': 'application/octet-stream',
  'cache-control': 'private, max-age=31536000, immutable',
  vary: 'cookie',
}

export const serving = (log: Published, witnesses: readonly Signing[]): Handler[] => [
  handle(getAuditCheckpoint, async (ctx) => {
    const head = found(await log.checkpoint())
    const lines = await cosignaturesOf(ctx.db, head, witnesses)
    recordLook(ctx)
    return new Stream(Buffer.from(lines.reduce(withSignature, head.note)), text)
  }),

  handle(getAuditVerifierKey, async (ctx) => {
    const vkey = found(await log.vkey())
    recordLook(ctx)
    return new Stream(vkey, text)
  }),

  handle(getAuditTile, async (ctx, { params: { '*': place } }) => {
    const path = `tile/${place}`
    const wanted = found(parseTilePath(path))
    const { size } = found(await log.checkpoint())
    const bytes = found(isWithin(wanted, size) ? await log.read(path) : undefined)
    recordLook(ctx)
    return new Stream(bytes, tile)
  }),
]

/** Whoever fetches the whole log asks for thousands of tiles: all of it is one look. */
const recordLook = (ctx: Context) => ctx.record({ object: 'audit_log' })
