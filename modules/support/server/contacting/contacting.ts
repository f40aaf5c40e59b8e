/** The team writes first: by mail to a client's own address, from their page or from within a ticket. */
import {
  contactClient,
  contactFromTicket,
  nobodyToContact,
  type Priority,
  type TicketTopic,
} from '#contract/support'
import { emailHolds } from '#platform/contract/emails.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, NotFound, refuse, type Handler } from '#platform/server/requests.ts'
import { messageRow } from '../conversation/queries.ts'
import { refuseUnseen } from '../conversation/replying.ts'
import { shownMessage } from '../conversation/showing.ts'
import { writeContact } from '../conversation/writing.ts'
import { holdAsking } from '../customers/queries.ts'
import type { Parts } from '../parts.ts'
import { change } from '../tickets/changing.ts'
import { happened } from '../tickets/happening.ts'
import { holdStanding, lockTicket } from '../tickets/lock.ts'
import { begin } from '../tickets/opening.ts'
import { changeTicket, memberWithAddress, tenantOf } from '../tickets/queries.ts'
import { shownTicket } from '../tickets/shown.ts'
import { clientToContact, startOf } from './queries.ts'

export const contacting = (parts: Parts): readonly Handler[] => [
  handle(contactClient, async (ctx, { body: { id, clientId, subject, topic, priority, ...said } }) => {
    const { db, actor } = ctx
    const by = { staffId: actor.staffId, label: actor.name }
    const at = ctx.clock.now()
    await holdAsking(db, id)
    const before = await startOf(db, id)
    // Whatever else stands there is not theirs to see.
    if (before && (before.openedBy !== actor.staffId || before.clientId !== clientId)) throw new NotFound()
    // Asked twice it is written once: the answer may have got lost.
    if (!before?.messageId) {
      const client = found(await clientToContact(db, clientId))
      if (!emailHolds(client.email)) throw refuse(nobodyToContact)
      const about = { subject, topic, priority }
      if (before) await beginAnew(db, parts, id, about, by)
      else await open(db, parts, { id, clientId, ...about, ...client }, by, at)
      const ticket = await lockTicket(db, id)
      await writeContact(db, ticket, { ...said, subject, by, at, toEmail: client.email, thenDo: 'wait' })
    }
    const ticket = await shownTicket(db, id, actor, at)
    const messageId = found((await startOf(db, id))?.messageId)
    const message = await shownMessage(db, found(await messageRow(db, id, messageId)))
    // It is in the client's own history that one looks for what was written to them.
    ctx.record({
      object: 'client',
      id: clientId,
      tenant: ticket.tenant?.id,
      ticket: `#${ticket.number}`,
      after: {
        ticketId: id,
        number: ticket.number,
        topic,
        priority,
        messageId: message.id,
        ...(message.insisted && { insisted: true }),
        ...(before?.messageId && { again: true }),
      },
    })
    return { ticket, message }
  }),

  handle(contactFromTicket, async (ctx, { params: { id }, body: { seenMessageId, ...said } }) => {
    const { db, actor } = ctx
    const held = await holdStanding(db, id)
    await refuseUnseen(ctx, id, seenMessageId)
    const client = held.clientId === null ? undefined : await clientToContact(db, held.clientId)
    if (!client || !emailHolds(client.email)) throw refuse(nobodyToContact)
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

type About = { subject: string; topic: TicketTopic; priority: Priority }
type By = { staffId: string; label: string }

async function open(
  db: CentralDb,
  parts: Parts,
  {
    id,
    clientId,
    name,
    email,
    ...about
  }: About & { id: string; clientId: string; name: string; email: string },
  by: By,
  at: Date,
): Promise<void> {
  const tenantId = await tenantOf(db, clientId)
  const ticket = {
    ...about,
    id,
    clientId,
    tenantId,
    channel: 'staff',
    requesterName: name,
    requesterEmail: email,
    requesterMemberId: tenantId && (await memberWithAddress(db, tenantId, email)),
    openedBy: by.staffId,
  }
  await begin(db, parts, ticket, by, at)
  // Whoever wrote is who is answered.
  await change(db, parts, await lockTicket(db, id), { assigneeId: by.staffId }, by)
}

/** What was taken back, by which the ticket went to the trash, is written as it should have been. */
async function beginAnew(db: CentralDb, parts: Parts, id: string, about: About, by: By): Promise<void> {
  await changeTicket(db, id, { trashedAt: null })
  await happened(db, parts, id, [{ kind: 'restored', by }])
  await change(db, parts, await lockTicket(db, id), about, by)
}
