import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

/** The practice as its messages say it, and when its reminders leave. */
export async function practiceFacts(db: TenantTables<'practice'>) {
  return db
    .selectFrom('practice')
    .select([
      'name',
      'phone',
      'email',
      'address',
      'postcode',
      'city',
      'timeZone',
      'revision',
      'reminderEmailDays as emailDays',
      'reminderSmsDays as smsDays',
      'reminderHour as hour',
    ])
    .executeTakeFirstOrThrow()
}
export type PracticeFacts = Awaited<ReturnType<typeof practiceFacts>>

/** The day it is at the practice, and the hour of it. */
export function practiceNow({ timeZone }: Pick<PracticeFacts, 'timeZone'>, clock: Clock) {
  const now = clock.now()
  const { hour } = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  return { now, today: dayOf(now, timeZone), hour }
}

/** False when another revision stands by now. */
export async function changeReminders(
  db: TenantTables<'practice'>,
  revision: number,
  said: { emailDays: number | null; smsDays: number | null; hour: number },
  now: Date,
): Promise<boolean> {
  const changed = await db
    .updateTable('practice')
    .set({
      reminderEmailDays: said.emailDays,
      reminderSmsDays: said.smsDays,
      reminderHour: said.hour,
      revision: revision + 1,
      updatedAt: now,
    })
    .where('revision', '=', revision)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}
