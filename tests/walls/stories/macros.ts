/** Macros as they are kept, changed and used. */
import * as support from '#contract/support'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { called } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'

type Words = CallInput<typeof support.addMacro>['body']

const words: Words = {
  title: 'Clôture sans réponse…',
  actions: [{ do: 'reply', body: 'Sans nouvelles de votre part, nous clôturons.' }],
}
const unknown: Words['actions'] = [{ do: 'note', body: 'Vu avec {{client.signe_astral}}.' }]
const unanswered: Words['actions'] = [
  { do: 'reply', body: 'Votre facture {{?Numéro de facture}} est partie.' },
]

async function kept(server: TenancyServer, over: Partial<Words> = {}) {
  const as = await server.as('support')
  const macro = await as.call(support.addMacro, { body: { ...words, ...over } })
  return { as, macro, params: { id: macro.id }, again: againOf(macro, { ...words, ...over }) }
}

const againOf = ({ revision, reach }: support.Macro, said: Words) => ({ ...said, reach, revision })

/** Everybody's, seen by somebody who uses macros and looks after none. */
async function everybodys(server: TenancyServer) {
  const lead = await server.as('support')
  const macro = await lead.call(support.addSharedMacro, { body: { ...words, reach: 'everyone' } })
  return { as: await server.as('billing'), params: { id: macro.id }, again: againOf(macro, words) }
}

/** A ticket, and a macro about to be used on it. */
async function atWork(server: TenancyServer, over: Partial<Words> = {}) {
  const { as, macro } = await kept(server, over)
  const { id, revision } = await called(as)
  const { rows } = await as.call(support.listTicketMessages, { params: { id } })
  const params = { id, macroId: macro.id }
  return { as, id, params, body: { revision, seenMessageId: rows.at(-1)?.id ?? null } }
}

export const writes: WriteStory[] = [
  {
    endpoint: support.addMacro,
    tell: async (server) => ({ as: await server.as('support'), input: { body: words } }),
  },
  {
    endpoint: support.addSharedMacro,
    tell: async (server) => ({
      as: await server.as('support'),
      input: { body: { ...words, reach: 'everyone' } },
    }),
  },
  {
    endpoint: support.updateMacro,
    async tell(server) {
      const { as, params, again } = await kept(server)
      return { as, input: { params, body: { ...again, title: 'Clôture' } } }
    },
  },
  {
    endpoint: support.trashMacro,
    async tell(server) {
      const { as, params } = await kept(server)
      return { as, input: { params, body: { trashed: true } } }
    },
  },
  {
    endpoint: support.applyMacro,
    async tell(server) {
      const { as, params, body } = await atWork(server)
      return { as, input: { params, body } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: support.addSharedMacro,
    refusal: support.macroUnresolved,
    tell: async (server) => ({
      as: await server.as('support'),
      input: { body: { ...words, reach: 'everyone', actions: unknown } },
    }),
  },
  {
    endpoint: support.addMacro,
    refusal: support.macroUnresolved,
    tell: async (server) => ({
      // Not who is refused the same below: what is refused again within the minute is told once.
      as: await server.as('billing'),
      input: { body: { ...words, actions: unknown } },
    }),
  },
  {
    endpoint: support.updateMacro,
    refusal: support.macroChanged,
    async tell(server) {
      const { as, params, again } = await kept(server)
      await as.call(support.updateMacro, { params, body: { ...again, title: 'Clôture' } })
      return { as, input: { params, body: again } }
    },
  },
  {
    endpoint: support.updateMacro,
    refusal: support.macroNotYours,
    async tell(server) {
      const { as, params, again } = await everybodys(server)
      return { as, input: { params, body: again } }
    },
  },
  {
    endpoint: support.updateMacro,
    refusal: support.macroUnresolved,
    async tell(server) {
      const { as, params, again } = await kept(server)
      return { as, input: { params, body: { ...again, actions: unknown } } }
    },
  },
  {
    endpoint: support.trashMacro,
    refusal: support.macroNotYours,
    async tell(server) {
      const { as, params } = await everybodys(server)
      return { as, input: { params, body: { trashed: true } } }
    },
  },
  {
    endpoint: support.applyMacro,
    refusal: support.macroUnresolved,
    async tell(server) {
      const { as, params, body } = await atWork(server, { actions: unanswered })
      return { as, input: { params, body } }
    },
  },
  {
    endpoint: support.applyMacro,
    refusal: support.macroOutdated,
    async tell(server) {
      const { as, id, params, body } = await atWork(server)
      await as.call(support.updateTicket, {
        params: { id },
        body: { revision: body.revision, priority: 'urgent' },
      })
      return { as, input: { params, body } }
    },
  },
  {
    endpoint: support.applyMacro,
    refusal: support.saidMeanwhile,
    async tell(server) {
      const { as, id, params, body } = await atWork(server)
      const colleague = await server.as('administrator')
      await colleague.call(support.replyToTicket, {
        params: { id },
        body: { body: 'Nous regardons.', seenMessageId: body.seenMessageId },
      })
      const { revision } = await as.call(support.getTicket, { params: { id } })
      return { as, input: { params, body: { ...body, revision } } }
    },
  },
]
