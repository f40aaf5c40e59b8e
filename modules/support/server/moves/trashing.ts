import { restoreTicket, ticketNotTrashed, trashTicket } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { takeFromMessage } from '../conversation/attachment-queries.ts'
import { draftRows, saveDraft, setTakenBack, workOutLastMessage } from '../conversation/queries.ts'
import type { Parts } from '../parts.ts'
import { happened, type By } from '../tickets/happening.ts'
import { holdStanding, lockTicket, type Held } from '../tickets/lock.ts'
import { changeTicket } from '../tickets/queries.ts'
import { shownTicket } from '../tickets/shown.ts'
import { tellPractice } from '../tickets/telling.ts'
import { notLeftYet } from './queries.ts'

/** Out of every queue and out of the customer's sight; its clocks run on, as those of what is put off. */
export const trashing = (parts: Parts): readonly Handler[] => [
  handle(trashTicket, async (ctx, { params: { id } }) => {
    const { db, actor } = ctx
    const now = ctx.clock.now()
    const held = await holdStanding(db, id)
    const kept = await keepBack(db, id, now)
    await throwAway(db, parts, held, { staffId: actor.staffId, label: actor.name })
    ctx.record({ ...named(held), after: { repliesKeptBack: kept } })
    return shownTicket(db, id, actor, now)
  }),

  handle(restoreTicket, async (ctx, { params: { id } }) => {
    const { db, actor } = ctx
    const held = await lockTicket(db, id)
    if (held.trashedAt === null) throw refuse(ticketNotTrashed)
    await changeTicket(db, id, { trashedAt: null })
    await happened(db, parts, id, [{ kind: 'restored', by: { staffId: actor.staffId, label: actor.name } }])
    await tellPractice(db, held)
    ctx.record(named(held))
    return shownTicket(db, id, actor, ctx.clock.now())
  }),
]

/** Within the caller's transaction, which holds the ticket, and of which nothing is on its way out any more. */
export async function throwAway(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  held: Held,
  by: By,
): Promise<void> {
  await changeTicket(db, held.id, { trashedAt: parts.clock.now() })
  await happened(db, parts, held.id, [{ kind: 'trashed', by }])
  await tellPractice(db, held)
}

const named = ({ id, number, tenantId }: Held) => ({
  object: 'ticket' as const,
  id,
  tenant: tenantId ?? undefined,
  ticket: `#${number}`,
})

/** Nobody could read the answer: it becomes its writer's draft again. @returns how many had not left */
async function keepBack(db: CentralDb, ticketId: string, now: Date): Promise<number> {
  const replies = await notLeftYet(db, ticketId)
  for (const { id, body, byStaffId } of replies) {
    await setTakenBack(db, id, now)
    await takeFromMessage(db, id)
    if (byStaffId === null) continue
    const begun = (await draftRows(db, { ticketId, staffId: byStaffId })).find(({ kind }) => kind === 'reply')
    const both = [body, begun?.body ?? ''].filter((said) => said.trim() !== '').join('\n\n')
    await saveDraft(db, { ticketId, staffId: byStaffId, kind: 'reply', body: both, updatedAt: now })
  }
  await workOutLastMessage(db, ticketId)
  return replies.length
}
