/** Every statement about policies, calendars and teams. */
import type { Allowances } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import type { PolicyVersion } from '../sla/agreements.ts'

/** All but what they say, which may be long. */
export const calendarVersions = (db: CentralDb) =>
  db
    .selectFrom('supportCalendarVersions')
    .select(['id', 'calendarId', 'inForceFrom'])
    .orderBy('inForceFrom')
    .execute()

export const calendarContents = (db: CentralDb, ids: readonly string[]) =>
  db.selectFrom('supportCalendarVersions').select(['id', 'content']).where('id', 'in', ids).execute()

export async function policyVersions(db: CentralDb): Promise<PolicyVersion[]> {
  const rows = await db
    .selectFrom('supportPolicyVersions')
    .selectAll()
    .orderBy('position')
    .orderBy('inForceFrom')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    policy: row.policyId,
    from: row.inForceFrom.getTime(),
    active: row.active,
    position: row.position,
    plans: row.plans,
    tags: row.tags,
    calendar: row.calendarId,
    warnAtPercent: row.warnAtPercent,
    // As the contract checked it when it was saved.
    allowances: row.allowances as Record<string, Allowances>,
  }))
}
