/** What a ticket hangs together with: invoices, impersonations, other tickets. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Ticket, TicketLink, ticketPutAway, TicketStatus } from './ticket.ts'

export const linkedToItself = refusal('ticket_linked_to_itself', 422)

const LinkKind = TicketLink.shape.kind
export type LinkKind = z.infer<typeof LinkKind>

/** Told on both sides. Only what one may see oneself can be pointed to: else it is not there. */
export const setTicketLink = endpoint({
  method: 'PUT',
  path: '/tickets/:id/links/:kind/:targetId',
  realm: 'staff',
  may: 'tickets.write',
  about: 'ticket',
  records: 'ticket.link_changed',
  stepUp: false,
  summary: 'Says that a ticket hangs together with something else, or no longer',
  input: {
    params: z.object({ id: Id, kind: LinkKind, targetId: Id }),
    body: z.object({ linked: z.boolean() }),
  },
  output: Ticket,
  refusals: [linkedToItself, ticketPutAway],
  touches: ['tickets'],
})

/** The other side: what an invoice's page, or an impersonation's, shows. */
export const listLinkedTickets = endpoint({
  method: 'GET',
  path: '/tickets/linked',
  realm: 'staff',
  may: 'tickets.read',
  summary: 'The tickets that point to something, the latest first; 100 at most',
  input: { query: z.object({ kind: z.enum(['invoice', 'impersonation']), targetId: Id }) },
  output: z.object({
    rows: z.array(
      z.object({
        id: Id,
        number: z.int(),
        subject: z.string(),
        status: TicketStatus,
        waiting: z.boolean(),
      }),
    ),
  }),
  refreshedBy: ['tickets'],
})
