/**
 * The last thing somebody did to a ticket is taken back: the row is what it was, and the log says that what was told of it
 * never was. A ticket resolved by mistake is neither answered, nor resolved, nor reopened (decision 0032).
 */
import { ticketChanged, ticketNotUndoable, undoMinutes, undoTicketChange } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import { takeFromMessage } from '../conversation/attachment-queries.ts'
import { messageRow, saveDraft, setTakenBack, workOutLastMessage } from '../conversation/queries.ts'
import type { Parts } from '../parts.ts'
import { happened } from './happening.ts'
import { holdStanding, type Held } from './lock.ts'
import { standingIn, type LogRow } from './log-of-ticket.ts'
import { changeTicket, logsOf, setTags } from './queries.ts'
import { shownTicket } from './shown.ts'
import { tellPractice } from './telling.ts'

/** What the first event of a change keeps for this; every event of it bears its `revision`. */
export type Undoable = {
  /** What the ticket had after it. */
  revision: number
  /** What stood before in what it changed, as the row has it; `tags` besides. */
  was: Record<string, unknown>
  /** Messages that went with it. */
  said: readonly string[]
}

export const undoing = (parts: Parts): Handler =>
  handle(undoTicketChange, async (ctx, { params: { id }, body: { revision } }) => {
    const { db, actor } = ctx
    const now = ctx.clock.now()
    const held = await holdStanding(db, id)
    if (held.revision !== revision)
      throw refuse(ticketChanged, { details: { current: await shownTicket(db, id, actor, now) } })
    const { events, was, said } = found(await logsOf(db, [id]), revision, actor.staffId, now)
    const draft = await takeBackSaid(ctx, id, said, now)
    const { tags, ...row } = was
    if (Array.isArray(tags)) await setTags(db, id, tags as string[]) // as `change` kept them
    await changeTicket(db, id, asRow(row))
    await happened(db, parts, id, [
      {
        kind: 'undone',
        by: { staffId: actor.staffId, label: actor.name },
        data: { undoes: events.map((event) => event.id) },
      },
    ])
    await tellBoth(db, held, row)
    ctx.record({
      object: 'ticket',
      id,
      tenant: held.tenantId ?? undefined,
      ticket: `#${held.number}`,
      after: { undone: events.map(({ kind }) => kind), messages: said.length },
    })
    return { ticket: await shownTicket(db, id, actor, now), draft }
  })

/** What moves nothing in the row may have come since: it stays, and counts as if it had found the ticket as it was. */
const harmless = ['note', 'customer_message', 'agent_reply', 'auto_reply']

/** @throws ticketNotUndoable */
function found(log: readonly LogRow[], revision: number, staffId: string, now: Date) {
  const standing = standingIn(log)
  const events = standing.filter(({ data }) => (data as Partial<Undoable>).revision === revision)
  const [first] = events
  const last = events.at(-1)
  const isRecent = first && now.getTime() - first.at.getTime() <= undoMinutes * 60_000
  if (!first || !last || !isRecent || first.actorStaffId !== staffId) throw refuse(ticketNotUndoable)
  // What was opened again is resolved again by resolving it: somebody may have waited for it meanwhile.
  if (events.some(({ kind }) => kind === 'reopened')) throw refuse(ticketNotUndoable)
  const since = standing.slice(standing.indexOf(last) + 1)
  if (since.some(({ kind }) => !harmless.includes(kind))) throw refuse(ticketNotUndoable)
  const { was, said } = first.data as Undoable // the first of its change
  return { events, was, said }
}

/** @returns the words of the reply among them, which go back to where one writes @throws ticketNotUndoable once it has left */
async function takeBackSaid(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  ticketId: string,
  ids: readonly string[],
  now: Date,
): Promise<string | null> {
  let draft: string | null = null
  for (const id of ids) {
    const message = await messageRow(db, ticketId, id)
    // Taken back by itself already.
    if (!message || message.takenBackAt) continue
    if (message.kind !== 'note') {
      if (message.leftAt || !message.leavesAt || message.leavesAt <= now) throw refuse(ticketNotUndoable)
      draft = message.body
      await saveDraft(db, {
        ticketId,
        staffId: actor.staffId,
        kind: 'reply',
        body: message.body,
        updatedAt: now,
      })
    }
    await setTakenBack(db, id, now)
    await takeFromMessage(db, id)
  }
  if (ids.length > 0) await workOutLastMessage(db, ticketId)
  return draft
}

const instants = ['resolvedAt', 'snoozedUntil']

const asRow = (was: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(was).map(([field, value]) => [
      field,
      typeof value === 'string' && instants.includes(field) ? new Date(value) : value,
    ]),
  )

/** The practice it was of meanwhile, and the one it is of again. */
async function tellBoth(db: CentralDb, held: Held, { tenantId }: Record<string, unknown>): Promise<void> {
  await tellPractice(db, held)
  if (tenantId !== undefined && tenantId !== held.tenantId)
    await tellPractice(db, { id: held.id, tenantId: tenantId as string | null }) // as the row had it
}
