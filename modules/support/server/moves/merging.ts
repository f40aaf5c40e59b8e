import { mergeTicket, ticketIntoItself, ticketOtherCustomer } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { handle, NotFound, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { lockTickets, standing, type Held } from '../tickets/lock.ts'
import { shownTicket } from '../tickets/shown.ts'
import { carryOut, owedBy, type Who } from './moving.ts'
import { allMessages, carryWaitingFiles, join, leadElsewhere } from './queries.ts'
import { isOfOneCustomer } from './same-customer.ts'

export const merging = (parts: Parts): Handler =>
  handle(mergeTicket, async (ctx, { params: { id }, body: { intoId } }) => {
    const { db, actor } = ctx
    const { moveId, from, into, messages } = await merge(db, parts, { id, intoId }, asActor(actor))
    ctx.record({
      object: 'ticket',
      id,
      tenant: from.tenantId ?? undefined,
      ticket: `#${from.number}`,
      after: { into: `#${into.number}`, intoId, moveId, messages },
    })
    return { moveId, ticket: await shownTicket(db, intoId, actor, ctx.clock.now()) }
  })

const asActor = ({ staffId, name }: { staffId: string; name: string }): Who => ({ staffId, label: name })

/**
 * Both are held in the order of their ids: of two who put tickets into each other at once the second finds one put away.
 * Drafts stay where they were begun: the ticket they are wanted in shows them, and nothing that is being written there is
 * overwritten.
 * @throws NotFound, ticketIntoItself, ticketPutAway, ticketOtherCustomer
 */
export async function merge(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  { id, intoId }: { id: string; intoId: string },
  by: Who,
): Promise<{ moveId: string; from: Held; into: Held; messages: number }> {
  if (id === intoId) throw refuse(ticketIntoItself)
  const { from, into, led } = await holdBoth(db, id, intoId)
  const owes = await owedBy(db, id, parts.clock.now())
  const gathered = {
    joined: await join(db, id, intoId),
    files: await carryWaitingFiles(db, id, intoId),
    led: led.map((ticket) => ticket.id),
  }
  const messages = await allMessages(db, id)
  const handed = { owes, event: { kind: 'merged', data: {} } }
  const moveId = await carryOut(db, parts, 'merge', { from, into, messages, by }, handed, gathered)
  await leadElsewhere(db, gathered.led, intoId)
  return { moveId, from, into, messages: messages.length }
}

/** @throws NotFound, ticketPutAway, ticketOtherCustomer */
export async function holdBoth(
  db: CentralDb,
  fromId: string,
  intoId: string,
): Promise<{ from: Held; into: Held; led: Held[] }> {
  const held = await lockTickets(db, [fromId, intoId])
  const [from, into] = [fromId, intoId].map((id) => held.find((ticket) => ticket.id === id))
  if (!from || !into) throw new NotFound()
  for (const ticket of [from, into]) standing(ticket)
  if (!isOfOneCustomer(from, into)) throw refuse(ticketOtherCustomer)
  return { from, into, led: held.filter(({ mergedIntoId }) => mergedIntoId === fromId) }
}
