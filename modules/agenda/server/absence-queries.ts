import type { Absence, Appointment, OpenSlot } from '#contract/agenda'
import { sql } from '#platform/server/db.ts'
import type { TenantDb, TenantTables } from '#platform/server/tenant-db.ts'
import { appointmentSql, fromAppointments } from './appointment-queries.ts'
import { absenceSql, stretchSql } from './calendar-queries.ts'

type Absences = TenantTables<'absences'>
type OpenSlots = TenantTables<'openSlots'>
type Time = { startsAt: Date; endsAt: Date; label: string }
type New = Time & { id: string; practitionerId: string; createdBy: string; createdAt: Date }

const openSlotSql = (timeZone: string) => sql`json_build_object(${stretchSql(timeZone)})`

export async function absencesFrom(db: Absences, timeZone: string, from: Date): Promise<Absence[]> {
  const { rows } = await sql<{ shown: Absence }>`select ${absenceSql(timeZone)} as shown from absences s
    where s.ends_at > ${from} order by s.starts_at, s.id`.execute(db)
  return rows.map(({ shown }) => shown)
}

export async function absenceShown(db: Absences, timeZone: string, id: string): Promise<Absence | undefined> {
  const { rows } = await sql<{ shown: Absence }>`
    select ${absenceSql(timeZone)} as shown from absences s where s.id = ${id}`.execute(db)
  return rows[0]?.shown
}

/** What is still planned in each of these absences. */
export async function touchedBy(
  db: TenantDb,
  asked: Parameters<typeof appointmentSql>[0],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Appointment[]>> {
  const { rows } = await sql<{ id: string; touched: Appointment[] }>`
    select s.id, json_agg(${appointmentSql(asked)} order by a.starts_at, a.id) as touched from ${fromAppointments}
    join absences s on s.practitioner_id = a.practitioner_id and a.during && tstzrange(s.starts_at, s.ends_at, '[)')
    where s.id = any(${ids}::uuid[]) and a.status = 'planned' group by s.id`.execute(db)
  return new Map(rows.map(({ id, touched }) => [id, touched]))
}

export async function insertAbsence(db: Absences, row: New & { kind: string }) {
  await db.insertInto('absences').values(row).execute()
}

export async function updateAbsence(db: Absences, id: string, change: Time & { kind: string }) {
  await db.updateTable('absences').set(change).where('id', '=', id).execute()
}

export async function deleteAbsence(db: Absences, id: string) {
  await db.deleteFrom('absences').where('id', '=', id).execute()
}

export async function openSlotsFrom(db: OpenSlots, timeZone: string, from: Date): Promise<OpenSlot[]> {
  const { rows } = await sql<{ shown: OpenSlot }>`select ${openSlotSql(timeZone)} as shown from open_slots s
    where s.ends_at > ${from} order by s.starts_at, s.id`.execute(db)
  return rows.map(({ shown }) => shown)
}

export async function openSlotShown(
  db: OpenSlots,
  timeZone: string,
  id: string,
): Promise<OpenSlot | undefined> {
  const { rows } = await sql<{ shown: OpenSlot }>`
    select ${openSlotSql(timeZone)} as shown from open_slots s where s.id = ${id}`.execute(db)
  return rows[0]?.shown
}

export async function insertOpenSlot(db: OpenSlots, row: New) {
  await db.insertInto('openSlots').values(row).execute()
}

export async function deleteOpenSlot(db: OpenSlots, id: string) {
  await db.deleteFrom('openSlots').where('id', '=', id).execute()
}
