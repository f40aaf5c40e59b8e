import type { RawBuilder } from 'kysely'
import type { ClientRow, ClientTotals } from '#contract/clients'
import { sql, type Tables } from '#platform/server/db.ts'
import { rank } from '../searching/queries.ts'
import { matching, type Wanted } from './filter-sql.ts'
import { keyAsText, type Order, type Place } from './order.ts'

type Db = Tables<'clients' | 'subscriptions' | 'currentFigures'>

/** Beyond this many nobody counts on: the screen shows "10 000+". */
export const countedUpTo = 10_000

const rowOfClient = sql`c.id, c.kind, c.status, c.last_name as "lastName", c.first_name as "firstName", c.email, c.city,
  c.department, c.next_payment_on as "nextPaymentOn", c.last_sign_in_at as "lastSignInAt", c.created_at as "createdAt",
  c.trashed_at as "trashedAt"`

/** A row with its subscription, from a row of the page. */
const rowOfPage = sql`page.id, page.kind, page.status, page."lastName", page."firstName", page.email, page.city,
  page.department, page."nextPaymentOn", page."lastSignInAt", page."createdAt", page."trashedAt",
  s.status as subscription, s.trial_ends_on as "trialEndsOn"`

export type PageRequest = {
  wanted: Wanted
  order: Order
  /** Begins after this place. */
  from: Place | undefined
  limit: number
  /** Backwards from there. */
  reversed?: boolean
}

/** One stretch of a list that an index can give in its order: clients that have the key, or those without it. */
function stretch(
  { wanted, order, from, limit, reversed = false }: PageRequest,
  which: 'present' | 'missing',
  atMost: RawBuilder<unknown> = sql`${limit}`,
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
  return sql`select ${rowOfClient}, null::integer as rank, ${keyAsText(order)} as key,
      row_number() over (order by ${key} ${way}, c.id ${way}) as place
    from clients c where ${sql.join(conditions, sql` and `)}
    order by ${key} ${way}, c.id ${way} limit ${atMost}`
}

/** By rank, then by name; ranks are few and found clients too, so these are sorted, not walked. */
function byRelevance({ wanted, order, from, limit, reversed = false }: PageRequest): RawBuilder<unknown> {
  const way = reversed ? sql`desc` : sql`asc`
  const beyond = reversed ? sql`<` : sql`>`
  const ranked = wanted.search ? rank(wanted.search) : sql`0`
  const begin = from
    ? sql`where (c.rank, c.sort_name, c.id) ${beyond} (${from.rank}::integer, ${from.key}::text, ${from.id}::uuid)`
    : sql``
  return sql`select ${rowOfClient}, c.rank, ${keyAsText(order)} as key,
      row_number() over (order by c.rank ${way}, c.sort_name ${way}, c.id ${way}) as place
    from (select c.*, ${ranked} as rank from clients c where ${matching(wanted)}) c ${begin}
    order by c.rank ${way}, c.sort_name ${way}, c.id ${way} limit ${limit}`
}

/** The common table expressions of a page, whose rows stand in `page` in the order of (leg, place). */
function pageTables(request: PageRequest): RawBuilder<unknown> {
  const { order, from, limit, reversed = false } = request
  if (order.sort === 'relevance')
    return sql`page as materialized (select *, 1 as leg from (${byRelevance(request)}) found)`
  if (!order.nullable)
    return sql`page as materialized (select *, 1 as leg from (${stretch(request, 'present')}) listed)`
  const ways = reversed ? (['missing', 'present'] as const) : (['present', 'missing'] as const)
  // Already in the second stretch: nothing of the first is left.
  const [first, second] = from && (from.key === null) === (ways[1] === 'missing') ? [ways[1]] : ways
  const firstRows = stretch(request, first ?? 'present')
  if (!second) return sql`page as materialized (select *, 1 as leg from (${firstRows}) listed)`
  return sql`first_rows as materialized (${firstRows}),
    page as materialized (
      select *, 1 as leg from first_rows
      union all
      select *, 2 from (${stretch(request, second, sql`greatest(0, ${limit} - (select count(*) from first_rows))`)}) listed)`
}

