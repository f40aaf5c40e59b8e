import { sql, type CentralDb } from '#platform/server/db.ts'

export type Alert = {
  ticketId: string
  number: number
  kind: 'warning' | 'breach'
  dueAt: Date
  policyVersion: string | null
  staffId: string
}

/**
 * What nobody was told yet: a warning is for whoever has the ticket, a breach for who leads their team besides; where nobody
 * has it, both are for who leads. Whoever had a mail since `quietSince` has the rest with the next.
 */
export async function alertsToTell(db: CentralDb, now: Date, quietSince: Date): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select distinct on (ticket.id, staff.id) ticket.id as "ticketId", ticket.number, told.kind, ticket.due_at as "dueAt",
      ticket.clocks ->> 'policyVersion' as "policyVersion", staff.id as "staffId"
    from tickets ticket
    left join support_teams team on team.id = ticket.team_id
    cross join lateral (select case when ticket.due_at <= ${now} then 'breach' else 'warning' end as kind) told
    join staff_members staff on staff.suspended_at is null and (
      staff.id = ticket.assignee_id or staff.id = team.lead_id and (told.kind = 'breach' or ticket.assignee_id is null))
    where ticket.status <> 'resolved' and ticket.trashed_at is null and ticket.due_at is not null
      and ticket.warns_at <= ${now}
      and not exists (select from support_alerts alert where alert.ticket_id = ticket.id and alert.staff_id = staff.id
        and alert.due_at = ticket.due_at and (alert.kind = told.kind or alert.kind = 'breach'))
      and not exists (select from support_alerts alert
        where alert.staff_id = staff.id and alert.told_at > ${quietSince})
    order by ticket.id, staff.id
    limit 2000`.execute(db)
  return rows
}

export async function insertAlerts(db: CentralDb, alerts: readonly Alert[], toldAt: Date): Promise<void> {
  await db
    .insertInto('supportAlerts')
    .values(alerts.map(({ ticketId, staffId, kind, dueAt }) => ({ ticketId, staffId, kind, dueAt, toldAt })))
    .onConflict((clash) => clash.doNothing())
    .execute()
}

export const peopleToTell = (db: CentralDb, ids: readonly string[]) =>
  db
    .selectFrom('staffMembers')
    .select(['id', 'email', 'firstName', 'lastName', 'language'])
    .where('id', 'in', ids)
    .execute()
