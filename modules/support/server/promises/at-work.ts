import type { CentralDb } from '#platform/server/db.ts'
import { workedBetween } from '../sla/working-time.ts'
import { calendarOf } from './agreements.ts'
import { calendarVersions, policyVersions } from './queries.ts'
import { inForce } from './standing.ts'

/** The versions of policies by whose calendar support is at work at this moment: at night nobody is told anything. */
export async function versionsAtWork(db: CentralDb, now: Date): Promise<string[]> {
  const open = new Set<string>()
  for (const [id, versions] of Map.groupBy(await calendarVersions(db), ({ calendarId }) => calendarId)) {
    const calendar = await calendarOf(db, inForce(versions, now).id)
    if (workedBetween(calendar, now.getTime(), now.getTime() + 1) > 0) open.add(id)
  }
  return (await policyVersions(db)).filter(({ calendar }) => open.has(calendar)).map(({ id }) => id)
}
