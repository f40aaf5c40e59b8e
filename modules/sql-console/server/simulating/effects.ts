/** From the rows that came and went to what a statement did: paired by their key, net of what came and went again. */
import { createHash } from 'node:crypto'
import type { Rows } from './images.ts'
import type { Effect, Inexact } from './simulation.ts'
import type { Counted, Table } from './touched.ts'

/** Of one table, all that a transaction has made and ended so far. */
export type Standing = { made: Rows; gone: Rows }
export const nothing: Standing = { made: new Map(), gone: new Map() }

/** What stood before a statement and does not now; what stands now and did not: each by its key. */
export type Difference = { before: Map<string, Place>; after: Map<string, string> }
/** Where an image is read: one that others still see beside, one of our own that is gone nowhere. */
export type Place = { ctid: string; own: boolean }

export function between(was: Standing, is: Standing): Difference {
  const before = new Map<string, Place>()
  for (const [ctid, key] of was.made) if (!is.made.has(ctid)) add(before, key, { ctid, own: true })
  for (const [ctid, key] of is.gone) if (!was.gone.has(ctid)) add(before, key, { ctid, own: false })
  const after = new Map<string, string>()
  for (const [ctid, key] of is.made) if (!was.made.has(ctid)) add(after, key, ctid)
  return { before, after }
}

/** Of a table of which all rows are known before and after. */
export function betweenLists(was: Rows, is: Rows): Difference {
  const before = new Map<string, Place>()
  for (const [ctid, key] of was) if (!is.has(ctid)) add(before, key, { ctid, own: true })
  const after = new Map<string, string>()
  for (const [ctid, key] of is) if (!was.has(ctid)) add(after, key, ctid)
  return { before, after }
}

/** A key that is only unique at the end may be there twice meanwhile: the second is another row. */
function add<T>(rows: Map<string, T>, key: string, value: T): void {
  let free = key
  for (let turn = 2; rows.has(free); turn++) free = `${key}\0${turn}`
  rows.set(free, value)
}

export const less = (is: Counted, was: Counted): Counted => ({
  inserted: is.inserted - was.inserted,
  updated: is.updated - was.updated,
  deleted: is.deleted - was.deleted,
})

/**
 * A row whose key changed is one that changed, too: where some are left on both sides, PostgreSQL's own count says how many
 * of them were. Of a table without a key that is all there is. It counts what came and went again, too: where it says another
 * number than the rows do, nobody knows.
 * @param counted by PostgreSQL, in this statement
 */
export function effectOf(
  { before, after }: Difference,
  table: Pick<Table, 'key' | 'hidden'>,
  counted: Counted,
): Effect {
  let same = 0
  if (table.key.length) for (const key of after.keys()) if (before.has(key)) same++
  const came = after.size - same
  const went = before.size - same
  const moved = Math.max(0, Math.min(came, went, counted.updated - same))
  const effect = { inserted: came - moved, updated: same + moved, deleted: went - moved }
  const isSure =
    came === 0 ||
    went === 0 ||
    (counted.inserted === effect.inserted &&
      counted.updated === effect.updated &&
      counted.deleted === effect.deleted)
  const which = table.key.length && before.size ? { which: digestOf(before.keys()) } : {}
  return {
    ...none,
    ...effect,
    ...which,
    ...because(table.hidden ? 'hidden_rows' : isSure ? undefined : 'no_key'),
  }
}

/** What PostgreSQL counted, where rows could not be looked at. */
export const countedOnly = (counted: Counted, why: Inexact): Effect => ({
  ...none,
  ...counted,
  ...because(why),
})

export const none = { inserted: 0, updated: 0, deleted: 0, truncated: false, dropped: false, exact: true }

export const because = (inexact: Inexact | undefined): { exact: boolean; inexact?: Inexact } =>
  inexact ? { exact: false, inexact } : { exact: true }

export const isNothing = ({ inserted, updated, deleted }: Counted): boolean =>
  inserted === 0 && updated === 0 && deleted === 0

const digestOf = (keys: Iterable<string>): string =>
  createHash('sha256')
    .update(JSON.stringify([...keys].toSorted()))
    .digest('base64url')
