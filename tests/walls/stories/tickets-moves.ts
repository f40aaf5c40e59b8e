/** Tickets put together and taken apart, and thrown away: each story with tickets of a customer of its own. */
import * as support from '#contract/support'
import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { AnyInput } from '../../harness/browserless.ts'
import { called } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

/** Two tickets of one customer; two things were said in the first. */
async function two(server: TenancyServer) {
  const as = await server.as('support')
  const requesterEmail = `${uuidv7()}@example.com`
  const [first, second] = [await called(as, { requesterEmail }), await called(as, { requesterEmail })]
  const params = { id: first.id }
  const note = await as.call(support.addTicketNote, { params, body: { body: 'Vu avec Nadia.' } })
  return { as, first, second, params, note, into: { intoId: second.id }, chosen: [note.id] }
}

const merged = async (server: TenancyServer) => {
  const tickets = await two(server)
  const { as, params, into } = tickets
  const { moveId } = await as.call(support.mergeTicket, { params, body: into })
  return { ...tickets, move: { moveId } }
}

async function trashed(server: TenancyServer) {
  const tickets = await two(server)
  await tickets.as.call(support.trashTicket, { params: tickets.params })
  return tickets
}

/** Of somebody else altogether. */
async function anothers(server: TenancyServer) {
  const [tickets, { second }] = [await two(server), await two(server)]
  return { ...tickets, into: { intoId: second.id } }
}

