import type { AppointmentStatus } from '#contract/agenda'
import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'appointments'>

export type NewTime = {
  id: string
  practitionerId: string
  startsAt: Date
  endsAt: Date
  status: AppointmentStatus
  dueCents: number
}

export async function putAt(db: Db, rows: readonly NewTime[], now: Date) {
  await sql`update appointments a
    set practitioner_id = n."practitionerId", starts_at = n."startsAt", ends_at = n."endsAt", status = n.status,
      status_at = case when a.status = n.status then a.status_at else ${now} end,
      due_cents = n."dueCents", revision = a.revision + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, "practitionerId" uuid, "startsAt" timestamptz,
      "endsAt" timestamptz, status text, "dueCents" integer)
    where a.id = n.id`.execute(db)
}

export type Mark = { id: string; status: AppointmentStatus; dueCents: number }

export async function markAs(db: Db, marks: readonly Mark[], now: Date) {
  await sql`update appointments a
    set status = n.status, due_cents = n."dueCents", status_at = ${now}, revision = a.revision + 1
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as n(id uuid, status text, "dueCents" integer)
    where a.id = n.id`.execute(db)
}

export async function changeAppointment(
  db: Db,
  id: string,
  change: {
    patientId?: string | null | undefined
    title?: string | undefined
    actId?: string | null | undefined
    feeCents?: number
    dueCents?: number
    place?: string | undefined
    remark?: string | undefined
    revision: number
  },
) {
  await db.updateTable('appointments').set(change).where('id', '=', id).execute()
}

/** A call it was booked out of stays, and names it no more. */
export async function deleteAppointment(db: TenantTables<'appointments' | 'calls'>, id: string) {
  await db.updateTable('calls').set({ appointmentId: null }).where('appointmentId', '=', id).execute()
  await db.deleteFrom('appointments').where('id', '=', id).execute()
}
