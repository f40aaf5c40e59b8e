import type { TenantTables } from '#platform/server/tenant-db.ts'

export type NewAppointment = {
  id: string
  practitionerId: string
  patientId: string | null
  title: string
  actId: string | null
  startsAt: Date
  endsAt: Date
  place: string
  remark: string
  feeCents: number
  seriesId: string | null
  bookedBy: string
  bookedAt: Date
}

export async function insertSeries(
  db: TenantTables<'appointmentSeries'>,
  row: {
    id: string
    practitionerId: string
    everyWeeks: number
    firstOn: string
    lastOn: string
    startsLocal: string
    createdAt: Date
  },
) {
  await db.insertInto('appointmentSeries').values(row).execute()
}

/** All of them in one statement: what overlaps lets none of them in. */
export async function insertAppointments(db: TenantTables<'appointments'>, rows: readonly NewAppointment[]) {
  await db
    .insertInto('appointments')
    .values(
      rows.map((row) => ({
        id: row.id,
        practitionerId: row.practitionerId,
        patientId: row.patientId,
        title: row.title,
        actId: row.actId,
        startsAt: row.startsAt,
        endsAt: row.endsAt,
        place: row.place,
        remark: row.remark,
        feeCents: row.feeCents,
        // Planned: all of it, for now.
        dueCents: row.feeCents,
        seriesId: row.seriesId,
        bookedBy: row.bookedBy,
        bookedAt: row.bookedAt,
      })),
    )
    .execute()
}
