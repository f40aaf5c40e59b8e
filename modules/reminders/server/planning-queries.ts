import type { Channel } from '#contract/reminders'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import type { Place } from './texts.ts'

type Db = TenantTables<'messages' | 'appointments' | 'patients' | 'practice'>

/** When the reminder of appointment `a` is due: so many days before, at the hour of the practice's own day. */
const dueIn = (
  days: number,
) => sql<Date>`(((a.starts_at at time zone practice.time_zone)::date - ${days}::integer)
  + make_time(practice.reminder_hour, 0, 0)) at time zone practice.time_zone`

export type DueReminder = { id: string; patientId: string; startsLocal: string; place: Place }

/**
 * Appointments whose reminder is due and was not written yet. One that was booked after that hour needs none; one that is
 * over, or whose patient wishes for none, gets none.
 */
export async function remindersDue(
  db: Db,
  channel: Channel,
  days: number,
  now: Date,
): Promise<DueReminder[]> {
  const wished = channel === 'sms' ? sql`not p.no_sms` : sql`not p.no_email`
  const { rows } = await sql<DueReminder>`
    select a.id, a.patient_id, a.place, to_char(a.starts_at at time zone practice.time_zone, 'YYYY-MM-DD"T"HH24:MI') as starts_local
    from appointments a join patients p on p.id = a.patient_id, practice
    where a.starts_at > ${now} and a.starts_at < ${now}::timestamptz + make_interval(days => ${days + 1}::integer)
      and a.status = 'planned' and p.erased_at is null and p.trashed_at is null and ${wished}
      and ${dueIn(days)} <= ${now} and a.booked_at < ${dueIn(days)}
      and not exists (select from messages m where m.appointment_id = a.id and m.channel = ${channel}
        and m.kind = 'reminder' and m.resend_of is null and m.state <> 'cancelled')
    order by a.starts_at, a.id`.execute(db)
  return rows
}

/** Appointments still to come of which a reminder left already: which one was the last, whom it told what. */
export async function reminded(db: Db, channel: Channel, days: number, now: Date): Promise<Reminded[]> {
  const wished = channel === 'sms' ? sql`not p.no_sms` : sql`not p.no_email`
  const { rows } = await sql<Reminded>`
    select a.id, a.patient_id, a.place, to_char(a.starts_at at time zone practice.time_zone, 'YYYY-MM-DD"T"HH24:MI') as starts_local,
      last.id as told_by, last.patient_id as told, last.body
    from appointments a join patients p on p.id = a.patient_id
      join lateral (select m.id, m.patient_id, m.body from messages m
        where m.appointment_id = a.id and m.channel = ${channel} and m.kind = 'reminder' and m.state = 'sent'
        order by m.sent_at desc, m.id desc limit 1) last on true, practice
    where a.starts_at > ${now} and a.starts_at < ${now}::timestamptz + make_interval(days => ${days + 1}::integer)
      and a.status = 'planned' and p.erased_at is null and p.trashed_at is null and ${wished}
      and ${dueIn(days)} <= ${now}
    order by a.starts_at, a.id`.execute(db)
  return rows
}

export type Reminded = DueReminder & { toldBy: string; told: string | null; body: string }

/** Once, whoever plans at the same time: they wait for the reminder that told it wrong, and find this one. */
export async function insertReminderAnew(
  db: TenantTables<'messages'>,
  { resendOf, ...planned }: Planned & { resendOf: string },
  now: Date,
): Promise<void> {
  const { appointmentId, channel } = planned
  await db.selectFrom('messages').where('id', '=', resendOf).select('id').forUpdate().execute()
  const after = await db
    .selectFrom('messages')
    .where('resendOf', '=', resendOf)
    .where('appointmentId', '=', appointmentId)
    .where('channel', '=', channel)
    // One that was given up is the journal's to say, one that was called off is written again.
    .where('state', 'in', ['waiting', 'sending', 'sent', 'failed'])
    .select('id')
    .executeTakeFirst()
  if (after) return
  await db
    .insertInto('messages')
    .values({ ...planned, resendOf, kind: 'reminder', writtenAt: now, dueAt: now })
    .execute()
}

/** Whether a reminder that was written is still due: its appointment may have been moved away since. */
export async function isStillDue(
  db: TenantTables<'appointments' | 'practice'>,
  appointmentId: string,
  days: number,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select ${dueIn(days)} <= ${now} as due from appointments a, practice where a.id = ${appointmentId}::uuid`.execute(
    db,
  )
  return rows[0]?.due ?? false
}

export type Planned = {
  id: string
  channel: Channel
  patientId: string
  appointmentId: string
  recipient: string
  subject: string
  body: string
}

/** One an appointment and channel, whoever plans at the same time; one that was called off before it left is taken up again. */
export async function insertReminder(
  db: TenantTables<'messages'>,
  planned: Planned,
  now: Date,
): Promise<void> {
  await db
    .insertInto('messages')
    .values({ ...planned, kind: 'reminder', writtenAt: now, dueAt: now })
    .onConflict((conflict) =>
      conflict
        .columns(['appointmentId', 'channel'])
        .where(sql<boolean>`kind = 'reminder' and resend_of is null`)
        .doUpdateSet({
          state: 'waiting',
          patientId: planned.patientId,
          recipient: planned.recipient,
          subject: planned.subject,
          body: planned.body,
          problem: null,
          dueAt: now,
        })
        .where('messages.state', '=', 'cancelled')
        .where('messages.sentAt', 'is', null),
    )
    .execute()
}
