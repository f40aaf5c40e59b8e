/** Every statement about versions that are withdrawn before they begin. */
import { sql, type CentralDb } from '#platform/server/db.ts'

export type HeldVersion = {
  id: string
  of: 'calendar' | 'policy'
  ofId: string
  name: string
  inForceFrom: Date
  withdrawnAt: Date | null
}

/** A version of either, with the calendar or policy held: of two who change its versions the second sees what the first did. */
export async function holdVersion(db: CentralDb, id: string): Promise<HeldVersion | undefined> {
  const { rows } = await sql<Pick<HeldVersion, 'of' | 'ofId'>>`
    select 'calendar' as of, calendar_id as "ofId" from support_calendar_versions where id = ${id}
    union all
    select 'policy', policy_id from support_policy_versions where id = ${id}`.execute(db)
  const [found] = rows
  if (!found) return undefined
  const [whole, versions] = tablesOf(found.of)
  await sql`select from ${sql.table(whole)} where id = ${found.ofId} for no key update`.execute(db)
  const held = await sql<Omit<HeldVersion, 'of' | 'ofId'>>`
    select version.id, whole.name, version.in_force_from as "inForceFrom", version.withdrawn_at as "withdrawnAt"
    from ${sql.table(versions)} version join ${sql.table(whole)} whole on whole.id = ${found.ofId}
    where version.id = ${id}`.execute(db)
  const [row] = held.rows
  return row && { ...row, ...found }
}

const tablesOf = (of: HeldVersion['of']) =>
  of === 'calendar'
    ? (['support_calendars', 'support_calendar_versions'] as const)
    : (['support_policies', 'support_policy_versions'] as const)

const keyOf = (of: HeldVersion['of']) => sql.ref(of === 'calendar' ? 'calendar_id' : 'policy_id')

/** Another of the same begins at that instant, or later. */
export async function isFollowed(
  db: CentralDb,
  { id, of, ofId, inForceFrom }: HeldVersion,
): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(tablesOf(of)[1])} where ${keyOf(of)} = ${ofId}
    and id <> ${id} and withdrawn_at is null and in_force_from >= ${inForceFrom} limit 1`.execute(db)
  return rows.length > 0
}

/** It is a calendar's only version, and a policy counts by that calendar, or will. */
export async function isLastOfNeeded(db: CentralDb, { id, of, ofId }: HeldVersion): Promise<boolean> {
  if (of === 'policy') return false
  const { rows } = await sql`
    select from support_policy_versions where calendar_id = ${ofId} and withdrawn_at is null
      and not exists (select from support_calendar_versions
        where calendar_id = ${ofId} and id <> ${id} and withdrawn_at is null)
    limit 1`.execute(db)
  return rows.length > 0
}

export async function setWithdrawn(db: CentralDb, { id, of }: HeldVersion, at: Date | null): Promise<void> {
  await sql`update ${sql.table(tablesOf(of)[1])} set withdrawn_at = ${at} where id = ${id}`.execute(db)
}
