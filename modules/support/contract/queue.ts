/** Queues: which tickets, in which order. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { ReportedFilter } from './reported.ts'
import { Person, Priority, TicketRow, TicketStatus, TicketTopic } from './ticket.ts'

/**
 * `mine`: assigned to who asks. `team`: of a team they are in. `soon`: a warning has come, or a promise was not kept.
 * `snoozed`: open, and put off until later, by which it stands in no other queue of open ones.
 * `trash`: what was thrown away, which stands in no other.
 */
export const queues = [
  'mine',
  'team',
  'unassigned',
  'soon',
  'waiting',
  'snoozed',
  'open',
  'resolved',
  'all',
  'trash',
] as const
export const Queue = z.enum(queues)
export type Queue = z.infer<typeof Queue>

/** By what is due first unless told; `-`: the other way round. */
export const ticketSorts = [
  'due',
  '-due',
  'last',
  '-last',
  'opened',
  '-opened',
  'priority',
  '-priority',
] as const
export const TicketSort = z.enum(ticketSorts)
export type TicketSort = z.infer<typeof TicketSort>

export const TicketFilter = z.object({
  queue: Queue.default('open'),
  /** Words of the subject or of what was said, a number (`33`, `#33`), a name or an address. */
  q: line(200).optional(),
  status: TicketStatus.optional(),
  priority: Priority.optional(),
  topic: TicketTopic.optional(),
  /** `none`: nobody's. */
  assigneeId: z.union([Id, z.literal('none')]).optional(),
  teamId: z.union([Id, z.literal('none')]).optional(),
  clientId: Id.optional(),
  tenantId: Id.optional(),
  tag: line(40).optional(),
  unread: z.enum(['yes']).optional(),
  /** Those put off are left out of queues unless asked for. */
  snoozed: z.enum(['yes']).optional(),
  ...ReportedFilter.shape,
})
export type TicketFilter = z.infer<typeof TicketFilter>

const read = { method: 'GET', realm: 'staff', may: 'tickets.read', refreshedBy: ['tickets'] } as const

export const listTickets = endpoint({
  ...read,
  path: '/tickets',
  summary: 'One page of a queue',
  input: { query: TicketFilter.extend({ sort: TicketSort.default('due'), ...pageQuery }) },
  output: pageOf(TicketRow),
})

export const getQueueCounts = endpoint({
  ...read,
  path: '/tickets/counts',
  summary: 'How many tickets stand in each queue, and how many promises are not being kept',
  output: z.object({
    queues: z.record(Queue, z.int()),
    unread: z.int(),
    breached: z.int(),
  }),
})

/** Whom a ticket can be given to, and which words it can be marked with. */
export const getTicketChoices = endpoint({
  ...read,
  path: '/tickets/choices',
  summary: 'People and teams that tickets can be given to, and the tags in use',
  output: z.object({
    agents: z.array(Person.extend({ teams: z.array(Id) })),
    teams: z.array(Person),
    tags: z.array(z.string()),
  }),
})
