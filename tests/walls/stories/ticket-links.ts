/** Tickets that hang together with something else. */
import * as support from '#contract/support'
import { called } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

async function tied(server: TenancyServer, role: string, toItself = false) {
  const as = await server.as(role)
  const karim = await server.as('support')
  const [one, other] = [await called(karim), await called(karim)]
  const targetId = toItself ? one.id : other.id
  return { as, input: { params: { id: one.id, kind: 'ticket', targetId }, body: { linked: true } } }
}

export const writes: readonly WriteStory[] = [
  { endpoint: support.setTicketLink, tell: (server) => tied(server, 'support') },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: support.setTicketLink,
    refusal: support.linkedToItself,
    tell: (server) => tied(server, 'support', true),
  },
  {
    endpoint: support.setTicketLink,
    refusal: support.ticketPutAway,
    async tell(server) {
      const story = await tied(server, 'support')
      const { id } = story.input.params
      await (await server.as('support')).call(support.trashTicket, { params: { id } })
      return story
    },
  },
]
