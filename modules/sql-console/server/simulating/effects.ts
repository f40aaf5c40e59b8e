/** From the rows that came and went to what a statement did: paired by their key, net of what came and went again. */
import { createHash } from 'node:crypto'
import { countSame, joined, keys, noRows, picked, places, rowsIn, without, type Rows } from './rows.ts'
import type { Effect, Inexact } from './simulation.ts'
import type { Counted, Table } from './touched.ts'

/** Of one table, all that a transaction has made and ended so far. */
export type Standing = { made: Rows; gone: Rows }
export const nothing: Standing = { made: noRows, gone: noRows }

/** What stood before a statement and does not now; what stands now and did not. */
export type Difference = {
  before: Rows
  /** So many of the first of them were our own: nobody else sees them. */
  own: number
  after: Rows
  /** How many of the keys stand on both sides. */
  same: number
}

export function between(was: Standing, is: Standing): Difference {
  const own = without(was.made, is.made)
  return differenceOf(joined(own, without(is.gone, was.gone)), own.count, without(is.made, was.made))
}

/** Of a table of which all rows are known before and after. @param was place → key, like `is` */
export function betweenLists(was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): Difference {
  const before = picked(rowsIn(was), (place) => !is.has(place))
  return differenceOf(
    before,
    before.count,
    picked(rowsIn(is), (place) => !was.has(place)),
  )
}

const differenceOf = (before: Rows, own: number, after: Rows): Difference => ({
  before,
  own,
  after,
  same: countSame(before, after),
})

/** Of a row before, after, or both. */
export type Pair = { before?: { place: string; own: boolean }; after?: string }

/** The first rows of which something stood before, then those that came. */
export function pairs({ before, own, after, same }: Difference, most: number): Pair[] {
  const keysBefore = keys(before, most)
  const first = places(before, most).map((place, index): Pair => ({ before: { place, own: index < own } }))
  // Where all stand on both sides and in the same order, so do the first of them.
  const isAligned =
    same === before.count && before.keysText !== undefined && before.keysText === after.keysText
  const keysAfter = keys(after, isAligned ? most : after.count)
  const placesAfter = places(after, isAligned ? most : after.count)
  const waiting = new Map<string, Pair[]>()
  for (const [index, pair] of first.entries()) {
    const key = keysBefore[index] ?? ''
    waiting.set(key, [...(waiting.get(key) ?? []), pair])
  }
  let unpaired = first.length
  for (const [index, place] of placesAfter.entries()) {
    if (unpaired === 0 && first.length >= most) break
    const pair = waiting.get(keysAfter[index] ?? place)?.shift()
    if (pair) {
      pair.after = place
      unpaired--
    } else if (first.length < most) first.push({ after: place })
  }
  return first
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
  { before, own, after, same: both }: Difference,
  table: Pick<Table, 'key' | 'hidden'>,
  counted: Counted,
): Effect {
  const same = table.key.length ? both : 0
  const came = after.count - same
  const went = before.count - same
  const moved = Math.max(0, Math.min(came, went, counted.updated - same))
  const effect = { inserted: came - moved, updated: same + moved, deleted: went - moved }
  const isSure =
    came === 0 ||
    went === 0 ||
    (counted.inserted === effect.inserted &&
      counted.updated === effect.updated &&
      counted.deleted === effect.deleted)
  // Of our own the key may have been made anew, and nobody else has changed them.
  const others = table.key.length ? keys(before).slice(own) : []
  const which = others.length ? { which: digestOf(others) } : {}
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

export const isNone = ({ before, after }: Difference): boolean => before.count + after.count === 0

export const isNothing = ({ inserted, updated, deleted }: Counted): boolean =>
  inserted === 0 && updated === 0 && deleted === 0

const digestOf = (which: string[]): string =>
  createHash('sha256').update(JSON.stringify(which.sort())).digest('base64url')
