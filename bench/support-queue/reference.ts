import { serveJson } from '../shared/bare-server.ts'

/** GET /api/v1/tickets?queue=mine, its first 50 rows and its total. */
const statement = {
  name: 'queue',
  text: `
    select '{"rows":' || json_agg(row_to_json(shown))::text || ',"total":' || (
        select count(*) from tickets where trashed_at is null and status <> 'resolved' and assignee_id = $1
          and (snoozed_until is null or snoozed_until <= now()))
      || ',"totalIsExact":true,"next":' || json_build_object('key', max(shown."dueAt"), 'id', max(shown.id::text))::text || '}' as json
    from (
      select t.id, t.number, t.subject, t.status, t.waiting, t.priority, t.topic, t.requester_name as requester,
        case when c.id is not null then json_build_object('id', c.id, 'name', trim(c.first_name || ' ' || c.last_name)) end as client,
        case when s.id is not null then json_build_object('id', s.id, 'name', s.first_name || ' ' || s.last_name) end as assignee,
        case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end as team,
        coalesce((select json_agg(w.name order by lower(w.name)) from ticket_tags tt join support_tags w on w.id = tt.tag_id
          where tt.ticket_id = t.id), '[]') as tags,
        t.progress, not exists (select from ticket_reads r where r.ticket_id = t.id and r.staff_id = $1
          and r.read_at >= t.last_message_at) as unread, t.opened_at as "openedAt", t.last_message_at as "lastMessageAt",
        t.snoozed_until as "snoozedUntil", t.due_at as "dueAt", t.warns_at as "warnsAt",
        (t.breached or coalesce(t.due_at <= now(), false)) as breached, null::json as trashed
      from (
        select * from tickets
        where trashed_at is null and status <> 'resolved' and assignee_id = $1 and due_at is not null
          and (snoozed_until is null or snoozed_until <= now())
        order by due_at, id limit 50) t
      left join clients c on c.id = t.client_id
      left join staff_members s on s.id = t.assignee_id
      left join support_teams g on g.id = t.team_id
      order by t.due_at, t.id) shown`,
}

serveJson(statement, [process.env['AGENT']])
