import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import { rank } from '../searching/queries.ts'
import { matching, type Wanted } from './filter-sql.ts'
import type { Order, Place } from './order.ts'

export type PageRequest = {
  wanted: Wanted
  order: Order
  /** Begins after this place. */
  from: Place | undefined
  limit: number
  /** Backwards from there. */
  reversed?: boolean
}

/**
 * The common table expressions of a page: its rows stand in `page`, numbered by `place` from 1, with the key each has in
 * the order. For relevance all that was found stands in `found`.
 */
export function pageTables(request: PageRequest): RawBuilder<unknown> {
  const { order, from, reversed = false } = request
  if (order.sort === 'relevance') return byRelevance(request)
  if (!order.nullable) return sql`page as (${stretch(request, 'present')})`
  const ways = reversed ? (['missing', 'present'] as const) : (['present', 'missing'] as const)
  // Already in the second stretch: nothing of the first is left.
  if (from && (from.key === null) === (ways[1] === 'missing'))
    return sql`page as (${stretch(request, ways[1])})`
  // The second is only walked for what the first left open.
  const filled = sql`(select count(*) from first_rows)`
  return sql`first_rows as materialized (${stretch(request, ways[0])}),
    page as (select * from first_rows union all (${stretch(request, ways[1], filled)}))`
}

const rowOfClient = sql`c.id, c.kind, c.status, c.last_name as "lastName", c.first_name as "firstName", c.email, c.city,
  c.department, c.next_payment_on as "nextPaymentOn", c.last_sign_in_at as "lastSignInAt", c.created_at as "createdAt",
  c.trashed_at as "trashedAt"`

/** One stretch of a list that an index gives in its order: the clients that have the key, or those without it. */
function stretch(
  { wanted, order, from, limit, reversed = false }: PageRequest,
  which: 'present' | 'missing',
  filled?: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { key, type, nullable } = order
  const way = order.descending === reversed ? sql`asc` : sql`desc`
  const beyond = order.descending === reversed ? sql`>` : sql`<`
  const conditions = [matching(wanted)]
  if (nullable) conditions.push(which === 'present' ? sql`${key} is not null` : sql`${key} is null`)
  if (from && (from.key === null) === (which === 'missing')) {
    conditions.push(
      which === 'present'
        ? sql`(${key}, c.id) ${beyond} (${from.key}::${type}, ${from.id}::uuid)`
        : sql`c.id ${beyond} ${from.id}::uuid`,
    )
  }
  // The limit stands in the text: a plan kept for later must know that it is small.
  return sql`select ${rowOfClient}, null::integer as rank, ${key} as key,
      ${filled ? sql`${filled} +` : sql``} row_number() over (order by ${key} ${way}, c.id ${way}) as place
    from clients c where ${sql.join(conditions, sql` and `)}
    order by ${key} ${way}, c.id ${way} limit ${filled ? sql`greatest(0, ${sql.lit(limit)} - ${filled})` : sql.lit(limit)}`
}

/** By rank, then by name. Who is found must be sorted whole anyway, so they are found once: for the page and for the count. */
function byRelevance({ wanted, from, limit, reversed = false }: PageRequest): RawBuilder<unknown> {
  const way = reversed ? sql`desc` : sql`asc`
  const beyond = reversed ? sql`<` : sql`>`
  const ranked = wanted.search ? rank(wanted.search) : sql`0`
  const begin = from
    ? sql`where (rank, sort_name, id) ${beyond} (${from.rank}::integer, ${from.key}::text, ${from.id}::uuid)`
    : sql``
  return sql`found as materialized (
      select c.id, c.sort_name, ${ranked} as rank from clients c where ${matching(wanted)}),
    page as (
      select ${rowOfClient}, best.rank, c.sort_name as key, best.place
      from (select *, row_number() over (order by rank ${way}, sort_name ${way}, id ${way}) as place from found ${begin}
        order by rank ${way}, sort_name ${way}, id ${way} limit ${sql.lit(limit)}) best
      join clients c on c.id = best.id)`
}
