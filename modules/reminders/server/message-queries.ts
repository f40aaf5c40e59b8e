import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Channel, MessageFilter, MessageKind, MessageState } from '#contract/reminders'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'messages' | 'patients' | 'appointments' | 'profiles'>

export type MessageRow = {
  id: string
  channel: Channel
  kind: MessageKind
  patientId: string | null
  patientName: string | null
  recipient: string
  subject: string
  body: string
  state: MessageState
  carrierId: string | null
  tries: number
  problem: string | null
  appointment: { id: string; startsLocal: string } | null
  feeNoteId: string | null
  resendOf: string | null
  writtenBy: string | null
  writtenAt: Date
  dueAt: Date
  sentAt: Date | null
}

/** Where a page ended. */
export const MessagePlace = z.strictObject({ rank: z.int(), at: z.string().max(40), id: z.uuid() })
export type MessagePlace = z.infer<typeof MessagePlace>

/** What nobody sent again since, and is not too late to send: of an appointment that is over there is nothing to remind. */
const failing = (
  now: Date,
) => sql`m.state = 'failed' and not exists (select from messages again where again.resend_of = m.id)
  and (m.kind <> 'reminder' or exists (select from appointments a
    where a.id = m.appointment_id and a.status = 'planned' and a.starts_at > ${now}))`
const rank = (now: Date) => sql`case when ${failing(now)} then 0 else 1 end`
const joined = sql`messages m left join patients p on p.id = m.patient_id`

const shown = (timeZone: string) => sql`m.id, m.channel, m.kind, m.patient_id,
  p.first_name || ' ' || p.last_name as patient_name, m.recipient, m.subject, m.body, m.state, m.carrier_id, m.tries, m.problem,
  (select json_build_object('id', a.id, 'startsLocal', to_char(a.starts_at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI'))
    from appointments a where a.id = m.appointment_id) as appointment, m.fee_note_id, m.resend_of,
  (select f.first_name || ' ' || f.last_name from profiles f where f.member_id = m.written_by) as written_by,
  m.written_at, m.due_at, m.sent_at`

type Asking = { timeZone: string; patients: boolean; now: Date }

function matching(filter: MessageFilter, { timeZone, patients }: Asking): RawBuilder<boolean> {
  const { q, state, channel, kind, patientId, feeNoteId, from, to } = filter
  const conditions: RawBuilder<boolean>[] = [sql`true`]
  const day = sql`(m.written_at at time zone ${timeZone})::date`
  // What is hidden is not told by what a search finds either.
  if (q) conditions.push(patients ? searched(q) : sql`false`)
  if (state) conditions.push(sql`m.state = ${state}`)
  if (channel) conditions.push(sql`m.channel = ${channel}`)
  if (kind) conditions.push(sql`m.kind = ${kind}`)
  if (patientId) conditions.push(sql`m.patient_id = ${patientId}::uuid`)
  if (feeNoteId) conditions.push(sql`m.fee_note_id = ${feeNoteId}::uuid`)
  if (from) conditions.push(sql`${day} >= ${from}::date`)
  if (to) conditions.push(sql`${day} <= ${to}::date`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

function searched(q: string): RawBuilder<boolean> {
  const pattern = sql`'%' || searchable(${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}) || '%'`
  const name = sql`coalesce(p.first_name || ' ' || p.last_name, '')`
  const digits = q.replaceAll(/\D/g, '').replace(/^0/, '')
  const hasNumber =
    digits.length >= 3 && /^[\d\s.+()-]+$/.test(q)
      ? sql` or m.channel = 'sms' and m.recipient like '%' || ${digits}::text || '%'`
      : sql``
  return sql<boolean>`(searchable(m.recipient || ' ' || m.subject || ' ' || m.body || ' ' || ${name}) like ${pattern}${hasNumber})`
}

export async function pageOfMessages(
  db: Db,
  filter: MessageFilter,
  asking: Asking,
  { after, limit }: { after: MessagePlace | undefined; limit: number },
): Promise<(MessageRow & MessagePlace)[]> {
  const ranked = rank(asking.now)
  const beyond = after
    ? sql`and (${ranked} > ${after.rank} or ${ranked} = ${after.rank}
        and (m.written_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid))`
    : sql``
  const { rows } = await sql<MessageRow & MessagePlace>`
    select ${shown(asking.timeZone)}, ${ranked} as rank, m.written_at::text as at from ${joined}
    where ${matching(filter, asking)} ${beyond}
    order by rank, m.written_at desc, m.id desc limit ${limit}`.execute(db)
  return rows
}

export async function countOfMessages(db: Db, filter: MessageFilter, asking: Asking) {
  const { rows } = await sql<{ total: number; failed: number }>`
    select count(*)::integer as total, (select count(*)::integer from messages m where ${failing(asking.now)}) as failed
    from ${joined} where ${matching(filter, asking)}`.execute(db)
  return rows[0] ?? { total: 0, failed: 0 }
}

export async function messageRow(db: Db, timeZone: string, id: string): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select ${shown(timeZone)} from ${joined} where m.id = ${id}::uuid`.execute(db)
  return rows[0]
}

export type NewMessage = {
  id: string
  channel: Channel
  kind: MessageKind
  patientId: string
  recipient: string
  subject: string
  body: string
  writtenBy: string
  writtenAt: Date
  dueAt: Date
  appointmentId?: string | null
  feeNoteId?: string | null
  resendOf?: string
}

/** @returns whether it is new; whoever says the same id at the same time waits, and then it is not */
export async function insertMessage(db: TenantTables<'messages'>, message: NewMessage): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('messages')
    .values(message)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Of whom it is, as it is now: what a message about it is held against. */
export async function appointmentNow(db: TenantTables<'appointments'>, timeZone: string, id: string) {
  return db
    .selectFrom('appointments')
    .where('id', '=', id)
    .select([
      'patientId',
      'status',
      'place',
      'startsAt',
      sql<string>`to_char(starts_at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI')`.as('startsLocal'),
    ])
    .executeTakeFirst()
}

export async function nextAppointment(
  db: TenantTables<'appointments'>,
  timeZone: string,
  patientId: string,
  now: Date,
): Promise<string | null> {
  const row = await db
    .selectFrom('appointments')
    .where('patientId', '=', patientId)
    .where('status', '=', 'planned')
    .where('startsAt', '>', now)
    .orderBy('startsAt')
    .select(
      sql<string>`to_char(starts_at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI')`.as('startsLocal'),
    )
    .executeTakeFirst()
  return row?.startsLocal ?? null
}
