/** What concerns somebody besides promises: worked out from what was said and done, and kept nowhere. */
import type { Notice } from '#contract/support'
import { sql, type CentralDb } from '#platform/server/db.ts'

const shownDays = 14
const shown = 50

/**
 * Notes that call them; what clients wrote in tickets that are theirs, the latest of each; tickets a colleague gave them and
 * that are theirs still. The latest first.
 */
export async function noticesFor(db: CentralDb, staffId: string, now: Date): Promise<Notice[]> {
  const since = new Date(now.getTime() - shownDays * 86_400_000)
  const { rows } = await sql<{
    id: string
    number: number
    subject: string
    kind: Notice['kind']
    by: string
    at: Date
    seen: boolean
  }>`
    with happened (ticket_id, kind, by, at) as (
      select m.ticket_id, 'mentioned', m.by_name, m.written_at from ticket_messages m
        where m.kind = 'note' and m.mentions @> array[${staffId}::uuid] and m.by_staff_id is distinct from ${staffId}::uuid
          and m.taken_back_at is null and m.written_at > ${since}
      union all
      (select distinct on (m.ticket_id) m.ticket_id, 'answered', m.by_name, m.written_at
        from tickets t join ticket_messages m on m.ticket_id = t.id
        where t.assignee_id = ${staffId} and t.last_message_at > ${since} and m.kind = 'customer'
          and m.written_at > ${since} and m.written_at > t.opened_at
        order by m.ticket_id, m.written_at desc)
      union all
      (select distinct on (e.ticket_id) e.ticket_id, 'assigned', e.actor_label, e.at
        from tickets t join ticket_events e on e.ticket_id = t.id
        where t.assignee_id = ${staffId} and t.status <> 'resolved' and e.kind = 'assigned' and e.at > ${since}
          and e.data ->> 'toId' = ${staffId} and e.actor_staff_id is distinct from ${staffId}::uuid
        order by e.ticket_id, e.at desc))
    select t.id, t.number, t.subject, h.kind, h.by, h.at,
      coalesce(h.at <= r.read_at or h.at <= p.notices_seen_at, false) as seen
    from happened h
      join tickets t on t.id = h.ticket_id and t.trashed_at is null and t.forgotten_at is null and t.merged_into_id is null
      left join ticket_reads r on r.ticket_id = t.id and r.staff_id = ${staffId}
      left join support_preferences p on p.staff_id = ${staffId}
    order by h.at desc, t.number desc, h.kind
    limit ${shown}`.execute(db)
  return rows.map(({ id, number, subject, at, ...notice }) => ({
    ...notice,
    ticket: { id, number, subject },
    at: at.toISOString(),
  }))
}