export type Page = {
  /** JSON, written by PostgreSQL (decision 6). */
  rows: string
  /** Null when there are more than `countedUpTo`. */
  total: number | null
  /** The place of the last row, when more follow. */
  last: Omit<Place, 'sort'> | null
}

/** A page, the count of the whole list and the place of the next page, in one question. */
export async function clientPage(db: Db, request: PageRequest): Promise<Page> {
  const { limit } = request
  const { rows } = await sql<Page>`
    with ${pageTables({ ...request, limit: limit + 1 })}
    select
      (select coalesce(json_agg(row_to_json(shown)), '[]')::text from (
        select ${rowOfPage} from (select * from page order by leg, place limit ${limit}) page
        left join subscriptions s on s.client_id = page.id and s.is_current
        order by page.leg, page.place) shown) as rows,
      (select json_build_object('id', id, 'key', key, 'rank', rank) from (
        select *, row_number() over (order by leg, place) as at, count(*) over () as got from page) placed
        where at = ${limit} and got > ${limit}) as last,
      (${count(request.wanted)}) as total`.execute(db)
  return rows[0]! // a select without a table has one row
}

/** Kept up to date with each change where only statuses and departments are asked for; else counted. */
function count(wanted: Wanted): RawBuilder<number | null> {
  const { status, department, trash, ...others } = wanted.filter
  const onlyFigures = Object.values(others).every((value) => value === undefined || value === '')
  if (onlyFigures && (trash ?? 'out') === 'out') {
    const parts = [sql`measure = 'clients' and day = date 'epoch'`]
    if (status) parts.push(sql`split_part(dimension, '|', 1) = any(${status}::text[])`)
    if (department) parts.push(sql`split_part(dimension, '|', 2) = any(${department}::text[])`)
    return sql`select coalesce(sum(count), 0)::integer from current_figures where ${sql.join(parts, sql` and `)}`
  }
  return sql`select nullif(count(*)::integer, ${countedUpTo + 1}) from (
    select from clients c where ${matching(wanted)} limit ${countedUpTo + 1}) counted`
}

export async function totalsByStatus(db: Db): Promise<ClientTotals> {
  const { rows } = await sql<ClientTotals>`
    select coalesce(sum(count) filter (where measure = 'clients'), 0)::integer as total,
      coalesce(sum(count) filter (where status = 'active'), 0)::integer as active,
      coalesce(sum(count) filter (where status = 'prospect'), 0)::integer as prospect,
      coalesce(sum(count) filter (where status = 'freemium'), 0)::integer as freemium,
      coalesce(sum(count) filter (where status = 'excluded'), 0)::integer as excluded,
      coalesce(sum(count) filter (where measure = 'trashed_clients'), 0)::integer as trashed
    from (select measure, split_part(dimension, '|', 1) as status, count from current_figures
      where measure in ('clients', 'trashed_clients') and day = date 'epoch') figures`.execute(db)
  return rows[0]! // an aggregate without groups has one row
}

/** Where a client stands in an order, whether the list shows it or not. */
export async function placeOf(
  db: Db,
  id: string,
  { order, wanted }: Pick<PageRequest, 'order' | 'wanted'>,
): Promise<Place | undefined> {
  const ranked = order.sort === 'relevance' && wanted.search ? rank(wanted.search) : sql`null::integer`
  const { rows } = await sql<{ key: string | null; rank: number | null }>`
    select ${keyAsText(order)} as key, ${ranked} as rank from clients c where c.id = ${id}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  return { sort: order.sort, key: row.key, id, ...(row.rank === null ? {} : { rank: row.rank }) }
}

export async function clientsFrom(
  db: Db,
  request: PageRequest,
): Promise<Pick<ClientRow, 'id' | 'firstName' | 'lastName'>[]> {
  const { rows } = await sql<Pick<ClientRow, 'id' | 'firstName' | 'lastName'>>`
    with ${pageTables(request)}
    select id, "firstName", "lastName" from page order by leg, place`.execute(db)
  return rows
}
