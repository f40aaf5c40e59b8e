/** Which entries stand on one page of the log, as a statement. */
import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import { conditionsOf } from './conditions.ts'
import type { Wanted } from './wanted.ts'
import type { Condition, Way } from './ways.ts'

/** Where a page begins: after this entry, on the way to older ones. */
export type Place = { at: string; id: string }

/** `limit` stands in the statement as a number: of one unknown PostgreSQL would think that a tenth of the log was wanted. */
export type PageOrder = { wanted: Wanted; after: Place | undefined; limit: number }

export function pageFrom({ wanted, after, limit }: PageOrder): RawBuilder<unknown> {
  const { ways, rest } = conditionsOf(wanted)
  const clock = isAddressAlone(wanted) ? sql`e.payload_at` : sql`e.at`
  const all = [...rest, ...within(clock, wanted), ...older(clock, after)]
  return ways.length === 0 ? newest(all, clock, limit) : alongAll(ways, all, limit)
}

/** What was numbered since: few, so they are looked at one by one. */
export function newcomers({ wanted, after, limit }: PageOrder, since: number): RawBuilder<unknown> {
  const all = [...conditionsOf(wanted).all, ...within(sql`e.at`, wanted), ...older(sql`e.at`, after)]
  return sql`select e.id, e.at from (select * from audit_log where index >= ${since} offset 0) e
    where ${every(all)} order by e.at desc, e.id desc limit ${sql.lit(limit)}`
}

/** The whole filter as one condition on entry `e`. */
export const matching = (wanted: Wanted): Condition =>
  every([...conditionsOf(wanted).all, ...within(sql`e.at`, wanted)])

/**
 * Each way is read as far as the page could need it: not beyond what the ways before it gave. An entry may lie on several.
 */
function alongAll(ways: readonly Way[], all: readonly Condition[], limit: number): RawBuilder<unknown> {
  const names = ways.map((_, at) => sql.table(`hit_${at}`))
  const upTo = (at: number) =>
    sql.join(
      names.slice(0, at).map((name) => sql`select id, at from ${name}`),
      sql` union `,
    )
  const hits = ways.map((way, at) => {
    const last = sql`select at from (${upTo(at)}) before order by at desc offset ${sql.lit(limit - 1)} limit 1`
    const bound = at === 0 ? [] : [sql<boolean>`e.at >= coalesce((${last}), '-infinity')`]
    return sql`${names[at]} as materialized (${along(way, [...all, ...bound], limit)})`
  })
  return sql`with ${sql.join(hits)} select id, at from (${upTo(ways.length)}) hit order by at desc, id desc limit ${sql.lit(limit)}`
}

function along(way: Way, all: readonly Condition[], limit: number): RawBuilder<unknown> {
  if ('where' in way) return newest([way.where, ...all], sql`e.at`, limit)
  const entries = newest([sql`${way.column} = one.value`, ...all], sql`e.at`, limit)
  return sql`select hit.id, hit.at from unnest(${way.values}::text[]) as one (value) cross join lateral (${entries}) hit`
}

const newest = (all: readonly Condition[], clock: RawBuilder<unknown>, limit: number) => sql`
  select e.id, ${clock} as at from audit_log e where ${every(all)} order by ${clock} desc, e.id desc limit ${sql.lit(limit)}`

/** An address is indexed with the time of its payload, which is that of the entry. */
function isAddressAlone(wanted: Wanted): boolean {
  const besides = Object.entries(wanted).filter(([name]) => !['ipIndex', 'from', 'until'].includes(name))
  return wanted.ipIndex !== undefined && besides.every(([, value]) => value === undefined)
}

/**
 * At most one thing is asked for, whatever the period: the one index for it is the best for every value, so that the
 * statement may be prepared. Together two things are better planned for their values; so are words, and a result, rare or
 * not.
 */
export function isOfOneKind({ from: _from, until: _until, results, text, ...asked }: Wanted): boolean {
  const isSaid = text !== undefined && !('id' in text)
  const things = [text, ...Object.values(asked)].filter((value) => value !== undefined)
  return results === undefined && !isSaid && things.length <= 1
}

function within(clock: RawBuilder<unknown>, { from, until }: Wanted): Condition[] {
  return [
    ...(from ? [sql<boolean>`${clock} >= ${from}::timestamptz`] : []),
    ...(until ? [sql<boolean>`${clock} < ${until}::timestamptz`] : []),
  ]
}

const older = (clock: RawBuilder<unknown>, place: Place | undefined): Condition[] =>
  place ? [sql`(${clock}, e.id) < (${place.at}::timestamptz, ${place.id}::uuid)`] : []

const every = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
