import {
  addTicketNote,
  listTicketMessages,
  replyLeft,
  replyNotYours,
  replyToTicket,
  saidMeanwhile,
  takeBackReply,
} from '#contract/support'
import {
  found,
  handle,
  NotFound,
  refuse,
  type Actor,
  type Context,
  type Handler,
} from '#platform/server/requests.ts'
import { throwAway } from '../moves/trashing.ts'
import type { Parts } from '../parts.ts'
import { holdStanding, livesIn, lockTicket } from '../tickets/lock.ts'
import { takeFromMessage } from './attachment-queries.ts'
import { tellOfMention } from './letters.ts'
import {
  messageRow,
  messageRows,
  messagesSince,
  saveDraft,
  setTakenBack,
  ticketStands,
  workOutLastMessage,
} from './queries.ts'
import { shownMessages } from './showing.ts'
import { writeNote, writeReply } from './writing.ts'

export const replying = (parts: Parts): readonly Handler[] => [
  handle(listTicketMessages, async (ctx, { params: { id } }) => {
    const rows = await messageRows(ctx.db, id)
    if (rows.length === 0 && !(await ticketStands(ctx.db, id))) throw new NotFound()
    return { rows: await shownMessages(ctx.db, rows) }
  }),

  handle(replyToTicket, async (ctx, { params: { id }, body: { seenMessageId, ...said } }) => {
    const held = await holdStanding(ctx.db, id)
    await refuseUnseen(ctx, id, seenMessageId)
    const message = await writeReply(ctx.db, parts, held, {
      ...said,
      by: asActor(ctx.actor),
      at: ctx.clock.now(),
    })
    // What is said stays in the ticket: the log, which forgets nothing, says that it was.
    ctx.record({
      object: 'ticket',
      id,
      after: {
        messageId: message.id,
        files: message.attachments.length,
        thenDo: said.thenDo,
        ...(message.insisted && { insisted: true }),
      },
    })
    return message
  }),

  handle(takeBackReply, async (ctx, { params: { id: written, messageId } }) => {
    // It may have been put into another ticket within those seconds.
    const id = await livesIn(ctx.db, written)
    const held = await lockTicket(ctx.db, id)
    const now = ctx.clock.now()
    const { staffId } = ctx.actor
    const reply = found(await messageRow(ctx.db, id, messageId))
    if (!['reply', 'contact'].includes(reply.kind) || reply.takenBackAt) throw new NotFound()
    if (reply.byStaffId !== staffId) throw refuse(replyNotYours)
    // Its time is what was promised to whoever takes it back, and to whoever reads it: that it leaves a moment later is no more time.
    if (reply.leftAt || !reply.leavesAt || reply.leavesAt <= now) throw refuse(replyLeft)
    await setTakenBack(ctx.db, messageId, now)
    await takeFromMessage(ctx.db, messageId)
    await workOutLastMessage(ctx.db, id)
    await saveDraft(ctx.db, { ticketId: id, staffId, kind: 'reply', body: reply.body, updatedAt: now })
    // A ticket that began by writing first has nothing in it now, and was nobody's but the writer's.
    const isEmpty = reply.kind === 'contact' && (await messagesSince(ctx.db, id, undefined)).length === 0
    if (isEmpty) await throwAway(ctx.db, parts, held, asActor(ctx.actor))
    ctx.record(
      isEmpty && held.clientId !== null
        ? // Where it is told that they were written to.
          {
            object: 'client',
            id: held.clientId,
            ticket: `#${held.number}`,
            after: { ticketId: id, messageId },
          }
        : { object: 'ticket', id, after: { messageId } },
    )
    return { draft: reply.body }
  }),

  handle(addTicketNote, async (ctx, { params: { id }, body }) => {
    const held = await holdStanding(ctx.db, id)
    const note = await writeNote(ctx.db, parts, held, {
      ...body,
      by: asActor(ctx.actor),
      at: ctx.clock.now(),
    })
    for (const { id: staffId } of note.mentions)
      if (staffId !== ctx.actor.staffId) await tellOfMention(parts, ctx.db, held, staffId, ctx.actor.name)
    ctx.record({
      object: 'ticket',
      id,
      after: { messageId: note.id, mentions: note.mentions.map((person) => person.id) },
    })
    return note
  }),
]

const asActor = ({ staffId, name }: Actor) => ({ staffId, label: name })

/**
 * What came since the last message the writer saw is read before theirs goes. One's own notes are no news; one's own
 * reply is: whoever sends the same one twice, since the first answer got lost, is shown that it stands there.
 */
export async function refuseUnseen(ctx: Context, ticketId: string, seenId: string | null): Promise<void> {
  // One that is not there any more was seen nowhere: all that stands is shown.
  const seen = seenId === null ? undefined : await messageRow(ctx.db, ticketId, seenId)
  const since = await messagesSince(ctx.db, ticketId, seen)
  const news = since.filter(({ kind, byStaffId }) => kind !== 'note' || byStaffId !== ctx.actor.staffId)
  if (news.length > 0)
    throw refuse(saidMeanwhile, { details: { messages: await shownMessages(ctx.db, news) } })
}
