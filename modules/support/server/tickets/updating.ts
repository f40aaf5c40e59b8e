import { ticketChanged, updateTicket } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { checkAssignee } from './assigning.ts'
import { change, type TicketChange } from './changing.ts'
import { holdStanding, type Held } from './lock.ts'
import { clientNamed, teamNamed } from './queries.ts'
import { shownTicket } from './shown.ts'

export const updating = (parts: Parts): Handler =>
  handle(updateTicket, async (ctx, { params: { id }, body: { revision, ...asked } }) => {
    const { db, actor } = ctx
    const now = ctx.clock.now()
    const held = await holdStanding(db, id)
    // Whoever saves second decides with both versions before their eyes; nothing is merged behind their back.
    if (held.revision !== revision)
      throw refuse(ticketChanged, { details: { current: await shownTicket(db, id, actor, now) } })
    await check(db, held, asked)
    const changed = await change(db, parts, held, asked, { staffId: actor.staffId, label: actor.name })
    ctx.record({
      object: 'ticket',
      id,
      tenant: held.tenantId ?? undefined,
      ticket: `#${held.number}`,
      ...changed,
    })
    return shownTicket(db, id, actor, now)
  })

/** What stands already may stay, though it could not be chosen any more. */
async function check(
  db: CentralDb,
  held: Held,
  { assigneeId, teamId, clientId }: TicketChange,
): Promise<void> {
  if (assigneeId !== held.assigneeId) await checkAssignee(db, assigneeId)
  if (teamId && teamId !== held.teamId && !(await teamNamed(db, teamId)))
    throw new WrongField('body', 'teamId', 'ticket_team_unknown')
  if (clientId && clientId !== held.clientId && !(await clientNamed(db, clientId)))
    throw new WrongField('body', 'clientId', 'ticket_client_unknown')
}
