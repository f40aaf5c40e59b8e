/** Opening a ticket and changing what it is: each field saves itself. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { emailHolds } from '#platform/contract/emails.ts'
import { Id, Instant, line, Revision } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Body } from './conversation.ts'
import { Priority, Subject, TagName, Ticket, TicketEvent, ticketPutAway, TicketTopic } from './ticket.ts'

/** Somebody else changed it meanwhile; `details.current` is what stands now. */
export const ticketChanged = refusal('ticket_changed')
/** It is resolved, and what was asked needs it open; or the other way round. */
export const ticketResolved = refusal('ticket_resolved')
export const ticketNotResolved = refusal('ticket_not_resolved')
/** Nobody to give it to: suspended, or without the right to answer tickets. */
export const cannotAssign = refusal('ticket_cannot_assign', 422)
/** A date to be put off until lies in the future, a year ahead at most. */
export const snoozeWrong = refusal('ticket_snooze_wrong', 422)

const staff = {
  realm: 'staff',
  may: 'tickets.write',
  about: 'ticket',
  stepUp: false,
  touches: ['tickets'],
} as const
const one = z.object({ id: Id })

export const getTicket = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/tickets/:id',
  summary: 'A ticket, with what is promised and what happened to it',
  input: { params: one },
  output: Ticket.extend({ events: z.array(TicketEvent) }),
  refreshedBy: ['tickets'],
})

export const openTicket = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets',
  records: 'ticket.opened',
  summary: 'Opens a ticket for somebody who called or wrote elsewhere',
  input: {
    body: z.object({
      subject: Subject,
      body: Body,
      priority: Priority.default('normal'),
      topic: TicketTopic.default('question'),
      clientId: Id.nullable().default(null),
      requesterName: line(120).min(1),
      requesterEmail: z
        .string()
        .trim()
        .toLowerCase()
        .refine(emailHolds, { params: { code: 'email_invalid' } }),
    }),
  },
  output: Ticket,
  status: 201,
})

/** Every field is optional; what is not named stays. Saved fields name the state they were seen in. */
export const updateTicket = endpoint({
  ...staff,
  method: 'PATCH',
  path: '/tickets/:id',
  records: 'ticket.updated',
  summary: 'Changes fields of a ticket',
  input: {
    params: one,
    body: z.object({
      revision: Revision,
      subject: Subject.optional(),
      priority: Priority.optional(),
      topic: TicketTopic.optional(),
      progress: z.int().min(0).max(100).optional(),
      assigneeId: Id.nullable().optional(),
      teamId: Id.nullable().optional(),
      clientId: Id.nullable().optional(),
      tags: z.array(TagName).max(20).optional(),
    }),
  },
  output: Ticket,
  refusals: [ticketPutAway, ticketChanged, cannotAssign],
})

export const setTicketWaiting = endpoint({
  ...staff,
  method: 'PUT',
  path: '/tickets/:id/waiting',
  records: 'ticket.waiting_changed',
  summary: 'Says that the customer is waited for, by which the clocks stand still, or no longer',
  input: { params: one, body: z.object({ waiting: z.boolean(), why: line(200).default('') }) },
  output: Ticket,
  refusals: [ticketPutAway, ticketResolved],
})

export const resolveTicket = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/resolution',
  records: 'ticket.resolved',
  summary: 'Resolves a ticket',
  input: { params: one },
  output: Ticket,
  refusals: [ticketPutAway, ticketResolved],
})

export const reopenTicket = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/tickets/:id/resolution',
  records: 'ticket.reopened',
  summary: 'Opens a resolved ticket again; its clocks go on where they stood',
  input: { params: one },
  output: Ticket,
  refusals: [ticketPutAway, ticketNotResolved],
})

/** Something happened since, it was long ago, or somebody else did it: it is taken back by doing the opposite. */
export const ticketNotUndoable = refusal('ticket_not_undoable')

/** How long what was done can be undone, as if it had never been. */
export const undoMinutes = 10

export const undoTicketChange = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/undoing',
  records: 'ticket.change_undone',
  summary:
    'Takes back the last thing one did to a ticket: fields, clocks and figures are as if it had not been done',
  input: {
    params: one,
    /** The state it was left in. */
    body: z.object({ revision: Revision }),
  },
  /** `draft`: the words of a reply that was taken back with it. */
  output: z.object({ ticket: Ticket, draft: z.string().nullable() }),
  refusals: [ticketPutAway, ticketChanged, ticketNotUndoable],
})

export const snoozeTicket = endpoint({
  ...staff,
  method: 'PUT',
  path: '/tickets/:id/snooze',
  records: 'ticket.snoozed',
  summary: 'Hides a ticket from queues until then, its clocks running on; null: shows it again',
  input: { params: one, body: z.object({ until: Instant.nullable() }) },
  output: Ticket,
  refusals: [ticketPutAway, snoozeWrong],
})

export const followTicket = endpoint({
  ...staff,
  method: 'PUT',
  path: '/tickets/:id/following',
  records: 'ticket.following_changed',
  may: 'tickets.read',
  summary: 'Follows a ticket, or no longer',
  input: { params: one, body: z.object({ following: z.boolean() }) },
  output: Ticket,
})

export const markTicketRead = endpoint({
  ...staff,
  method: 'PUT',
  path: '/tickets/:id/reading',
  records: 'ticket.marked',
  may: 'tickets.read',
  summary: 'Marks a ticket as read or unread, for oneself alone',
  input: { params: one, body: z.object({ read: z.boolean() }) },
  output: z.undefined(),
  status: 204,
})
