/** A week, a month: everything that stands in it, as one JSON text that PostgreSQL writes. */
import { sql } from '#platform/server/db.ts'
import type { TenantDb } from '#platform/server/tenant-db.ts'
import { appointmentSql, fromAppointments, instantSql, localSql } from './appointment-queries.ts'
import type { Sees } from './house.ts'

type Asked = {
  sees: Sees
  timeZone: string
  from: Date
  to: Date
  practitionerIds: readonly string[]
}

export const stretchSql = (timeZone: string) => sql`'id', s.id, 'practitionerId', s.practitioner_id,
  'startsAt', ${instantSql(sql`s.starts_at`)}, 'endsAt', ${instantSql(sql`s.ends_at`)},
  'startsLocal', ${localSql(sql`s.starts_at`, timeZone)}, 'endsLocal', ${localSql(sql`s.ends_at`, timeZone)},
  'label', s.label`

export const absenceSql = (timeZone: string) =>
  sql`json_build_object(${stretchSql(timeZone)}, 'kind', s.kind)`

/** The members of a JSON object, without its braces. */
export async function agendaBetween(db: TenantDb, asked: Asked): Promise<string> {
  const { from, to, practitionerIds, timeZone } = asked
  const theirs = sql`practitioner_id = any(${practitionerIds}::uuid[])`
  const { rows } = await sql<{ agenda: string }>`select json_build_object(
    'appointments', coalesce((select json_agg(${appointmentSql(asked)} order by a.starts_at, a.id) from ${fromAppointments}
      where a.${theirs} and a.starts_at < ${to} and a.ends_at > ${from} and a.starts_at > ${from}::timestamptz - interval '1 day'), '[]'),
    'absences', coalesce((select json_agg(${absenceSql(timeZone)} order by s.starts_at, s.id) from absences s
      where s.${theirs} and s.starts_at < ${to} and s.ends_at > ${from}), '[]'),
    'openSlots', coalesce((select json_agg(json_build_object(${stretchSql(timeZone)}) order by s.starts_at, s.id)
      from open_slots s where s.${theirs} and s.starts_at < ${to} and s.ends_at > ${from}), '[]'),
    'hours', coalesce((select json_agg(json_build_object('practitionerId', practitioner_id, 'weekday', weekday,
      'fromMinute', from_minute, 'toMinute', to_minute) order by practitioner_id, weekday, from_minute)
      from working_hours where ${theirs}), '[]'))::text as agenda`.execute(db)
  return rows[0]?.agenda.slice(1, -1) ?? ''
}
