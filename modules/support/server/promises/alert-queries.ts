/** Every statement about who is told that a promise comes near or is late. */
import type { Alert, EscalationMoment, TargetName } from '#contract/support'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { momentsPassed } from './moments.ts'

export type NewAlert = {
  ticketId: string
  staffId: string
  kind: EscalationMoment
  target: TargetName
  dueAt: Date
}

/**
 * What nobody was told yet: a warning is for whoever has the ticket, a breach for who leads their team besides; where nobody
 * has it, both are for who leads. A due date that a pause moves warns nobody anew: what was told since the moment it is
 * about still stands.
 */
export const alertsToTell = (db: CentralDb, now: Date, atWork: readonly string[]): Promise<NewAlert[]> =>
  sql<NewAlert>`
    select late.ticket_id as "ticketId", staff.id as "staffId", late.kind, late.target, late.due as "dueAt"
    from ${momentsPassed(now, atWork)} late
    left join support_teams team on team.id = late.team_id
    join staff_members staff on staff.suspended_at is null and (staff.id = late.assignee_id
      or staff.id = team.lead_id and (late.kind = 'breach' or late.assignee_id is null))
    where (late.kind = 'breach' or late.due > ${now})
      and not exists (select from support_alerts alert
        where alert.ticket_id = late.ticket_id and alert.staff_id = staff.id and coalesce(alert.target, late.target) = late.target
          and (alert.kind = late.kind or alert.kind = 'breach') and alert.told_at >= late.at)
    order by late.at
    limit 2000`
    .execute(db)
    .then(({ rows }) => rows)

/** @returns whom it is news to */
export async function insertAlerts(
  db: CentralDb,
  alerts: readonly NewAlert[],
  toldAt: Date,
): Promise<Set<string>> {
  if (alerts.length === 0) return new Set()
  const rows = await db
    .insertInto('supportAlerts')
    .values(
      alerts.map(({ ticketId, staffId, kind, target, dueAt }) => ({
        ticketId,
        staffId,
        kind,
        target,
        dueAt,
        toldAt,
      })),
    )
    .onConflict((clash) => clash.doNothing())
    .returning('staffId')
    .execute()
  return new Set(rows.map(({ staffId }) => staffId))
}

/** Longer ago than this nobody is mailed any more: they have seen it in the app, or will. */
const mailedWithinDays = 3

export type AlertToMail = {
  ticketId: string
  number: number
  staffId: string
  kind: EscalationMoment
  dueAt: Date
  quietFrom: string | null
  quietUntil: string | null
  timeZone: string | null
}

/** Told in the app, not by mail, and still to be done: of who wants mail, and had none since `lastBefore`. */
export const alertsToMail = (
  db: CentralDb,
  now: Date,
  atWork: readonly string[],
  lastBefore: Date,
): Promise<AlertToMail[]> =>
  sql<AlertToMail>`
    select alert.ticket_id as "ticketId", ticket.number, alert.staff_id as "staffId", alert.kind, alert.due_at as "dueAt",
      preference.quiet_from as "quietFrom", preference.quiet_until as "quietUntil", preference.time_zone as "timeZone"
    from support_alerts alert
    join tickets ticket on ticket.id = alert.ticket_id
    join staff_members staff on staff.id = alert.staff_id and staff.suspended_at is null
    left join support_preferences preference on preference.staff_id = alert.staff_id
    where alert.mailed_at is null and alert.told_at > ${daysBefore(now, mailedWithinDays)}
      and coalesce(preference.alerts_by_mail, true) and ${isCurrent} and ticket.policy_version_id = any(${atWork}::uuid[])
      and not exists (select from support_alerts mailed
        where mailed.staff_id = alert.staff_id and mailed.mailed_at > ${lastBefore})
    order by alert.due_at, ticket.number`
    .execute(db)
    .then(({ rows }) => rows)

/** The promise an alert was about is open, and runs: `alert` and `ticket` are known where this stands. */
const isCurrent = sql`(ticket.status <> 'resolved' and ticket.trashed_at is null and ticket.due_at is not null
  and exists (select from jsonb_to_recordset(ticket.clocks -> 'targets') target (name text, "settledAt" timestamptz)
    where target.name = coalesce(alert.target, target.name) and target."settledAt" is null))`

/** @returns those that nobody else is about to mail: of two who look at once one has each */
export async function claimMails(
  db: CentralDb,
  alerts: readonly AlertToMail[],
  at: Date,
): Promise<AlertToMail[]> {
  const wanted = alerts.map(({ ticketId, staffId, kind, dueAt }, place) => ({
    place,
    ticketId,
    staffId,
    kind,
    dueAt,
  }))
  const { rows } = await sql<{ place: number }>`
    update support_alerts alert set mailed_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      wanted (place integer, "ticketId" uuid, "staffId" uuid, kind text, "dueAt" timestamptz)
    where alert.ticket_id = wanted."ticketId" and alert.staff_id = wanted."staffId" and alert.kind = wanted.kind
      and alert.due_at = wanted."dueAt" and alert.mailed_at is null
    returning wanted.place`.execute(db)
  const claimed = new Set(rows.map(({ place }) => place))
  return alerts.filter((_, place) => claimed.has(place))
}

export const peopleToTell = (db: CentralDb, ids: readonly string[]) =>
  db
    .selectFrom('staffMembers')
    .select(['id', 'email', 'firstName', 'lastName', 'language'])
    .where('id', 'in', ids)
    .execute()

// ───────────────────────────── as one reads it in the app

const shownDays = 30
/** As many as one scrolls through; the count says how many there are. */
const shown = 50

export async function alertsOf(
  db: CentralDb,
  staffId: string,
  now: Date,
): Promise<{ unseen: number; rows: Alert[] }> {
  const since = daysBefore(now, shownDays)
  const { rows } = await sql<{
    id: string
    number: number
    subject: string
    kind: EscalationMoment
    target: TargetName | null
    dueAt: Date
    toldAt: Date
    seenAt: Date | null
    current: boolean
  }>`
    select ticket.id, ticket.number, ticket.subject, alert.kind, alert.target, alert.due_at as "dueAt",
      alert.told_at as "toldAt", alert.seen_at as "seenAt", ${isCurrent} as current
    from support_alerts alert join tickets ticket on ticket.id = alert.ticket_id
    where alert.staff_id = ${staffId} and alert.told_at > ${since}
    order by alert.told_at desc, ticket.number desc, alert.kind
    limit ${shown}`.execute(db)
  const { unseen } = await db
    .selectFrom('supportAlerts')
    .select(({ fn }) => fn.countAll<number>().as('unseen'))
    .where('staffId', '=', staffId)
    .where('seenAt', 'is', null)
    .where('toldAt', '>', since)
    .executeTakeFirstOrThrow()
  return {
    unseen: Number(unseen),
    rows: rows.map(({ id, number, subject, kind, target, dueAt, toldAt, seenAt, current }) => ({
      ticket: { id, number, subject },
      kind,
      target,
      current,
      dueAt: dueAt.toISOString(),
      toldAt: toldAt.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
    })),
  }
}

/** Of one ticket, or all of it. @returns how many were unseen */
export async function setSeen(
  db: CentralDb,
  staffId: string,
  ticketId: string | null,
  at: Date,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('supportAlerts')
    .set({ seenAt: at })
    .where('staffId', '=', staffId)
    .where('seenAt', 'is', null)
    .$if(ticketId !== null, (query) => query.where('ticketId', '=', ticketId!)) // said on this line
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * 86_400_000)
