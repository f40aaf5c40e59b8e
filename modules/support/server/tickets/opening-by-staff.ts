import { openTicket } from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import { handle, WrongField, type Handler } from '#platform/server/requests.ts'
import { insertMessage, setRead } from '../conversation/queries.ts'
import type { Parts } from '../parts.ts'
import { begin } from './opening.ts'
import { clientNamed, memberWithAddress, tenantOf } from './queries.ts'
import { shownTicket } from './shown.ts'

/** Somebody called, or wrote elsewhere: what they said stands there as theirs, and the log says who put it down. */
export const openingByStaff = (parts: Parts): Handler =>
  handle(openTicket, async (ctx, { body: { body, clientId, requesterEmail, ...asked } }) => {
    const { db, actor } = ctx
    const now = ctx.clock.now()
    const id = uuidv7(now.getTime())
    const client = clientId === null ? null : await clientNamed(db, clientId)
    if (client === undefined) throw new WrongField('body', 'clientId', 'ticket_client_unknown')
    const tenantId = clientId === null ? null : await tenantOf(db, clientId)
    const requesterMemberId = tenantId && (await memberWithAddress(db, tenantId, requesterEmail))

    const by = { staffId: actor.staffId, label: actor.name }
    await begin(
      db,
      parts,
      {
        ...asked,
        id,
        clientId,
        tenantId,
        requesterEmail,
        requesterMemberId,
        channel: 'staff',
        openedBy: actor.staffId,
      },
      by,
      now,
    )
    await insertMessage(db, {
      ticketId: id,
      kind: 'customer',
      byMemberId: requesterMemberId,
      byName: asked.requesterName,
      body,
      writtenAt: now,
    })
    await setRead(db, { ticketId: id, staffId: actor.staffId, readAt: now })
    const ticket = await shownTicket(db, id, actor, now)
    ctx.record({
      object: 'ticket',
      id,
      tenant: tenantId ?? undefined,
      ticket: `#${ticket.number}`,
      // What it is about, and who asks, stands in the ticket, where it can be forgotten.
      after: {
        number: ticket.number,
        priority: ticket.priority,
        topic: ticket.topic,
        clientId,
        client: client?.name ?? null,
      },
    })
    return ticket
  })
