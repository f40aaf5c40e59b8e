/** Some of what was said goes into a ticket of its own, or into one that stands. */
import { moveTicketMessages, splitTicket, ticketIntoItself, ticketNothingLeft } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { handle, refuse, WrongField, type Actor, type Handler } from '#platform/server/requests.ts'
import type { MessageRow } from '../conversation/queries.ts'
import type { Parts } from '../parts.ts'
import { waitingSince } from '../sla/handing-over.ts'
import { holdStanding, lockTicket, type Held } from '../tickets/lock.ts'
import { begin } from '../tickets/opening.ts'
import { shownTicket } from '../tickets/shown.ts'
import { holdBoth } from './merging.ts'
import { carryOut, owedBy, type Handed } from './moving.ts'
import { allMessages } from './queries.ts'

export const splitting = (parts: Parts): readonly Handler[] => [
  handle(splitTicket, async (ctx, { params: { id }, body: { subject, messageIds } }) => {
    const { db, actor } = ctx
    const now = ctx.clock.now()
    const from = await holdStanding(db, id)
    const chosen = await chosenOf(db, id, messageIds)
    const by = asActor(actor)
    const newId = uuidv7(now.getTime())
    await begin(db, parts, { ...asAskedIn(from), id: newId, subject, openedBy: actor.staffId }, by, now)
    const into = await lockTicket(db, newId)
    const handed = asFirst(await handing(db, from, chosen, now))
    const moveId = await carryOut(db, parts, 'split', { from, into, messages: chosen.going, by }, handed)
    ctx.record({
      object: 'ticket',
      id,
      tenant: from.tenantId ?? undefined,
      ticket: `#${from.number}`,
      after: { into: `#${into.number}`, intoId: newId, moveId, messages: chosen.going.length },
    })
    return { moveId, ticket: await shownTicket(db, newId, actor, now) }
  }),

  handle(moveTicketMessages, async (ctx, { params: { id }, body: { intoId, messageIds } }) => {
    const { db, actor } = ctx
    const now = ctx.clock.now()
    if (id === intoId) throw refuse(ticketIntoItself)
    const { from, into } = await holdBoth(db, id, intoId)
    const chosen = await chosenOf(db, id, messageIds)
    const handed = await handing(db, from, chosen, now)
    const moving = { from, into, messages: chosen.going, by: asActor(actor) }
    const moveId = await carryOut(db, parts, 'move', moving, handed)
    ctx.record({
      object: 'ticket',
      id,
      tenant: from.tenantId ?? undefined,
      ticket: `#${from.number}`,
      after: { into: `#${into.number}`, intoId, moveId, messages: chosen.going.length },
    })
    return { moveId, ticket: await shownTicket(db, intoId, actor, now) }
  }),
]

const asActor = ({ staffId, name }: Actor) => ({ staffId, label: name })

/** The same question's other half: of the same customer, by the same way, as pressing. */
const asAskedIn = ({ channel, topic, priority, clientId, tenantId, ...from }: Held) => ({
  channel,
  topic,
  priority: priority as 'normal', // one of the four, as its CHECK holds it
  clientId,
  tenantId,
  requesterEmail: from.requesterEmail,
  requesterMemberId: from.requesterMemberId,
  requesterName: from.requesterName,
})

type Chosen = { going: MessageRow[]; staying: MessageRow[] }

/** @throws WrongField where one is not there any more, ticketNothingLeft */
async function chosenOf(db: CentralDb, ticketId: string, ids: readonly string[]): Promise<Chosen> {
  const all = await allMessages(db, ticketId)
  const wanted = new Set(ids)
  const going = all.filter(({ id }) => wanted.has(id))
  const staying = all.filter(({ id }) => !wanted.has(id))
  if (going.length < wanted.size) throw new WrongField('body', 'messageIds', 'ticket_message_elsewhere')
  if (staying.every(({ takenBackAt }) => takenBackAt !== null)) throw refuse(ticketNothingLeft)
  return { going, staying }
}

/** In a ticket that begins every answer is the first. */
const asFirst = ({ owes, event }: Handed): Handed => ({
  owes: owes.map((owed) => ({ ...owed, as: 'firstResponse' })),
  event,
})

/** An answer is owed where the message stands that waits for it: each ticket owes it from its own first one on. */
async function handing(db: CentralDb, from: Held, { going, staying }: Chosen, now: Date): Promise<Handed> {
  const owes = await owedBy(db, from.id, now)
  const since = waitingSince(owes)
  const firstIn = (messages: readonly MessageRow[]) =>
    messages.find(
      ({ kind, writtenAt }) => kind === 'customer' && since !== null && writtenAt.getTime() >= since,
    )
  const gone = firstIn(going)
  const answer = owes.find(({ as, from: owedFrom }) => as !== 'resolution' && owedFrom === since)
  if (!gone || !answer) return { owes: [], event: { kind: 'messages_moved', data: {} } }
  const at = gone.writtenAt.getTime()
  const waitsSince = firstIn(staying)?.writtenAt.getTime() ?? null
  const pauses = answer.pauses.filter(({ until }) => until > at)
  return {
    owes: [{ ...answer, from: at, pauses }],
    event: { kind: 'messages_moved', data: { waitsSince } },
  }
}
