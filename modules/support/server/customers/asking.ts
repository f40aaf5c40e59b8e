import { answerOwnTicket, askForHelp } from '#contract/support'
import {
  found,
  handle,
  NotFound,
  type Context,
  type Handler,
  type MemberActor,
} from '#platform/server/requests.ts'
import { writeFromCustomer } from '../conversation/writing.ts'
import type { Parts } from '../parts.ts'
import { happened } from '../tickets/happening.ts'
import { hear } from '../tickets/hearing.ts'
import { livesIn, lockWhereItLives, type Held } from '../tickets/lock.ts'
import { begin } from '../tickets/opening.ts'
import { tellPractice } from '../tickets/telling.ts'
import { holdAsking, ownTicketRow, requesterOf, whoseTicket, writtenMessage } from './queries.ts'
import { shownOwn, shownOwnMessages } from './showing.ts'
import type { refusingTooOften } from './too-often.ts'

type NotTooOften = ReturnType<typeof refusingTooOften>

export const asking = (parts: Parts, notTooOften: NotTooOften): readonly Handler[] => [
  handle(
    askForHelp,
    (ctx) => notTooOften(ctx, 'help-asking'),
    async (ctx, { body: { id, body, attachmentIds, subject, topic } }) => {
      const { tenantId, memberId, name } = ctx.member
      await holdAsking(ctx.db, id)
      const before = await whoseTicket(ctx.db, id)
      // Asked twice it is asked once: the answer may have got lost. Of whomever else it is, it is not there.
      if (before && (before.tenantId !== tenantId || before.requesterMemberId !== memberId))
        throw new NotFound()
      if (!before) {
        const { email, clientId } = await requesterOf(ctx.db, memberId)
        const requester = { requesterMemberId: memberId, requesterName: name, requesterEmail: email }
        const at = ctx.clock.now()
        const ticket = { id, channel: 'app', subject, topic, clientId, tenantId, ...requester }
        await begin(ctx.db, parts, ticket, asMember(ctx.member), at)
        await writeFromCustomer(ctx.db, id, { body, memberId, name, attachmentIds, at })
      }
      ctx.record({ object: 'ticket', id, after: { topic, ...(before && { again: true }) } })
      return shownOwn(found(await ownTicketRow(ctx.db, tenantId, await livesIn(ctx.db, id))))
    },
  ),

  handle(
    answerOwnTicket,
    (ctx) => notTooOften(ctx, 'help-answering'),
    async (ctx, { params, body: { messageId, body, attachmentIds } }) => {
      const held = await holdOwn(ctx, params.id)
      const { id } = held
      const { memberId, name } = ctx.member
      const before = messageId && (await writtenMessage(ctx.db, messageId))
      if (before) {
        // Of whomever else it is, it is not there.
        if (before.byMemberId !== memberId) throw new NotFound()
        ctx.record({ object: 'ticket', id, after: { messageId, again: true } })
        const [message] = await shownOwnMessages(ctx.db, [before])
        return message! // of one row
      }
      const at = ctx.clock.now()
      const by = asMember(ctx.member)
      // It is taken up again where it was resolved or put off, and nobody waits for them any more.
      await hear(ctx.db, parts, held, by)
      const row = await writeFromCustomer(ctx.db, id, {
        id: messageId,
        body,
        memberId,
        name,
        attachmentIds,
        at,
      })
      await happened(ctx.db, parts, id, [{ kind: 'customer_message', by, at }])
      await tellPractice(ctx.db, held)
      ctx.record({ object: 'ticket', id, after: { messageId: row.id, reopened: held.status === 'resolved' } })
      const [message] = await shownOwnMessages(ctx.db, [row])
      return message! // of one row
    },
  ),
]

/** A ticket of the asking member's own practice, or the one it was put into, held until the end of the transaction. */
export async function holdOwn(ctx: Context, id: string): Promise<Held> {
  const held = await lockWhereItLives(ctx.db, id)
  if (held.tenantId !== ctx.member.tenantId || held.trashedAt !== null) throw new NotFound()
  return held
}

const asMember = ({ memberId, name }: MemberActor) => ({ memberId, label: name })
