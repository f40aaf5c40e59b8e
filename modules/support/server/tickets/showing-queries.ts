import type { Ticket } from '#contract/support'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'tickets'>

/** All but what is worked out from its log, written as JSON by PostgreSQL. */
export async function ticketFacts(
  db: Db,
  id: string,
  staffId: string,
): Promise<Omit<Ticket, 'targets'> | undefined> {
  const { rows } = await sql<{ ticket: Omit<Ticket, 'targets'> }>`
    select json_build_object(
      'id', t.id, 'number', t.number, 'subject', t.subject, 'status', t.status, 'waiting', t.waiting,
      'priority', t.priority, 'topic', t.topic, 'channel', t.channel, 'progress', t.progress, 'revision', t.revision,
      'requester', json_build_object('name', t.requester_name, 'email', t.requester_email, 'memberId', t.requester_member_id),
      'client', (select json_build_object('id', c.id, 'name', trim(c.first_name || ' ' || c.last_name)) from clients c where c.id = t.client_id),
      'tenant', (select json_build_object('id', p.id, 'name', p.name) from tenants p where p.id = t.tenant_id),
      'assignee', (select json_build_object('id', s.id, 'name', s.first_name || ' ' || s.last_name) from staff_members s where s.id = t.assignee_id),
      'team', (select json_build_object('id', g.id, 'name', g.name) from support_teams g where g.id = t.team_id),
      'openedBy', (select s.first_name || ' ' || s.last_name from staff_members s where s.id = t.opened_by),
      'tags', coalesce((select json_agg(w.name order by lower(w.name)) from ticket_tags tt join support_tags w on w.id = tt.tag_id
        where tt.ticket_id = t.id), '[]'),
      'followers', coalesce((select json_agg(json_build_object('id', s.id, 'name', s.first_name || ' ' || s.last_name) order by s.last_name, s.id)
        from ticket_followers f join staff_members s on s.id = f.staff_id where f.ticket_id = t.id), '[]'),
      'links', coalesce((select json_agg(json_build_object('kind', l.kind, 'id', l.id, 'label', coalesce(
          (select i.number from invoices i where l.kind = 'invoice' and i.id = l.id),
          (select '#' || o.number || ' ' || o.subject from tickets o where l.kind = 'ticket' and o.id = l.id),
          (select s.first_name || ' ' || s.last_name || ' · ' || to_char(a.asked_at at time zone 'Europe/Paris', 'DD/MM/YYYY')
            from impersonations a join staff_members s on s.id = a.staff_id where l.kind = 'impersonation' and a.id = l.id), ''))
          order by l.created_at, l.id)
        -- Two tickets hang together whichever of them it was said of, also where it was said of both.
        from (select kind, id, min(created_at) as created_at from (
          select kind, target_id as id, created_at from ticket_links where ticket_id = t.id
          union all select kind, ticket_id, created_at from ticket_links where kind = 'ticket' and target_id = t.id) sides
          group by kind, id) l), '[]'),
      'rating', (select json_build_object('score', r.score, 'comment', r.comment, 'ratedAt', ${instant('r.rated_at')})
        from ticket_ratings r where r.ticket_id = t.id),
      'unread', coalesce((select r.read_at < t.last_message_at from ticket_reads r
        where r.ticket_id = t.id and r.staff_id = ${staffId}), true),
      'openedAt', ${instant('t.opened_at')}, 'lastMessageAt', ${instant('t.last_message_at')},
      'snoozedUntil', ${instant('t.snoozed_until')}, 'resolvedAt', ${instant('t.resolved_at')},
      'trashedAt', ${instant('t.trashed_at')}, 'forgottenAt', ${instant('t.forgotten_at')},
      'dueAt', ${instant('t.due_at')}, 'warnsAt', ${instant('t.warns_at')},
      'breached', t.breached,
      'mergedInto', (select json_build_object('id', o.id, 'number', o.number, 'subject', o.subject) from tickets o
        where o.id = t.merged_into_id),
      'mergedHere', coalesce((select json_agg(json_build_object('id', o.id, 'number', o.number, 'subject', o.subject) order by o.number)
        from tickets o where o.merged_into_id = t.id), '[]')) as ticket
    from tickets t where t.id = ${id}`.execute(db)
  return rows[0]?.ticket
}

/** As `Date` writes it, so that an instant is written the same wherever it is read. */
const instant = (column: string) =>
  sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
