import type { RawBuilder } from 'kysely'
import type { Queue, TicketFilter } from '#contract/support'
import type { z } from 'zod'
import { sql } from '#platform/server/db.ts'
import { plainText } from '#platform/server/plain-text.ts'
import { reported } from './reported-sql.ts'

type Condition = RawBuilder<boolean>

/** A filter ready to be asked: of whom, and when. */
export type Wanted = {
  filter: TicketFilter
  /** Whose tickets `mine` and `team` are, and by whom they are read or not. */
  asker: string
  now: Date
}

/** What holds for ticket `t` when the filter shows it to who asks. */
export function matching({ filter, asker, now }: Wanted): Condition {
  const { queue, q, status, priority, topic, assigneeId, teamId, clientId, tenantId, tag } = filter
  const conditions: Condition[] = [inQueue(queue, asker, now)]
  if (queue !== 'trash') conditions.push(sql`t.trashed_at is null`)
  conditions.push(notMerged)
  if (!filter.snoozed && !isPile(queue) && queue !== 'snoozed') conditions.push(inSight(now))
  if (q) conditions.push(sql`t.id in (select id from hits)`)
  if (status) conditions.push(sql`t.status = ${status}`)
  if (priority) conditions.push(sql`t.priority = ${priority}`)
  if (topic) conditions.push(sql`t.topic = ${topic}`)
  if (assigneeId) conditions.push(isOrNone(sql`t.assignee_id`, assigneeId))
  if (teamId) conditions.push(isOrNone(sql`t.team_id`, teamId))
  if (clientId) conditions.push(sql`t.client_id = ${clientId}::uuid`)
  if (tenantId) conditions.push(sql`t.tenant_id = ${tenantId}::uuid`)
  if (tag)
    conditions.push(sql`exists (select from ticket_tags tt join support_tags w on w.id = tt.tag_id
      where tt.ticket_id = t.id and lower(w.name) = lower(${tag}))`)
  if (filter.unread) conditions.push(isUnread(asker))
  conditions.push(...reported(filter, now))
  return sql`${sql.join(conditions, sql` and `)}`
}

/** By the number or the words of a ticket that was put into another, the other is found. */
const livesIn = sql`coalesce(merged_into_id, id)`

/** What piles up: nothing in it is put off, and it is counted no further than a list says. */
export const isPile = (queue: z.infer<typeof Queue>) =>
  queue === 'resolved' || queue === 'all' || queue === 'trash'

export const notMerged: Condition = sql`t.merged_into_id is null`

const isOrNone = (column: RawBuilder<unknown>, id: string): Condition =>
  id === 'none' ? sql`${column} is null` : sql`${column} = ${id}::uuid`

/** The words of the indexes on open tickets (0013_support.sql): without them PostgreSQL would not take one. */
const open = sql<boolean>`t.status <> 'resolved'`

export function inQueue(queue: z.infer<typeof Queue>, asker: string, now: Date): Condition {
  switch (queue) {
    case 'all':
      return sql`true`
    case 'trash':
      return sql`t.trashed_at is not null`
    case 'resolved':
      return sql`t.status = 'resolved'`
    case 'open':
      return open
    case 'mine':
      return sql`${open} and t.assignee_id = ${asker}::uuid`
    case 'team':
      return sql`${open} and t.team_id in (select team_id from support_team_members where staff_id = ${asker}::uuid)`
    case 'unassigned':
      return sql`${open} and t.assignee_id is null`
    case 'waiting':
      return sql`${open} and t.waiting`
    case 'snoozed':
      return sql`${open} and t.snoozed_until > ${now}::timestamptz`
    case 'soon':
      return sql`${open} and t.warns_at <= ${now}::timestamptz`
  }
}

/** Not put off, or no longer. */
export const inSight = (now: Date): Condition =>
  sql`(t.snoozed_until is null or t.snoozed_until <= ${now}::timestamptz)`

/** Something was said since they last looked, or they never did. */
export const isUnread = (asker: string): Condition =>
  sql`not exists (select from ticket_reads r
    where r.ticket_id = t.id and r.staff_id = ${asker}::uuid and r.read_at >= t.last_message_at)`

/**
 * What a statement with `matching` begins with: the tickets `hits` that are searched for, looked up once however often they
 * are asked of. Words of the subject or of what was said, in French and without accents; a number; a part of a name or an
 * address. Each by its own index, whose finds are put together: one condition with `or` would read every ticket.
 */
export function searched({ filter: { q } }: Wanted): RawBuilder<unknown> {
  if (!q) return sql``
  const text = plainText(q)
  const words = sql`plainto_tsquery('pg_catalog.french', ${text})`
  const number = /^#?(\d{1,9})$/.exec(q.trim())?.[1]
  const ways = [
    sql`select ${livesIn} from tickets where french_words(subject) @@ ${words}`,
    sql`select ticket_id from ticket_messages where french_words(body) @@ ${words} and taken_back_at is null`,
  ]
  if (text.length > 1)
    ways.push(sql`select ${livesIn} from tickets
      where plain_text(requester_name || ' ' || requester_email) like ${`%${text.replaceAll(/[%_\\]/g, '\\$&')}%`}`)
  if (number) ways.push(sql`select ${livesIn} from tickets where number = ${Number(number)}`)
  return sql`hits (id) as materialized (${sql.join(ways, sql` union `)}),`
}