export const writes: WriteStory[] = [
  {
    endpoint: support.mergeTicket,
    async tell(server) {
      const { as, params, into } = await two(server)
      return { as, input: { params, body: into } }
    },
  },
  {
    endpoint: support.splitTicket,
    async tell(server) {
      const { as, params, chosen } = await two(server)
      return { as, input: { params, body: { subject: 'Une autre question', messageIds: chosen } } }
    },
  },
  {
    endpoint: support.moveTicketMessages,
    async tell(server) {
      const { as, params, into, chosen } = await two(server)
      return { as, input: { params, body: { ...into, messageIds: chosen } } }
    },
  },
  {
    endpoint: support.undoTicketMove,
    async tell(server) {
      const { as, move } = await merged(server)
      return { as, input: { params: move } }
    },
  },
  {
    endpoint: support.trashTicket,
    async tell(server) {
      const { as, params } = await two(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.restoreTicket,
    async tell(server) {
      const { as, params } = await trashed(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.tellTicketsApart,
    async tell(server) {
      const { as, first, second } = await two(server)
      return { as, input: { params: { id: first.id, otherId: second.id }, body: { apart: true } } }
    },
  },
]

type PutAway = Awaited<ReturnType<typeof merged>>
/** Whatever would change a ticket that was put into another. */
const changes: readonly [AnyEndpoint, (tickets: PutAway) => AnyInput][] = [
  [
    support.updateTicket,
    ({ params, first }) => ({ params, body: { revision: first.revision, progress: 10 } }),
  ],
  [support.setTicketWaiting, ({ params }) => ({ params, body: { waiting: true } })],
  [support.resolveTicket, ({ params }) => ({ params })],
  [support.reopenTicket, ({ params }) => ({ params })],
  [support.undoTicketChange, ({ params, first }) => ({ params, body: { revision: first.revision } })],
  [support.snoozeTicket, ({ params }) => ({ params, body: { until: null } })],
  [support.replyToTicket, ({ params }) => ({ params, body: { body: 'Voici.', seenMessageId: null } })],
  [support.addTicketNote, ({ params }) => ({ params, body: { body: 'Vu.' } })],
  [support.mergeTicket, ({ params, into }) => ({ params, body: into })],
  [support.splitTicket, ({ params, chosen }) => ({ params, body: { subject: 'Autre', messageIds: chosen } })],
  [
    support.moveTicketMessages,
    ({ params, into, chosen }) => ({ params, body: { ...into, messageIds: chosen } }),
  ],
  [support.trashTicket, ({ params }) => ({ params })],
]

export const refusals: RefusalStory[] = [
  ...changes.map(([endpoint, input]) => ({
    endpoint,
    refusal: support.ticketPutAway,
    async tell(server: TenancyServer) {
      const tickets = await merged(server)
      return { as: tickets.as, input: input(tickets) }
    },
  })),
  {
    endpoint: support.applyMacro,
    refusal: support.ticketPutAway,
    async tell(server) {
      const { as, first } = await merged(server)
      const macro = await as.call(support.addMacro, {
        body: { title: 'Pris en charge', actions: [{ do: 'note', body: 'Vu.' }] },
      })
      const params = { id: first.id, macroId: macro.id }
      return { as, input: { params, body: { revision: first.revision, seenMessageId: null } } }
    },
  },
  {
    endpoint: support.mergeTicket,
    refusal: support.ticketIntoItself,
    async tell(server) {
      const { as, params } = await two(server)
      return { as, input: { params, body: { intoId: params.id } } }
    },
  },
  {
    endpoint: support.mergeTicket,
    refusal: support.ticketOtherCustomer,
    async tell(server) {
      const { as, params, into } = await anothers(server)
      return { as, input: { params, body: into } }
    },
  },
  {
    endpoint: support.splitTicket,
    refusal: support.ticketNothingLeft,
    async tell(server) {
      const { as, second } = await two(server)
      const params = { id: second.id }
      const { rows } = await as.call(support.listTicketMessages, { params })
      const messageIds = rows.map(({ id }) => id)
      return { as, input: { params, body: { subject: 'Tout', messageIds } } }
    },
  },
  {
    endpoint: support.moveTicketMessages,
    refusal: support.ticketIntoItself,
    async tell(server) {
      const { as, params, chosen } = await two(server)
      return { as, input: { params, body: { intoId: params.id, messageIds: chosen } } }
    },
  },
  {
    endpoint: support.moveTicketMessages,
    refusal: support.ticketOtherCustomer,
    async tell(server) {
      const { as, params, into, chosen } = await anothers(server)
      return { as, input: { params, body: { ...into, messageIds: chosen } } }
    },
  },
  {
    endpoint: support.moveTicketMessages,
    refusal: support.ticketNothingLeft,
    async tell(server) {
      const { as, first, second } = await two(server)
      const params = { id: second.id }
      const { rows } = await as.call(support.listTicketMessages, { params })
      const messageIds = rows.map(({ id }) => id)
      return { as, input: { params, body: { intoId: first.id, messageIds } } }
    },
  },
  {
    endpoint: support.undoTicketMove,
    refusal: support.ticketMoveUndone,
    async tell(server) {
      const { as, move } = await merged(server)
      await as.call(support.undoTicketMove, { params: move })
      return { as, input: { params: move } }
    },
  },
  {
    endpoint: support.undoTicketMove,
    refusal: support.ticketMovedOn,
    async tell(server) {
      const { as, second, move } = await merged(server)
      const third = await called(as, { requesterEmail: second.requester.email })
      await as.call(support.mergeTicket, { params: { id: second.id }, body: { intoId: third.id } })
      return { as, input: { params: move } }
    },
  },
  {
    endpoint: support.undoTicketMove,
    refusal: support.ticketOtherCustomer,
    async tell(server) {
      const { as, second, move } = await merged(server)
      const { clientId } = await server.openPractice('Hugo Lefèvre')
      const params = { id: second.id }
      const { revision } = await as.call(support.getTicket, { params })
      await as.call(support.updateTicket, { params, body: { revision, clientId } })
      return { as, input: { params: move } }
    },
  },
  {
    endpoint: support.restoreTicket,
    refusal: support.ticketNotTrashed,
    async tell(server) {
      const { as, params } = await two(server)
      return { as, input: { params } }
    },
  },
]
