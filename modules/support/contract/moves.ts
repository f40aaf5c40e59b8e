/** Tickets put together and taken apart, thrown away, and all of it back again. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Subject, Ticket, TicketStatus, ticketPutAway } from './ticket.ts'

/** One of the two is another customer's, who would read what was not written to them. */
export const ticketOtherCustomer = refusal('ticket_other_customer', 422)
/** A ticket does not go into itself. */
export const ticketIntoItself = refusal('ticket_into_itself', 422)
/** Nothing would be left: the ticket is to be merged as a whole. */
export const ticketNothingLeft = refusal('ticket_nothing_left', 422)
/** What was moved has been moved on since: the later move is undone first. */
export const ticketMovedOn = refusal('ticket_moved_on')
export const ticketMoveUndone = refusal('ticket_move_undone')
export const ticketNotTrashed = refusal('ticket_not_trashed')

/** Days in which what was thrown away can be fetched back. */
export const trashDays = 30

const staff = {
  realm: 'staff',
  may: 'tickets.write',
  about: 'ticket',
  stepUp: false,
  touches: ['tickets'],
} as const
const one = z.object({ id: Id })
const MessageIds = z.array(Id).min(1).max(200)
const Moved = z.object({ moveId: Id, ticket: Ticket })

export const mergeTicket = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/merge',
  records: 'ticket.merged_in',
  summary: 'Puts a ticket, with all that was said in it, into another of the same customer',
  input: { params: one, body: z.object({ intoId: Id }) },
  output: Moved,
  refusals: [ticketPutAway, ticketIntoItself, ticketOtherCustomer],
})

export const splitTicket = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/split',
  records: 'ticket.split_up',
  summary: 'Opens a ticket of its own for some of what was said in one',
  input: { params: one, body: z.object({ subject: Subject, messageIds: MessageIds }) },
  output: Moved,
  status: 201,
  refusals: [ticketPutAway, ticketNothingLeft],
})

export const moveTicketMessages = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/moved-messages',
  records: 'ticket.messages_moved',
  summary: 'Puts some of what was said in a ticket into another of the same customer',
  input: { params: one, body: z.object({ intoId: Id, messageIds: MessageIds }) },
  output: Moved,
  refusals: [ticketPutAway, ticketIntoItself, ticketOtherCustomer, ticketNothingLeft],
})

/** What was said in the other ticket since stays there. */
export const undoTicketMove = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/tickets/moves/:moveId',
  records: 'ticket.move_undone',
  summary: 'Undoes a merge, a split or a move',
  input: { params: z.object({ moveId: Id }) },
  output: z.object({ fromId: Id, intoId: Id }),
  refusals: [ticketMoveUndone, ticketMovedOn, ticketOtherCustomer],
})

export const trashTicket = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/trash',
  records: 'ticket.trashed',
  summary:
    'Throws a ticket away; it can be fetched back for thirty days. Replies that have not left do not leave',
  input: { params: one },
  output: Ticket,
  refusals: [ticketPutAway],
})

export const restoreTicket = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/tickets/:id/trash',
  records: 'ticket.restored',
  summary: 'Fetches a ticket back',
  input: { params: one },
  output: Ticket,
  refusals: [ticketNotTrashed],
})

/** Another ticket of the same customer, into which one can be put. */
export const SiblingTicket = z.object({
  id: Id,
  number: z.int(),
  subject: z.string(),
  status: TicketStatus,
  requester: z.string(),
  openedAt: Instant,
  /** Open, begun within days, and with much the same words; nobody said that it is another matter. */
  likely: z.boolean(),
})
export type SiblingTicket = z.infer<typeof SiblingTicket>

export const listSiblingTickets = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/tickets/:id/siblings',
  summary: 'Other tickets of the same customer, those that look like the same question first; 20 at most',
  input: { params: one, query: z.object({ q: line(200).optional() }) },
  output: z.object({ rows: z.array(SiblingTicket) }),
  refreshedBy: ['tickets'],
})

export const tellTicketsApart = endpoint({
  ...staff,
  method: 'PUT',
  path: '/tickets/:id/siblings/:otherId/apart',
  records: 'ticket.distinguished',
  summary: 'Says that two tickets are no duplicates, or may be after all',
  input: { params: one.extend({ otherId: Id }), body: z.object({ apart: z.boolean() }) },
  output: z.undefined(),
  status: 204,
})
