import type { SupportTeam } from '#contract/support'
import { sql, type CentralDb } from '#platform/server/db.ts'

/** Those in use first. */
export async function teams(db: CentralDb): Promise<SupportTeam[]> {
  const { rows } = await sql<SupportTeam>`
    select team.id, team.name, team.archived_at is not null as archived,
      case when lead.id is not null
        then json_build_object('id', lead.id, 'name', lead.first_name || ' ' || lead.last_name) end as lead,
      coalesce((
        select json_agg(json_build_object('id', staff.id, 'name', staff.first_name || ' ' || staff.last_name)
          order by staff.last_name, staff.first_name, staff.id)
        from support_team_members member join staff_members staff on staff.id = member.staff_id
        where member.team_id = team.id), '[]') as members
    from support_teams team left join staff_members lead on lead.id = team.lead_id
    order by team.archived_at is not null, lower(team.name), team.id`.execute(db)
  return rows
}

export const insertTeam = (db: CentralDb, team: { name: string; leadId: string | null }): Promise<string> =>
  db
    .insertInto('supportTeams')
    .values(team)
    .returning('id')
    .executeTakeFirstOrThrow()
    .then(({ id }) => id)

/** @returns false where there is no such team */
export const changeTeam = (
  db: CentralDb,
  id: string,
  team: { name: string; leadId: string | null; archivedAt: Date | null },
): Promise<boolean> =>
  db
    .updateTable('supportTeams')
    .set(team)
    .where('id', '=', id)
    .executeTakeFirst()
    .then(({ numUpdatedRows }) => numUpdatedRows > 0n)

export async function setMembers(db: CentralDb, teamId: string, staffIds: readonly string[]): Promise<void> {
  await db.deleteFrom('supportTeamMembers').where('teamId', '=', teamId).execute()
  if (staffIds.length > 0)
    await db
      .insertInto('supportTeamMembers')
      .values(staffIds.map((staffId) => ({ teamId, staffId })))
      .execute()
}

/** Which of them are nobody of the team, or have been suspended. */
export async function notAtWork(db: CentralDb, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('staffMembers')
    .select('id')
    .where('id', 'in', ids)
    .where('suspendedAt', 'is', null)
    .execute()
  const atWork = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !atWork.has(id))
}
