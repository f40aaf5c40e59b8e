import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'
import { rank } from '../searching/queries.ts'
import { matching } from './filter-sql.ts'
import type { Order, Place } from './order.ts'
import type { Wanted } from './wanted.ts'

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
 * A list is read in stretches that an index gives in its order, first the clients that have the key, then those without it;
 * or it is picked out of all that match, which then stand in `found`.
 */
export type Stretch = 'present' | 'missing' | 'picked'

/** The stretches a page may lie in, in the order in which they are read; what lies before its beginning is left out. */
export function stretchesOf({ wanted, order, from, reversed = false }: PageRequest): readonly Stretch[] {
  if (wanted.search || !order.indexed) return ['picked']
  if (!order.nullable) return ['present']
  const ways: Stretch[] = reversed ? ['missing', 'present'] : ['present', 'missing']
  const begin = from && (from.key === null) === (ways[1] === 'missing') ? 1 : 0
  return ways.slice(begin)
}

/** Common table expressions whose `page` holds the rows, numbered by `place` from 1, with the key each has in the order. */
export function pageTables(request: PageRequest, stretch: Stretch): RawBuilder<unknown> {
  return stretch === 'picked' ? picked(request) : read(request, stretch)
}

const rowOfClient = sql`c.id, c.kind, c.status, c.last_name as "lastName", c.first_name as "firstName", c.email, c.city,
  c.department, c.next_payment_on as "notedPaymentOn", c.last_sign_in_at as "lastSignInAt", c.created_at as "createdAt",
  c.trashed_at as "trashedAt", c.account_manager_id as "accountManagerId"`

function read(
  { wanted, order, from, limit, reversed = false }: PageRequest,
  stretch: 'present' | 'missing',
): RawBuilder<unknown> {
  const { key, type, nullable } = order
  const way = order.descending === reversed ? sql`asc` : sql`desc`
  const further = order.descending === reversed ? sql`>` : sql`<`
  const conditions = [matching(wanted)]
  if (nullable) conditions.push(stretch === 'present' ? sql`${key} is not null` : sql`${key} is null`)
  if (from && (from.key === null) === (stretch === 'missing')) {
    conditions.push(
      stretch === 'present'
        ? sql`(${key}, c.id) ${further} (${from.key}::${type}, ${from.id}::uuid)`
        : sql`c.id ${further} ${from.id}::uuid`,
    )
  }
  // The limit stands in the text: a plan kept for later must know that it is small.
  return sql`page as (
    select ${rowOfClient}, null::integer as rank, ${key} as key, row_number() over (order by ${key} ${way}, c.id ${way}) as place
    from clients c where ${sql.join(conditions, sql` and `)}
    order by ${key} ${way}, c.id ${way} limit ${sql.lit(limit)})`
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
