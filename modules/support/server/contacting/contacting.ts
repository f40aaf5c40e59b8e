/** The team writes first: by mail to a client's own address, from their page or from within a ticket. */
import { contactClient, contactFromTicket, nobodyToContact } from '#contract/support'
import { found, handle, NotFound, refuse, type Handler } from '#platform/server/requests.ts'
import { refuseUnseen } from '../conversation/replying.ts'
import { shownMessage } from '../conversation/showing.ts'
import { writeContact } from '../conversation/writing.ts'
import { holdAsking } from '../customers/queries.ts'
import type { Parts } from '../parts.ts'
import { change } from '../tickets/changing.ts'
import { holdStanding, lockTicket } from '../tickets/lock.ts'
import { begin } from '../tickets/opening.ts'
import { memberWithAddress, tenantOf } from '../tickets/queries.ts'
import { shownTicket } from '../tickets/shown.ts'
import { clientToContact, firstMessageOf } from './queries.ts'

export const contacting = (parts: Parts): readonly Handler[] => [
  handle(contactClient, async (ctx, { body: { id, clientId, subject, topic, priority, ...said } }) => {
    const { db, actor } = ctx
    const by = { staffId: actor.staffId, label: actor.name }
    const at = ctx.clock.now()
    await holdAsking(db, id)
    // Asked twice it is written once: the answer may have got lost. Whatever else stands there is not theirs to see.
    const before = await firstMessageOf(db, id)
    if (before && (before.kind !== 'contact' || before.byStaffId !== actor.staffId)) throw new NotFound()
    if (!before) {
      const client = found(await clientToContact(db, clientId))
      if (client.email === '') throw refuse(nobodyToContact)
      const tenantId = await tenantOf(db, clientId)
      const ticket = {
        id,
        channel: 'staff',
        subject,
        topic,
        priority,
        clientId,
        tenantId,
        requesterName: client.name,
        requesterEmail: client.email,
        requesterMemberId: tenantId && (await memberWithAddress(db, tenantId, client.email)),
        openedBy: actor.staffId,
      }
      await begin(db, parts, ticket, by, at)
      // Whoever wrote is who is answered.
      await change(db, parts, await lockTicket(db, id), { assigneeId: actor.staffId }, by)
      await writeContact(db, await lockTicket(db, id), {
        ...said,
        by,
        at,
        toEmail: client.email,
        thenDo: 'wait',
      })
    }
    const ticket = await shownTicket(db, id, actor.staffId, at)
    const message = await shownMessage(db, found(await firstMessageOf(db, id)))
    ctx.record({
      object: 'ticket',
      id,
      tenant: ticket.tenant?.id,
      ticket: `#${ticket.number}`,
      after: {
        number: ticket.number,
        clientId,
        topic,
        priority,
        messageId: message.id,
        ...(message.insisted && { insisted: true }),
        ...(before && { again: true }),
      },
    })
    return { ticket, message }
  }),

  handle(contactFromTicket, async (ctx, { params: { id }, body: { seenMessageId, ...said } }) => {
    const { db, actor } = ctx
    const held = await holdStanding(db, id)
    await refuseUnseen(ctx, id, seenMessageId)
    const client = held.clientId === null ? undefined : await clientToContact(db, held.clientId)
    if (!client || client.email === '') throw refuse(nobodyToContact)
    const message = await writeContact(db, held, {
      ...said,
      by: { staffId: actor.staffId, label: actor.name },
      at: ctx.clock.now(),
      toEmail: client.email,
    })
    ctx.record({
      object: 'ticket',
      id,
      tenant: held.tenantId ?? undefined,
      ticket: `#${held.number}`,
      after: {
        messageId: message.id,
        files: message.attachments.length,
        thenDo: said.thenDo,
        ...(message.insisted && { insisted: true }),
      },
    })
    return message
  }),
]
