import { z } from 'zod'
import type { Appointment, AppointmentStatus } from '#contract/agenda'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { sql } from '#platform/server/db.ts'
import type { TenantDb, TenantTables } from '#platform/server/tenant-db.ts'
import { appointmentSql, fromAppointments, instantSql, localSql } from './appointment-queries.ts'
import type { Sees } from './house.ts'

type Asked = { sees: Sees; timeZone: string }
type Filter = {
  patientId?: string | undefined
  practitionerId?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  when?: 'next' | 'past' | undefined
  status?: readonly AppointmentStatus[] | undefined
  after?: string | undefined
  limit: number
  now: Date
}

const Place = z.object({ at: z.iso.datetime(), id: z.uuid() })

/** A practice has some ten thousand of them in all: they are counted. */
export async function appointmentPage(db: TenantDb, asked: Asked, filter: Filter) {
  const { patientId, practitionerId, from, to, when, status, now } = filter
  const place = readCursor(Place, filter.after)
  const onward = when === 'next' ? sql`>` : sql`<`
  const along = when === 'next' ? sql`asc` : sql`desc`
  const matches = sql.join(
    [
      sql`true`,
      ...(patientId ? [sql`a.patient_id = ${patientId}`] : []),
      ...(practitionerId ? [sql`a.practitioner_id = ${practitionerId}`] : []),
      ...(from ? [sql`a.starts_at >= ${from}`] : []),
      ...(to ? [sql`a.starts_at < ${to}`] : []),
      ...(when === 'next' ? [sql`a.ends_at > ${now}`] : []),
      ...(when === 'past' ? [sql`a.ends_at <= ${now}`] : []),
      ...(status ? [sql`a.status = any(${status}::text[])`] : []),
    ],
    sql` and `,
  )
  const beyond = place
    ? sql`(a.starts_at, a.id) ${onward} (${place.at}::timestamptz, ${place.id}::uuid)`
    : sql`true`
  const { rows } = await sql<{
    shown: Appointment
  }>`select ${appointmentSql(asked)} as shown from ${fromAppointments}
    where ${matches} and ${beyond} order by a.starts_at ${along}, a.id ${along} limit ${filter.limit + 1}`.execute(
    db,
  )
  const counted = await sql<{ total: number }>`
    select count(*)::integer as total from appointments a where ${matches}`.execute(db)
  const page = rows.slice(0, filter.limit).map(({ shown }) => shown)
  const last = page.at(-1)
  return {
    rows: page,
    total: counted.rows[0]?.total ?? 0,
    totalIsExact: true,
    next: last && rows.length > filter.limit ? cursorOf({ at: last.startsAt, id: last.id }) : null,
  }
}

type Together = { patientId: string | null; startsAt: string; feeCents: number }

/** What one appointment says besides what all of them say. */
export async function detailOf(
  db: TenantTables<'appointments' | 'appointmentSeries' | 'profiles' | 'feeNotes' | 'feeNoteLines'>,
  id: string,
  now: Date,
) {
  // This one and those after it that a change of the series would reach.
  const together = sql`from appointments o where o.series_id = a.series_id
    and (o.id = a.id or o.status = 'planned' and o.starts_at > a.starts_at and o.ends_at > ${now})`
  return db
    .selectFrom('appointments as a')
    .where('a.id', '=', id)
    .innerJoin('profiles as w', 'w.memberId', 'a.practitionerId')
    .leftJoin('profiles as b', 'b.memberId', 'a.bookedBy')
    .select(['a.startsAt', 'a.endsAt', 'a.feeCents', 'a.bookedAt', 'a.statusAt'])
    .select([
      sql<string>`w.first_name || ' ' || w.last_name`.as('practitionerName'),
      sql<string | null>`b.first_name || ' ' || b.last_name`.as('bookedBy'),
      sql<string | null>`(select l.fee_note_id from fee_note_lines l join fee_notes n on n.id = l.fee_note_id
        where l.appointment_id = a.id and n.cancelled_at is null)`.as('feeNoteId'),
      sql<{
        id: string
        everyWeeks: number
        firstOn: string
        lastOn: string
        following: number
      } | null>`(select json_build_object('id', s.id, 'everyWeeks', s.every_weeks, 'firstOn', s.first_on, 'lastOn', s.last_on,
          'following', (select count(*) ${together}))
        from appointment_series s where s.id = a.series_id)`.as('series'),
      sql<Together[]>`coalesce((select json_agg(json_build_object('patientId', o.patient_id,
        'startsAt', ${instantSql(sql`o.starts_at`)}, 'feeCents', o.fee_cents)) ${together}), '[]')`.as(
        'together',
      ),
    ])
    .executeTakeFirst()
}

const liked = (typed: string) => typed.replaceAll(/[\\%_]/g, '\\$&')

/** Each word somewhere in the patient's name or the title; what is to come first, the soonest on top. */
export async function foundAppointments(db: TenantDb, { sees, timeZone }: Asked, typed: string, now: Date) {
  const said = sees.patients
    ? sql`coalesce(p.search, '') || ' ' || searchable(a.title)`
    : sql`searchable(a.title)`
  const words = typed.split(/\s+/).slice(0, 6)
  const holds = sql.join(
    words.map((word) => sql`${said} like '%' || searchable(${liked(word)}) || '%'`),
    sql` and `,
  )
  const name = sees.patients ? sql`coalesce(p.first_name || ' ' || p.last_name, a.title)` : sql`a.title`
  const { rows } = await sql<{ id: string; name: string; startsLocal: string }>`
    select a.id, ${name} as name, ${localSql(sql`a.starts_at`, timeZone)} as "startsLocal" from ${fromAppointments}
    where ${holds} and a.status <> 'cancelled'
    order by a.ends_at < ${now}, abs(extract(epoch from a.starts_at - ${now}::timestamptz)), a.id limit 10`.execute(
    db,
  )
  return rows
}
