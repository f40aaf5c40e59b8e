import type { CentralDb } from '#platform/server/db.ts'
import { workedBetween } from '../sla/working-time.ts'
import { calendarOf } from './agreements.ts'
import { calendarVersions, policyVersions } from './queries.ts'
import { inForce } from './standing.ts'

/** Whether the calendar by which a ticket is counted has support at work at this moment: nobody is told anything at night. */
export async function openNow(
  db: CentralDb,
  now: Date,
): Promise<(counted: { policyVersion: string | null }) => boolean> {
  const calendarIdOf = new Map((await policyVersions(db)).map(({ id, calendar }) => [id, calendar]))
  const open = new Map<string, boolean>()
  for (const [id, versions] of Map.groupBy(await calendarVersions(db), ({ calendarId }) => calendarId)) {
    const calendar = await calendarOf(db, inForce(versions, now).id)
    open.set(id, workedBetween(calendar, now.getTime(), now.getTime() + 1) > 0)
  }
  return ({ policyVersion }) => open.get(calendarIdOf.get(policyVersion ?? '') ?? '') ?? false
}
