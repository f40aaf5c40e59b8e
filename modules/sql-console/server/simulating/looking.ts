/** What each statement of a transaction did, asked after each: what stands then, less what stood before. */
import type pg from 'pg'
import type { Bounds } from './bounds.ts'
import { between, effectOf, nothing, type Difference, type Standing } from './effects.ts'
import { gone, made, numbersOf, read, touched, type Touched } from './images.ts'
import type { Change, Effect, Row } from './simulation.ts'

type Seen = { effects: { [table: string]: Effect }; changes: Change[]; moreChanges: number }
type Known = Standing & { counted: Touched['counted']; images: Map<string, Row> }

export function lookingAt(at: {
  inside: pg.Client
  beside: pg.Client
  xid: string
  pid: number
  bounds: Bounds
}) {
  const { inside, beside, bounds } = at
  const known = new Map<string, Known>()
  let left = bounds.changes

  async function now(): Promise<Seen> {
    const [all, numbers] = await Promise.all([touched(inside), numbersOf(beside, at.xid, at.pid)])
    const seen: Seen = { effects: {}, changes: [], moreChanges: 0 }
    for (const table of all) {
      const was = known.get(table.oid) ?? {
        ...nothing,
        counted: { inserted: 0, updated: 0, deleted: 0 },
        images: new Map(),
      }
      const is: Known = {
        made: await made(inside, table, numbers, bounds.counted),
        gone: await gone(inside, beside, table, numbers, bounds.counted),
        counted: table.counted,
        images: was.images,
      }
      known.set(table.oid, is)
      const difference = between(was, is)
      if (difference.before.size + difference.after.size === 0) continue
      const counted = {
        inserted: is.counted.inserted - was.counted.inserted,
        updated: is.counted.updated - was.counted.updated,
        deleted: is.counted.deleted - was.counted.deleted,
      }
      const effect = effectOf(difference, table, counted)
      seen.effects[table.name] = effect
      const { changes, more } = await imagesOf(table, difference, is.images)
      seen.changes.push(...changes)
      seen.moreChanges += more
    }
    return seen
  }

  /** Before and after of the first of them. */
  async function imagesOf(table: Touched, { before, after }: Difference, images: Map<string, Row>) {
    const keys = [...new Set([...before.keys(), ...after.keys()])]
    const shown = keys.slice(0, left)
    left -= shown.length
    const later = shown.flatMap((key) => after.get(key) ?? [])
    const earlier = shown.flatMap((key) => {
      const place = before.get(key)
      return place && !place.own ? place.ctid : []
    })
    const [nowThere, stillThere] = await Promise.all([
      read(inside, table, later),
      read(beside, table, earlier),
    ])
    for (const [ctid, row] of nowThere) images.set(ctid, row)
    const changes = shown.map((key): Change => {
      const was = before.get(key)
      const ctid = after.get(key)
      return {
        table: table.name,
        before: was ? ((was.own ? images : stillThere).get(was.ctid) ?? null) : null,
        after: ctid === undefined ? null : (nowThere.get(ctid) ?? null),
      }
    })
    return { changes, more: keys.length - shown.length }
  }

  return {
    now,
    /** Rows that PostgreSQL will have to clear away. */
    deadRows: () => [...known.values()].reduce((sum, { made: rows }) => sum + rows.size, 0),
  }
}
