import { getTicketChoices } from '#contract/support'
import { peopleWith } from '#server/access'
import { sql, type Tables } from '#platform/server/db.ts'
import { handle, type Handler } from '#platform/server/requests.ts'

/** More tags than anybody looks through: beyond them one types. */
const mostTags = 500

export const choosing: Handler = handle(getTicketChoices, async ({ db }) => {
  const teams = await teamsOf(db)
  const people = await peopleWith(db, 'tickets.write')
  return {
    agents: people.map(({ id, name }) => ({
      id,
      name,
      teams: teams.filter(({ memberIds }) => memberIds.includes(id)).map((team) => team.id),
    })),
    teams: teams.map(({ id, name }) => ({ id, name })),
    tags: await tagsInUse(db),
  }
})

async function teamsOf(db: Tables<'supportTeams' | 'supportTeamMembers'>) {
  return db
    .selectFrom('supportTeams')
    .select([
      'id',
      'name',
      sql<string[]>`array(select staff_id from support_team_members where team_id = support_teams.id)`.as(
        'memberIds',
      ),
    ])
    .where('archivedAt', 'is', null)
    .orderBy(sql`lower(name)`)
    .execute()
}

async function tagsInUse(db: Tables<'supportTags' | 'ticketTags'>): Promise<string[]> {
  const rows = await db
    .selectFrom('supportTags')
    .select('name')
    .where(sql<boolean>`exists (select from ticket_tags where tag_id = support_tags.id)`)
    .orderBy(sql`lower(name)`)
    .limit(mostTags)
    .execute()
  return rows.map(({ name }) => name)
}
