import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

export type PracticeNow = { now: Date; timeZone: string; today: string }

/** The instant, and the day it is at the practice, `2026-11-22`. */
export async function practiceNow(db: TenantTables<'practice'>, clock: Clock): Promise<PracticeNow> {
  const { timeZone } = await db.selectFrom('practice').select('timeZone').executeTakeFirstOrThrow()
  const now = clock.now()
  return { now, timeZone, today: dayOf(now, timeZone) }
}
