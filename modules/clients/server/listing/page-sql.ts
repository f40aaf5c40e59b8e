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

/** Whether a page is picked out of all that match, which then stand in `found`, instead of being read from an index. */
export const picks = ({ wanted, order }: Pick<PageRequest, 'wanted' | 'order'>) =>
  wanted.search !== undefined || !order.indexed

/**
 * The common table expressions of a page: its rows stand in `page`, numbered by `place` from 1, with the key each has in
 * the order.
 */
export function pageTables(request: PageRequest): RawBuilder<unknown> {
  const { order, from, reversed = false } = request
  if (picks(request)) return picked(request)
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

/**
 * The best of all that match. What is searched for is few among many: walking an index in the order of names until fifty
 * are found would read most of it, and the count needs them all anyway.
 */
function picked({ wanted, order, from, limit, reversed = false }: PageRequest): RawBuilder<unknown> {
  const ranked = order.sort === 'relevance' && wanted.search ? rank(wanted.search) : sql`0`
  const way = order.descending === reversed ? sql`asc` : sql`desc`
  const first = reversed ? sql`desc` : sql`asc`
  const inOrder = sql`rank ${first}, key is null ${first}, key ${way}, id ${way}`
  return sql`found as materialized (
      select c.id, ${order.key} as key, ${ranked} as rank from ${order.source} where ${matching(wanted)}),
    page as (
      select ${rowOfClient}, best.rank, best.key, best.place
      from (select *, row_number() over (order by ${inOrder}) as place from found
        ${from ? sql`where ${beyond(from, order, reversed)}` : sql``} order by ${inOrder} limit ${sql.lit(limit)}) best
      join clients c on c.id = best.id)`
}

/** What comes after a place in (rank, whether the key is missing, key, id). */
function beyond({ rank: at = 0, key, id }: Place, order: Order, reversed: boolean): RawBuilder<boolean> {
  const further = order.descending === reversed ? sql`>` : sql`<`
  const otherRank = reversed ? sql`rank < ${at}` : sql`rank > ${at}`
  const sameRank =
    key === null
      ? sql`(key is null and id ${further} ${id}::uuid ${reversed ? sql`or key is not null` : sql``})`
      : sql`((key, id) ${further} (${key}::${order.type}, ${id}::uuid) ${reversed ? sql`` : sql`or key is null`})`
  return sql`(${otherRank} or rank = ${at} and ${sameRank})`
}
