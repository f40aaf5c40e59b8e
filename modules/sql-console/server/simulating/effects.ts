/** From the rows that came and went to what a statement did: paired by their key, net of what came and went again. */
import type { Rows, Touched } from './images.ts'
import type { Effect } from './simulation.ts'

/** Of one table, all that a transaction has made and ended so far. */
export type Standing = { made: Rows; gone: Rows }
export const nothing: Standing = { made: new Map(), gone: new Map() }

/** What stood before a statement and does not now; what stands now and did not: each by its key. */
export type Difference = { before: Map<string, Place>; after: Map<string, string> }
/** Where an image is read: one that others still see beside, one of our own that is gone nowhere. */
type Place = { ctid: string; own: boolean }

export function between(was: Standing, is: Standing): Difference {
  const before = new Map<string, Place>()
  for (const [ctid, key] of was.made) if (!is.made.has(ctid)) before.set(key, { ctid, own: true })
  for (const [ctid, key] of is.gone) if (!was.gone.has(ctid)) before.set(key, { ctid, own: false })
  const after = new Map<string, string>()
  for (const [ctid, key] of is.made) if (!was.made.has(ctid)) after.set(key, ctid)
  return { before, after }
}

/**
 * A row whose key changed is one that changed, too: where some are left on both sides, PostgreSQL's own count says how many
 * of them were. Of a table without a key that is all there is.
 * @param counted by PostgreSQL, in this statement
 */
export function effectOf(
  { before, after }: Difference,
  table: Pick<Touched, 'key'>,
  counted: Touched['counted'],
): Effect {
  let same = 0
  if (table.key.length) for (const key of after.keys()) if (before.has(key)) same++
  const moved = Math.max(0, Math.min(before.size - same, after.size - same, counted.updated - same))
  return {
    inserted: after.size - same - moved,
    updated: same + moved,
    deleted: before.size - same - moved,
    truncated: false,
    dropped: false,
    exact: true,
  }
}
