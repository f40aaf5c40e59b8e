import { sql } from '#platform/server/db.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

export async function hoursOf(db: TenantTables<'workingHours'>, practitionerId: string) {
  return db
    .selectFrom('workingHours')
    .where('practitionerId', '=', practitionerId)
    .orderBy('weekday')
    .orderBy('fromMinute')
    .select(['practitionerId', 'weekday', 'fromMinute', 'toMinute'])
    .execute()
}

export async function absencesBetween(
  db: TenantTables<'absences'>,
  practitionerId: string,
  from: Date,
  to: Date,
) {
  return db
    .selectFrom('absences')
    .where('practitionerId', '=', practitionerId)
    .where('startsAt', '<', to)
    .where('endsAt', '>', from)
    .select(['startsAt', 'endsAt'])
    .execute()
}

export async function openSlotsBetween(
  db: TenantTables<'openSlots'>,
  practitionerId: string,
  from: Date,
  to: Date,
) {
  return db
    .selectFrom('openSlots')
    .where('practitionerId', '=', practitionerId)
    .where('startsAt', '<', to)
    .where('endsAt', '>', from)
    .select(['startsAt', 'endsAt'])
    .execute()
}

/** What takes these practitioners' time between two instants. */
export async function takenBetween(
  db: TenantTables<'appointments'>,
  practitionerIds: readonly string[],
  from: Date,
  to: Date,
) {
  return db
    .selectFrom('appointments')
    .where('practitionerId', 'in', practitionerIds)
    .where('status', 'not in', ['cancelled', 'late_cancelled'])
    .where(sql<boolean>`during && tstzrange(${from}, ${to}, '[)')`)
    .select(['practitionerId', 'startsAt', 'endsAt'])
    .execute()
}
