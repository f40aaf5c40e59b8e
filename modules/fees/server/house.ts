import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { TenantTables } from '#platform/server/tenant-db.ts'

export type HouseNow = { now: Date; timeZone: string; today: string }

/** The instant, and the day it is at the practice, `2026-11-22`. */
export async function houseNow({
  db,
  clock,
}: {
  db: TenantTables<'practice'>
  clock: Clock
}): Promise<HouseNow> {
  const { timeZone } = await db.selectFrom('practice').select('timeZone').executeTakeFirstOrThrow()
  const now = clock.now()
  return { now, timeZone, today: dayOf(now, timeZone) }
}
