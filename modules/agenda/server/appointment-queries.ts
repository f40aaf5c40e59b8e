/** Appointments as they are shown. PostgreSQL builds the JSON, the practice's clock included (decision 6). */
import type { RawBuilder } from 'kysely'
import type { Appointment, InTheWay } from '#contract/agenda'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'
import type { Sees } from './house.ts'

type Db = TenantTables<'appointments' | 'patients' | 'acts' | 'paymentAllocations'>
type Asked = { sees: Sees; timeZone: string }

export const localSql = (instant: RawBuilder<unknown>, timeZone: string) =>
  sql`to_char(${instant} at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI')`
export const instantSql = (instant: RawBuilder<unknown>) =>
  sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const patientName = sql`p.first_name || ' ' || p.last_name`
const nothing = sql`null::text`

/** One appointment `a` as the contract has it, as far as whoever asks may know it. */
export const appointmentSql = ({ sees, timeZone }: Asked) => sql`json_build_object(
  'id', a.id,
  'practitionerId', a.practitioner_id,
  'patient', case when a.patient_id is not null
    then json_build_object('id', a.patient_id, 'name', ${sees.patients ? patientName : nothing}) end,
  'title', a.title,
  'act', case when a.act_id is not null then json_build_object(
    'id', k.id, 'name', k.name, 'colour', k.colour, 'monSoutienPsy', k.mon_soutien_psy) end,
  'startsAt', ${instantSql(sql`a.starts_at`)},
  'endsAt', ${instantSql(sql`a.ends_at`)},
  'startsLocal', ${localSql(sql`a.starts_at`, timeZone)},
  'endsLocal', ${localSql(sql`a.ends_at`, timeZone)},
  'minutes', (extract(epoch from a.ends_at - a.starts_at) / 60)::integer,
  'status', a.status,
  'place', a.place,
  'remark', a.remark,
  'seriesId', a.series_id,
  'feeCents', ${sees.fees ? sql`a.fee_cents` : nothing},
  'dueCents', ${sees.fees ? sql`a.due_cents` : nothing},
  'paidCents', ${sees.fees ? paidSql : nothing},
  'revision', a.revision)`

const paidSql = sql`coalesce((select sum(m.cents) from payment_allocations m where m.appointment_id = a.id), 0)::integer`

export const fromAppointments = sql`appointments a
  left join patients p on p.id = a.patient_id
  left join acts k on k.id = a.act_id`

export async function appointmentsWhere(
  db: Db,
  asked: Asked,
  where: RawBuilder<unknown>,
): Promise<Appointment[]> {
  const { rows } = await sql<{ shown: Appointment }>`
    select ${appointmentSql(asked)} as shown from ${fromAppointments} where ${where} order by a.starts_at, a.id`.execute(
    db,
  )
  return rows.map(({ shown }) => shown)
}

export async function appointmentsOf(db: Db, asked: Asked, ids: readonly string[]): Promise<Appointment[]> {
  return ids.length === 0 ? [] : appointmentsWhere(db, asked, sql`a.id = any(${ids}::uuid[])`)
}

/** What takes somebody's time between two instants, whoever it is not among. */
export type Wanted = { id: string | null; practitionerId: string; startsAt: Date; endsAt: Date }

/** Of each wanted time, what stands there already, in the order they were wanted; those that are being moved stand nowhere. */
export async function inTheWay(
  db: Db,
  { sees, timeZone }: Asked,
  wanted: readonly Wanted[],
): Promise<{ index: number; standing: InTheWay }[]> {
  const times = wanted.map(({ practitionerId, startsAt, endsAt }, index) => ({
    index,
    practitioner_id: practitionerId,
    starts_at: startsAt,
    ends_at: endsAt,
  }))
  const moving = wanted.flatMap(({ id }) => id ?? [])
  const { rows } = await sql<{ index: number; standing: InTheWay }>`
    select distinct on (w.index) w.index, json_build_object('id', a.id,
      'startsLocal', ${localSql(sql`a.starts_at`, timeZone)}, 'endsLocal', ${localSql(sql`a.ends_at`, timeZone)},
      'patientName', ${sees.patients ? patientName : nothing}, 'title', a.title) as standing
    from jsonb_to_recordset(${JSON.stringify(times)}::jsonb)
      as w(index integer, practitioner_id uuid, starts_at timestamptz, ends_at timestamptz)
    join appointments a on a.practitioner_id = w.practitioner_id and a.during && tstzrange(w.starts_at, w.ends_at, '[)')
      and a.status not in ('cancelled', 'late_cancelled') and a.id <> all(${moving}::uuid[])
    left join patients p on p.id = a.patient_id
    order by w.index, a.starts_at`.execute(db)
  return rows
}

