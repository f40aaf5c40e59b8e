import type { Stretch } from '#contract/agenda'
import type { TenantTables } from '#platform/server/tenant-db.ts'

type Db = TenantTables<'workingHours'>

export async function hoursOfAll(db: Db) {
  return db
    .selectFrom('workingHours')
    .orderBy('weekday')
    .orderBy('fromMinute')
    .select(['practitionerId', 'weekday', 'fromMinute', 'toMinute'])
    .execute()
}

export async function replaceHours(db: Db, practitionerId: string, week: readonly Stretch[]) {
  await db.deleteFrom('workingHours').where('practitionerId', '=', practitionerId).execute()
  if (week.length > 0)
    await db
      .insertInto('workingHours')
      .values(
        week.map(({ weekday, fromMinute, toMinute }) => ({ practitionerId, weekday, fromMinute, toMinute })),
      )
      .execute()
}
