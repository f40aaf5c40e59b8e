/** Tickets as the team handles them: each story with a ticket of its own. */
import * as support from '#contract/support'
import type { TenancyServer } from '../../harness/tenants.ts'
import { called } from '../../harness/support.ts'
import type { RefusalStory, WriteStory } from './story.ts'

const body = {
  subject: 'Une facture introuvable',
  body: 'Où est la facture d’octobre ?',
  requesterName: 'Odile Perrin',
  requesterEmail: 'odile.perrin@example.com',
}

async function opened(server: TenancyServer) {
  const as = await server.as('support')
  const ticket = await called(as)
  return { as, ticket, params: { id: ticket.id } }
}

async function resolved(server: TenancyServer) {
  const one = await opened(server)
  await one.as.call(support.resolveTicket, { params: one.params })
  return one
}

export const writes: WriteStory[] = [
  {
    endpoint: support.openTicket,
    tell: async (server) => ({ as: await server.as('support'), input: { body } }),
  },
  {
    endpoint: support.updateTicket,
    async tell(server) {
      const { as, params, ticket } = await opened(server)
      return { as, input: { params, body: { revision: ticket.revision, priority: 'high' } } }
    },
  },
  {
    endpoint: support.setTicketWaiting,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { waiting: true, why: 'capture d’écran demandée' } } }
    },
  },
  {
    endpoint: support.resolveTicket,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.reopenTicket,
    async tell(server) {
      const { as, params } = await resolved(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.undoTicketChange,
    async tell(server) {
      const { as, params } = await opened(server)
      const { revision } = await as.call(support.resolveTicket, { params })
      return { as, input: { params, body: { revision } } }
    },
  },
  {
    endpoint: support.snoozeTicket,
    async tell(server) {
      const { as, params } = await opened(server)
      const until = new Date(Date.now() + 7 * 86_400_000).toISOString()
      return { as, input: { params, body: { until } } }
    },
  },
  {
    endpoint: support.followTicket,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { following: true } } }
    },
  },
  {
    endpoint: support.markTicketRead,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { read: false } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: support.updateTicket,
    refusal: support.ticketChanged,
    async tell(server) {
      const { as, params, ticket } = await opened(server)
      const { revision } = ticket
      await as.call(support.updateTicket, { params, body: { revision, priority: 'high' } })
      return { as, input: { params, body: { revision, priority: 'low' } } }
    },
  },
  {
    endpoint: support.updateTicket,
    refusal: support.cannotAssign,
    async tell(server) {
      const { as, params, ticket } = await opened(server)
      return { as, input: { params, body: { revision: ticket.revision, assigneeId: crypto.randomUUID() } } }
    },
  },
  {
    endpoint: support.setTicketWaiting,
    refusal: support.ticketResolved,
    async tell(server) {
      const { as, params } = await resolved(server)
      return { as, input: { params, body: { waiting: true } } }
    },
  },
  {
    endpoint: support.resolveTicket,
    refusal: support.ticketResolved,
    async tell(server) {
      const { as, params } = await resolved(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.reopenTicket,
    refusal: support.ticketNotResolved,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.undoTicketChange,
    refusal: support.ticketChanged,
    async tell(server) {
      const { as, params, ticket } = await opened(server)
      await as.call(support.resolveTicket, { params })
      return { as, input: { params, body: { revision: ticket.revision } } }
    },
  },
  {
    endpoint: support.undoTicketChange,
    refusal: support.ticketNotUndoable,
    async tell(server) {
      const { params } = await opened(server)
      const { revision } = await (await server.as('support')).call(support.resolveTicket, { params })
      // Nobody takes back what a colleague did.
      return { as: await server.as('administrator'), input: { params, body: { revision } } }
    },
  },
  {
    endpoint: support.snoozeTicket,
    refusal: support.snoozeWrong,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { until: '2020-01-01T00:00:00Z' } } }
    },
  },
]
