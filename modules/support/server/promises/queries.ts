/** Every statement about policies, calendars and teams. */
import type { Allowances, Escalation } from '#contract/support'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { PolicyVersion } from '../sla/agreements.ts'

/** All but what they say, which may be long; none that was withdrawn before it began. */
export const calendarVersions = (db: CentralDb) =>
  db
    .selectFrom('supportCalendarVersions as version')
    .innerJoin('supportCalendars as calendar', 'calendar.id', 'version.calendarId')
    .leftJoin('staffMembers as writer', 'writer.id', 'version.createdBy')
    .select([
      'version.id',
      'version.calendarId',
      'version.inForceFrom',
      'version.territory',
      'calendar.name',
      writerName().as('by'),
    ])
    .where('version.withdrawnAt', 'is', null)
    .orderBy('calendar.name')
    .orderBy('version.inForceFrom')
    .execute()

export type CalendarVersionRow = Awaited<ReturnType<typeof calendarVersions>>[number]

export const calendarContents = (db: CentralDb, ids: readonly string[]) =>
  db.selectFrom('supportCalendarVersions').select(['id', 'content']).where('id', 'in', ids).execute()

export const policyRows = (db: CentralDb) =>
  db
    .selectFrom('supportPolicyVersions as version')
    .innerJoin('supportPolicies as policy', 'policy.id', 'version.policyId')
    .leftJoin('staffMembers as writer', 'writer.id', 'version.createdBy')
    .select([
      'version.id',
      'version.policyId',
      'version.inForceFrom',
      'version.active',
      'version.position',
      'version.plans',
      'version.tags',
      'version.calendarId',
      'version.warnAtPercent',
      'version.allowances',
      'version.escalations',
      'policy.name',
      writerName().as('by'),
    ])
    .where('version.withdrawnAt', 'is', null)
    .orderBy('version.position')
    .orderBy('policy.name')
    .orderBy('version.inForceFrom')
    .execute()

export type PolicyRow = Awaited<ReturnType<typeof policyRows>>[number]

const writerName = () => sql<string | null>`writer.first_name || ' ' || writer.last_name`

export const policyVersions = async (db: CentralDb): Promise<PolicyVersion[]> =>
  (await policyRows(db)).map((row) => ({
    id: row.id,
    policy: row.policyId,
    from: row.inForceFrom.getTime(),
    active: row.active,
    position: row.position,
    plans: row.plans,
    tags: row.tags,
    calendar: row.calendarId,
    warnAtPercent: row.warnAtPercent,
    allowances: allowancesOf(row),
  }))

/** As the contract checked them when they were saved. */
export const allowancesOf = ({ allowances }: Pick<PolicyRow, 'allowances'>) =>
  allowances as Record<'low' | 'normal' | 'high' | 'urgent', Allowances>

/** Its lock too: of two who save at once the second sees what the first did. A new one where there is no id. */
export async function nameCalendar(
  db: CentralDb,
  id: string | null,
  name: string,
): Promise<string | undefined> {
  const row = id
    ? await db
        .updateTable('supportCalendars')
        .set({ name })
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst()
    : await db.insertInto('supportCalendars').values({ name }).returning('id').executeTakeFirst()
  return row?.id
}

export async function namePolicy(
  db: CentralDb,
  id: string | null,
  name: string,
): Promise<string | undefined> {
  const row = id
    ? await db
        .updateTable('supportPolicies')
        .set({ name })
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst()
    : await db.insertInto('supportPolicies').values({ name }).returning('id').executeTakeFirst()
  return row?.id
}

export const insertCalendarVersion = (
  db: CentralDb,
  version: {
    id: string
    calendarId: string
    inForceFrom: Date
    content: unknown
    territory: string
    createdBy: string
    createdAt: Date
  },
) =>
  db
    .insertInto('supportCalendarVersions')
    .values({ ...version, content: JSON.stringify(version.content) })
    .execute()

export const insertPolicyVersion = (
  db: CentralDb,
  version: {
    id: string
    policyId: string
    inForceFrom: Date
    active: boolean
    position: number
    calendarId: string
    plans: string[]
    tags: string[]
    allowances: Record<string, Allowances>
    warnAtPercent: number
    escalations: readonly Escalation[]
    createdBy: string
    createdAt: Date
  },
) =>
  db
    .insertInto('supportPolicyVersions')
    .values({
      ...version,
      allowances: JSON.stringify(version.allowances),
      escalations: JSON.stringify(version.escalations),
    })
    .execute()

/** Whether there is such a calendar, with a version at least. */
export async function hasCalendar(db: CentralDb, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('supportCalendarVersions')
    .select('id')
    .where('calendarId', '=', id)
    .where('withdrawnAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const planKeys = async (db: CentralDb): Promise<string[]> =>
  (await db.selectFrom('plans').select('key').orderBy('monthlyCents').orderBy('key').execute()).map(
    ({ key }) => key,
  )

/** Those that begin by and by, and have begun: open tickets do not stand under them yet. */
export const versionsToApply = (db: CentralDb, now: Date) =>
  sql<{ id: string }>`
    select id from support_calendar_versions
    where applied_at is null and withdrawn_at is null and in_force_from <= ${now} and in_force_from > created_at
    union all
    select id from support_policy_versions
    where applied_at is null and withdrawn_at is null and in_force_from <= ${now} and in_force_from > created_at`
    .execute(db)
    .then(({ rows }) => rows.map(({ id }) => id))

export async function markApplied(db: CentralDb, now: Date): Promise<void> {
  for (const table of ['supportCalendarVersions', 'supportPolicyVersions'] as const)
    await db
      .updateTable(table)
      .set({ appliedAt: now })
      .where('appliedAt', 'is', null)
      .where('withdrawnAt', 'is', null)
      .where('inForceFrom', '<=', now)
      .execute()
}
