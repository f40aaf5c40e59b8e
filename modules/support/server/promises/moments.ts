/** When a promise came near or ran out: what is told of it, and what is done about it, begin here. */
import { sql } from '#platform/server/db.ts'

/**
 * Each open promise whose warning or due date has passed, as PostgreSQL reads it from the clocks of open tickets. A ticket
 * that waits for its customer has none, and keeps what was told and done before.
 *
 * @param atWork the versions of policies it is about: nothing is told or done at night
 * @param ticketId of one ticket alone
 *
 * Columns: ticket_id, assignee_id, team_id, policy_version, target, due, kind (`warning` or `breach`), at
 */
export const momentsPassed = (now: Date, atWork: readonly string[], ticketId?: string) => sql`(
  select ticket.id as ticket_id, ticket.assignee_id, ticket.team_id, ticket.policy_version_id as policy_version,
    target.name as target, target.due, moment.kind, moment.at
  from tickets ticket
  cross join lateral jsonb_to_recordset(ticket.clocks -> 'targets')
    target (name text, due timestamptz, "warnsAt" timestamptz, "settledAt" timestamptz)
  cross join lateral (values ('warning', target."warnsAt"), ('breach', target.due)) moment (kind, at)
  where ticket.status <> 'resolved' and ticket.trashed_at is null and ticket.forgotten_at is null
    and ticket.due_at is not null and ticket.warns_at <= ${now} and ticket.policy_version_id = any(${atWork}::uuid[])
    and target."settledAt" is null and target.due is not null and moment.at <= ${now}
    ${ticketId === undefined ? sql`` : sql`and ticket.id = ${ticketId}`})`
