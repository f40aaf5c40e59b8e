import type { Clock } from '#platform/server/clock.ts'
import { dayOf } from '#platform/server/clock.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

/** The day it is at the practice, `2026-11-22`. */
export async function practiceDay(db: TenantTables<'practice'>, clock: Clock): Promise<string> {
  const { timeZone } = await db.selectFrom('practice').select('timeZone').executeTakeFirstOrThrow()
  return dayOf(clock.now(), timeZone)
}
