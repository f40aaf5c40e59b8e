import type { RawBuilder } from 'kysely'
import { z } from 'zod'
import type { CallFilter, CallSubject } from '#contract/calls'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import { anywhere, whoSql } from './people-queries.ts'

type Db = TenantTables<'calls' | 'patients' | 'profiles' | 'appointments' | 'tasks'>
type Who = { id: string; name: string } | null

export type CallRow = {
  id: string
  calledAt: Date
  calledLocal: string
  for: Who
  patientId: string | null
  patientName: string | null
  patientPhone: string | null
  caller: string
  phone: string
  subject: CallSubject
  message: string
  urgent: boolean
  takenBy: Who
  handledAt: Date | null
  handledBy: Who
  appointment: { id: string; startsLocal: string } | null
  openTasks: number
  revision: number
}

/** What a page of calls is asked with: the practice's clock, and where a patient's name may be read and searched. */
export type Asking = { timeZone: string; today: string; patients: boolean }

/** Where a page ended. */
export const CallPlace = z.strictObject({ rank: z.int(), at: z.string().max(40), id: z.uuid() })
export type CallPlace = z.infer<typeof CallPlace>

const rank = sql`case when c.handled_at is not null then 2 when c.urgent then 0 else 1 end`

const shown = (timeZone: string) => sql`c.id, c.called_at,
  to_char(c.called_at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI') as called_local,
  ${whoSql('c.for_id')} as "for", c.patient_id, p.first_name || ' ' || p.last_name as patient_name, p.phone as patient_phone,
  c.caller, c.phone, c.subject, c.message, c.urgent, ${whoSql('c.taken_by')} as taken_by, c.handled_at,
  ${whoSql('c.handled_by')} as handled_by, c.revision,
  (select json_build_object('id', a.id, 'startsLocal', to_char(a.starts_at at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI'))
    from appointments a where a.id = c.appointment_id) as appointment,
  (select count(*)::integer from tasks t where t.call_id = c.id and t.done_at is null) as open_tasks`

const joined = sql`calls c left join patients p on p.id = c.patient_id`

function matching(filter: CallFilter, { timeZone, today, patients }: Asking): RawBuilder<boolean> {
  const conditions: RawBuilder<boolean>[] = [sql`true`]
  const { q, state, subject, forId, patientId, when, urgent } = filter
  if (q) conditions.push(searched(q, patients))
  if (state) conditions.push(state === 'open' ? sql`c.handled_at is null` : sql`c.handled_at is not null`)
  if (subject) conditions.push(sql`c.subject = ${subject}`)
  if (forId) conditions.push(sql`c.for_id = ${forId}::uuid`)
  if (patientId) conditions.push(sql`c.patient_id = ${patientId}::uuid`)
  if (urgent) conditions.push(sql`c.urgent`)
  if (when) conditions.push(sql`(c.called_at at time zone ${timeZone})::date = ${today}::date`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

function searched(q: string, patients: boolean): RawBuilder<boolean> {
  const name = patients ? sql`coalesce(p.first_name || ' ' || p.last_name, '')` : sql`''`
  const digits = q.replaceAll(/\D/g, '')
  const hasNumber =
    digits.length >= 3 && /^[\d\s.+()-]+$/.test(q)
      ? sql` or regexp_replace(c.phone, '[^0-9]', '', 'g') like '%' || ${digits}::text || '%'`
      : sql``
  return sql<boolean>`(searchable(c.caller || ' ' || c.message || ' ' || ${name}) like ${anywhere(q)}${hasNumber})`
}

export async function pageOfCalls(
  db: Db,
  filter: CallFilter,
  asking: Asking,
  { after, limit }: { after: CallPlace | undefined; limit: number },
): Promise<(CallRow & CallPlace)[]> {
  const beyond = after
    ? sql`and (${rank} > ${after.rank} or ${rank} = ${after.rank}
        and (c.called_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid))`
    : sql``
  const { rows } = await sql<CallRow & CallPlace>`
    select ${shown(asking.timeZone)}, ${rank} as rank, c.called_at::text as at from ${joined}
    where ${matching(filter, asking)} ${beyond}
    order by rank, c.called_at desc, c.id desc limit ${limit}`.execute(db)
  return rows
}

export async function countOfCalls(db: Db, filter: CallFilter, asking: Asking): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ${joined} where ${matching(filter, asking)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** How many nobody dealt with yet. */
export async function openCalls(db: TenantTables<'calls'>): Promise<{ open: number; urgent: number }> {
  const { rows } = await sql<{ open: number; urgent: number }>`
    select count(*)::integer as open, count(*) filter (where urgent)::integer as urgent
    from calls where handled_at is null`.execute(db)
  return rows[0] ?? { open: 0, urgent: 0 }
}

export async function callRow(db: Db, timeZone: string, id: string): Promise<CallRow | undefined> {
  const { rows } = await sql<CallRow>`
    select ${shown(timeZone)} from ${joined} where c.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Held until the transaction ends. */
export async function heldCall(db: TenantTables<'calls'>, id: string) {
  return db
    .selectFrom('calls')
    .where('id', '=', id)
    .select(['caller', 'patientId', 'revision', 'handledAt', 'appointmentId'])
    .forUpdate()
    .executeTakeFirst()
}

type Fields = {
  caller: string
  patientId: string | null
  phone: string
  forId: string | null
  subject: CallSubject
  message: string
  urgent: boolean
}

export async function insertCall(
  db: TenantTables<'calls'>,
  row: Fields & { id: string; calledAt: Date; takenBy: string },
): Promise<void> {
  await db.insertInto('calls').values(row).execute()
}

export type CallChange = Partial<Fields> & {
  handledAt?: Date | null
  handledBy?: string | null
  appointmentId?: string
}

export async function changeCall(
  db: TenantTables<'calls'>,
  id: string,
  change: { [Name in keyof CallChange]: CallChange[Name] | undefined },
): Promise<void> {
  await db
    .updateTable('calls')
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .execute()
}

/** Whose appointment it is, held: one that is taken back at this moment is there until the call keeps it, or not at all. */
export async function appointmentIn(db: TenantTables<'appointments'>, id: string) {
  return db
    .selectFrom('appointments')
    .where('id', '=', id)
    .select(['id', 'patientId'])
    .forKeyShare()
    .executeTakeFirst()
}
