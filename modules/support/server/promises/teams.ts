import { saveSupportTeam } from '#contract/support'
import { breaks } from '#platform/server/db.ts'
import { handle, NotFound, WrongField } from '#platform/server/requests.ts'
import { changeTeam, insertTeam, notAtWork, setMembers, teams } from './team-queries.ts'

export const savingTeams = handle(saveSupportTeam, async (ctx, { body }) => {
  const { name, leadId, archived } = body
  const memberIds = [...new Set(body.memberIds)]
  const before = body.id ? (await teams(ctx.db)).find(({ id }) => id === body.id) : undefined
  if (body.id && !before) throw new NotFound()
  // Who was in it before may stay, though they do not work here any more.
  const were = new Set([before?.lead?.id, ...(before?.members.map((member) => member.id) ?? [])])
  const unknown = new Set(
    await notAtWork(
      ctx.db,
      [...memberIds, ...(leadId ? [leadId] : [])].filter((id) => !were.has(id)),
    ),
  )
  if (leadId && unknown.has(leadId)) throw new WrongField('body', 'leadId', 'support_person_unknown')
  if (unknown.size > 0) throw new WrongField('body', 'memberIds', 'support_person_unknown')

  const archivedAt = archived ? ctx.clock.now() : null
  try {
    const id = before?.id ?? (await insertTeam(ctx.db, { name, leadId }))
    if (before) await changeTeam(ctx.db, id, { name, leadId, archivedAt })
    await setMembers(ctx.db, id, memberIds)
    ctx.record({
      object: 'support_team',
      id,
      ...(before && { before: { ...before, id: undefined } }),
      after: { name, leadId, memberIds, archived },
    })
    return { id }
  } catch (error) {
    if (breaks(error, 'support_teams_lower_idx')) throw new WrongField('body', 'name', 'support_team_exists')
    throw error
  }
})