// ─────────────────────────── what a write stands on

export type Standing = {
  id: string
  practitionerId: string
  patientId: string | null
  title: string
  actId: string | null
  monSoutienPsy: boolean
  startsAt: Date
  endsAt: Date
  status: string
  feeCents: number
  dueCents: number
  paidCents: number
  seriesId: string | null
  revision: number
  invoiced: boolean
}

/** Held until the transaction is done: nobody else changes them meanwhile. */
export async function standing(
  db: TenantTables<'appointments' | 'acts' | 'paymentAllocations' | 'feeNoteLines' | 'feeNotes'>,
  ids: readonly string[],
): Promise<Standing[]> {
  // First held, then read: a statement sees nothing of what came in while it waited.
  await sql`select from appointments where id = any(${ids}::uuid[]) order by id for update`.execute(db)
  const { rows } = await sql<Standing>`
    select a.id, a.practitioner_id, a.patient_id, a.title, a.act_id, coalesce(k.mon_soutien_psy, false) as mon_soutien_psy,
      a.starts_at, a.ends_at, a.status, a.fee_cents, a.due_cents, ${paidSql} as paid_cents, a.series_id, a.revision,
      exists (select from fee_note_lines l join fee_notes n on n.id = l.fee_note_id
        where l.appointment_id = a.id and n.cancelled_at is null) as invoiced
    from appointments a left join acts k on k.id = a.act_id
    where a.id = any(${ids}::uuid[]) order by a.starts_at, a.id`.execute(db)
  return rows
}

/** The planned ones of a series from an instant on, the one that begins then included. */
export async function following(
  db: TenantTables<'appointments'>,
  seriesId: string,
  from: Date,
): Promise<string[]> {
  const rows = await db
    .selectFrom('appointments')
    .where('seriesId', '=', seriesId)
    .where('startsAt', '>=', from)
    .where('status', '=', 'planned')
    .orderBy('startsAt')
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Writes to these agendas wait for each other: two that meet would each wait for what the other wrote, and PostgreSQL
 * would end one of them. Which of them may stand is still for the table's own constraint to say.
 */
export async function oneAfterAnother(db: TenantTables<'appointments'>, practitionerIds: readonly string[]) {
  for (const id of [...new Set(practitionerIds)].toSorted())
    await sql`select pg_advisory_xact_lock(hashtextextended('agenda ' || ${id}, 0))`.execute(db)
}

/** What is counted of these patients is counted by one at a time, as above. */
export async function holdPatients(db: TenantTables<'patients'>, patientIds: readonly string[]) {
  for (const id of [...new Set(patientIds)].toSorted())
    await sql`select pg_advisory_xact_lock(hashtextextended('mon soutien psy ' || ${id}, 0))`.execute(db)
}

/** Somebody an appointment can be booked for: neither in the trash nor erased, nor before the transaction ends. */
export async function isPatient(db: TenantTables<'patients'>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('patients')
    .where('id', '=', id)
    .where('trashedAt', 'is', null)
    .where('erasedAt', 'is', null)
    .select('id')
    .forKeyShare()
    .executeTakeFirst()
  return row !== undefined
}

export async function actWithTariffs(db: TenantTables<'acts' | 'tariffs'>, id: string) {
  return db
    .selectFrom('acts')
    .where('id', '=', id)
    .select(['id', 'minutes', 'monSoutienPsy', 'archivedAt'])
    .select(
      sql<{ fromOn: string; feeCents: number }[]>`coalesce((
        select json_agg(json_build_object('fromOn', from_on, 'feeCents', fee_cents) order by from_on desc)
        from tariffs where act_id = acts.id), '[]')`.as('tariffs'),
    )
    .executeTakeFirst()
}
