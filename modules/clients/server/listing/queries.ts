import type { RawBuilder } from 'kysely'
import type { ClientRow, ClientTotals } from '#contract/clients'
import { andInside, inside, isLimited, type Within } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'
import { nextPayment } from '../next-payment.ts'
import { rank } from '../searching/queries.ts'
import { matching, monthlyAskedFor, subscriptionAskedFor } from './filter-sql.ts'
import { asText, type Place } from './order.ts'
import { pageTables, stretchesOf, type PageRequest, type Stretch } from './page-sql.ts'
import type { Wanted } from './wanted.ts'

type Db = Tables<'clients' | 'subscriptions' | 'currentFigures'>

/** Beyond this many nobody counts on: the screen shows "10 000+". */
export const countedUpTo = 10_000

export type PagePart = {
  /** JSON, written by PostgreSQL (decision 6), without the brackets around it; null when there is none. */
  rows: string | null
  /** One more than were taken tells that the list goes on. */
  got: number
  /** Of the last one taken. */
  key: string | null
  id: string | null
  rank: number | null
  /** Of the whole list; null when there are more than `countedUpTo`, or when it was not asked for. */
  total: number | null
  /** What the whole list pays a month; null where nobody asked for money. */
  monthlyCents: number | null
}

/** The first `take` rows of a page's stretch and, if `counted`, how many the whole list has, in one question. */
export function partOfPage(
  request: PageRequest,
  stretch: Stretch,
  { take, counted }: { take: number; counted: boolean },
): RawBuilder<PagePart> {
  const total = stretch === 'picked' ? sql`select count(*)::integer from found` : count(request.wanted)
  const asked = subscriptionAskedFor(request.wanted)
  return sql<PagePart>`
    with ${pageTables({ ...request, limit: request.limit + 1 }, stretch)}
    select string_agg(row_to_json(shown)::text, ',' order by page.place) filter (where page.place <= ${take}) as rows,
      count(*)::integer as got,
      max(${asText(request.order, sql`page.key`)}) filter (where page.place = ${take}) as key,
      max(page.id::text) filter (where page.place = ${take}) as id,
      max(page.rank) filter (where page.place = ${take}) as rank,
      ${counted ? sql`(${total})` : sql`null::integer`} as total,
      ${counted && asked ? sql`(${monthlySum(request.wanted, asked)})` : sql`null::bigint`} as "monthlyCents"
    from page
      left join lateral (
        -- One row at the most, said so that nobody plans for all subscriptions.
        select status, trial_ends_on, monthly_cents, cancel_on, next_period_on from subscriptions where client_id = page.id and is_current limit 1) s on true
      ${
        asked
          ? sql`left join lateral (
        select ${monthlyAskedFor(request.wanted)} as monthly_cents from subscriptions s where s.client_id = page.id and ${asked} limit 1) asked on true`
          : sql``
      },
      lateral (select page.id, page.kind, page.status, page."lastName", page."firstName", page.email, page.city,
        page.department, ${nextPayment(sql`page."notedPaymentOn"`)} as "nextPaymentOn", page."lastSignInAt", page."createdAt", page."trashedAt", page."accountManagerId",
        s.status as subscription, s.trial_ends_on as "trialEndsOn",
        ${asked ? sql`asked` : sql`s`}.monthly_cents as "monthlyCents") shown`
}

function monthlySum(wanted: Wanted, asked: RawBuilder<boolean>): RawBuilder<number> {
  return sql`select coalesce(sum(${monthlyAskedFor(wanted)}), 0)::bigint
    from clients c join subscriptions s on s.client_id = c.id and ${asked} where ${matching(wanted)}`
}

/**
 * Kept up to date with each change where only statuses and departments are asked for; else counted. The figures are of all
 * clients: who is limited gets theirs counted.
 */
function count(wanted: Wanted): RawBuilder<number | null> {
  const { status, department, trash, ...others } = wanted.filter
  const onlyFigures = Object.values(others).every((value) => value === undefined || value === '')
  if (onlyFigures && (trash ?? 'out') === 'out' && !isLimited(wanted.mine)) {
    const parts = [sql`measure = 'clients' and day = date 'epoch'`]
    if (status) parts.push(sql`split_part(dimension, '|', 1) = any(${status}::text[])`)
    if (department) parts.push(sql`split_part(dimension, '|', 2) = any(${department}::text[])`)
    return sql`select coalesce(sum(count), 0)::integer from current_figures where ${sql.join(parts, sql` and `)}`
  }
  return sql`select nullif(count(*)::integer, ${countedUpTo + 1}) from (
    select from clients c where ${matching(wanted)} limit ${countedUpTo + 1}) counted`
}

export async function totalsByStatus(db: Db, mine: Within): Promise<ClientTotals> {
  if (isLimited(mine)) return countedByStatus(db, mine)
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

async function countedByStatus(db: Db, mine: Within): Promise<ClientTotals> {
  const { rows } = await sql<ClientTotals>`
    select count(*) filter (where trashed_at is null)::integer as total,
      count(*) filter (where trashed_at is null and status = 'active')::integer as active,
      count(*) filter (where trashed_at is null and status = 'prospect')::integer as prospect,
      count(*) filter (where trashed_at is null and status = 'freemium')::integer as freemium,
      count(*) filter (where trashed_at is null and status = 'excluded')::integer as excluded,
      count(*) filter (where trashed_at is not null)::integer as trashed
    from clients c where ${inside(mine, sql`c`)}`.execute(db)
  return rows[0]! // an aggregate without groups has one row
}

/** Where a client stands in an order, whether the list shows it or not; nowhere when it lies outside. */
export async function placeOf(
  db: Db,
  id: string,
  { order, wanted }: Pick<PageRequest, 'order' | 'wanted'>,
): Promise<Place | undefined> {
  const ranked = order.sort === 'relevance' && wanted.search ? rank(wanted.search) : sql`null::integer`
  const { rows } = await sql<{ key: string | null; rank: number | null }>`
    select ${asText(order, order.key)} as key, ${ranked} as rank from ${order.source}
    where c.id = ${id} ${andInside(wanted.mine, sql`c`)}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  return { sort: order.sort, key: row.key, id, ...(row.rank === null ? {} : { rank: row.rank }) }
}

/** Who comes next after a place; nobody at the end of the list. */
export async function clientAfter(
  db: Db,
  request: Omit<PageRequest, 'limit'>,
): Promise<Pick<ClientRow, 'id' | 'firstName' | 'lastName'> | undefined> {
  const wanted = { ...request, limit: 1 }
  for (const stretch of stretchesOf(wanted)) {
    const { rows } = await sql<Pick<ClientRow, 'id' | 'firstName' | 'lastName'>>`
      with ${pageTables(wanted, stretch)} select id, "firstName", "lastName" from page`.execute(db)
    if (rows[0]) return rows[0]
  }
  return undefined
}
