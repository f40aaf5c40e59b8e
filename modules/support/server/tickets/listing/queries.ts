import type { RawBuilder } from 'kysely'
import { trashDays } from '#contract/support'
import { sql } from '#platform/server/db.ts'
import { isUnread, matching, searched, type Wanted } from './filter-sql.ts'
import { asText, type Order, type Place } from './order.ts'

/** Beyond this many nobody counts on: the screen shows "10 000+". */
export const countedUpTo = 10_000

export type PageRequest = {
  wanted: Wanted
  order: Order
  /** Begins after this place. */
  from: Place | undefined
  limit: number
}

/**
 * An index gives the tickets that have the key in its order; those without it come after them. What is searched for is few
 * among many, and sorted out of all that match: it stands in one stretch.
 */
export type Stretch = 'present' | 'missing' | 'whole'

export type PagePart = {
  /** JSON, written by PostgreSQL (decision 6), without the brackets around it; null when there is none. */
  rows: string | null
  /** One more than were taken tells that the queue goes on. */
  got: number
  /** Of the last one taken. */
  key: string | null
  id: string | null
  /** Of the whole queue; null when there are more than `countedUpTo`, or when it was not asked for. */
  total: number | null
}

/** The first `take` rows of a page's stretch and, if `counted`, how many the whole queue has, in one question. */
export function partOfPage(
  { wanted, order, from, limit }: PageRequest,
  stretch: Stretch,
  { take, counted }: { take: number; counted: boolean },
): RawBuilder<PagePart> {
  const { key } = order
  const way = order.descending ? sql`desc` : sql`asc`
  // Said only where it matters: it would keep a descending order from its index.
  const last = stretch === 'whole' ? sql`nulls last` : sql``
  const conditions = [matching(wanted), ...within(order, stretch, from)]
  // The limit stands in the text: a plan kept for later must know that it is small.
  return sql<PagePart>`
    with ${searched(wanted)} page as (
      select t.*, ${key} as key, row_number() over (order by ${key} ${way} ${last}, t.id ${way}) as place
      from tickets t where ${sql.join(conditions, sql` and `)}
      order by ${key} ${way} ${last}, t.id ${way} limit ${sql.lit(limit + 1)})
    select string_agg(row_to_json(shown)::text, ',' order by t.place) filter (where t.place <= ${take}) as rows,
      count(*)::integer as got,
      max(${asText(order, sql`t.key`)}) filter (where t.place = ${take}) as key,
      max(t.id::text) filter (where t.place = ${take}) as id,
      ${counted ? sql`(${count(wanted)})` : sql`null::integer`} as total
    from page t
      left join clients c on c.id = t.client_id
      left join staff_members s on s.id = t.assignee_id
      left join support_teams g on g.id = t.team_id,
      lateral (select t.id, t.number, t.subject, t.status, t.waiting, t.priority, t.topic, t.requester_name as requester,
        case when c.id is not null then json_build_object('id', c.id, 'name', trim(c.first_name || ' ' || c.last_name)) end as client,
        case when s.id is not null then json_build_object('id', s.id, 'name', s.first_name || ' ' || s.last_name) end as assignee,
        case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end as team,
        coalesce((select json_agg(w.name order by lower(w.name)) from ticket_tags tt join support_tags w on w.id = tt.tag_id
          where tt.ticket_id = t.id), '[]') as tags,
        t.progress, ${isUnread(wanted.asker)} as unread, t.opened_at as "openedAt", t.last_message_at as "lastMessageAt",
        t.snoozed_until as "snoozedUntil", t.due_at as "dueAt", t.warns_at as "warnsAt",
        (t.breached or coalesce(t.due_at <= ${wanted.now}::timestamptz, false)) as breached,
        case when t.trashed_at is not null then json_build_object('at', t.trashed_at, 'by', (select e.actor_label from ticket_events e
          where e.ticket_id = t.id and e.kind = 'trashed' order by e.at desc, e.id desc limit 1),
          'until', t.trashed_at + ${trashDays} * interval '1 day') end as trashed) shown`
}

/** The part of an order a stretch is, from where the page before ended. */
function within(
  { key, type, nullable, descending }: Order,
  stretch: Stretch,
  from: Place | undefined,
): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = []
  if (nullable && stretch !== 'whole')
    conditions.push(stretch === 'present' ? sql`${key} is not null` : sql`${key} is null`)
  if (!from) return conditions
  const further = descending ? sql`<` : sql`>`
  const behind = sql<boolean>`(${key}, t.id) ${further} (${from.key}::${type}, ${from.id}::uuid)`
  if (from.key !== null && stretch === 'present') conditions.push(behind)
  if (from.key !== null && stretch === 'whole') conditions.push(sql`(${behind} or ${key} is null)`)
  if (from.key === null && stretch !== 'present')
    conditions.push(sql`${key} is null and t.id ${further} ${from.id}::uuid`)
  return conditions
}

function count(wanted: Wanted): RawBuilder<number | null> {
  return sql`select nullif(count(*)::integer, ${countedUpTo + 1}) from (
    select from tickets t where ${matching(wanted)} limit ${sql.lit(countedUpTo + 1)}) counted`
}
