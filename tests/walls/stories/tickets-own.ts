/** What a practice asks, each story in a ticket of its own. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as support from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import { asked } from '../../harness/support.ts'
import type { TenancyServer, TestMember } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'
import { page, picture, tooMany, uploaded } from './tickets-conversation.ts'

const made = new WeakMap<TenancyServer, Promise<TestMember>>()

/** Whose practice is opened once a server. */
function odile(server: TenancyServer): Promise<TestMember> {
  const known = made.get(server) ?? server.openPractice('Odile Perrin').then(({ holder }) => holder)
  made.set(server, known)
  return known
}

async function opened(server: TenancyServer) {
  const as = await odile(server)
  const { id } = await asked(as)
  return { as, id, params: { id } }
}

async function resolved(server: TenancyServer) {
  const one = await opened(server)
  await (await server.as('support')).call(support.resolveTicket, { params: one.params })
  return one
}

async function withFile(server: TenancyServer) {
  const { as, id } = await opened(server)
  return { as, id, params: { id, attachmentId: await uploaded(as, support.addOwnAttachment, id) } }
}

const body = 'Merci, et le format ?'
const query = { name: 'écran.png' }
const question = () => ({ id: uuidv7(), subject: 'Comment imprimer ?', body })

export const writes: readonly WriteStory[] = [
  {
    endpoint: support.askForHelp,
    tell: async (server) => ({ as: await odile(server), input: { body: question() } }),
  },
  {
    endpoint: support.answerOwnTicket,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { body } } }
    },
  },
  {
    endpoint: support.addOwnAttachment,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, query, file: picture() } }
    },
  },
  {
    endpoint: support.rateOwnTicket,
    async tell(server) {
      const { as, params } = await resolved(server)
      return { as, input: { params, body: { score: 5 } } }
    },
  },
]

export const looks: readonly LookStory[] = [
  {
    endpoint: support.getOwnAttachment,
    async tell(server) {
      const { as, params } = await withFile(server)
      return { as, input: { params } }
    },
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: support.askForHelp,
    refusal: support.tooManyAttachments,
    tell: async (server) => ({
      as: await odile(server),
      input: { body: { ...question(), attachmentIds: tooMany } },
    }),
  },
  {
    endpoint: support.answerOwnTicket,
    refusal: support.tooManyAttachments,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { body, attachmentIds: tooMany } } }
    },
  },
  {
    endpoint: support.addOwnAttachment,
    refusal: support.attachmentRefused,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, query, file: page() } }
    },
  },
  {
    endpoint: support.addOwnAttachment,
    refusal: support.tooManyAttachments,
    async tell(server) {
      // Somebody who sends nothing else.
      const { holder: as } = await server.openPractice('Nadia Lambert')
      const { id } = await asked(as)
      for (let nth = 0; nth < 3 * support.attachmentLimit.count; nth++)
        await uploaded(as, support.addOwnAttachment, id)
      return { as, input: { params: { id }, query, file: picture() } }
    },
  },
  {
    endpoint: support.getOwnAttachment,
    refusal: support.attachmentGone,
    async tell(server) {
      const { as, id, params } = await withFile(server)
      await rm(join(server.dataDir, 'support-files', id), { recursive: true })
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.rateOwnTicket,
    refusal: support.ticketNotResolved,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { score: 5 } } }
    },
  },
  {
    endpoint: support.rateOwnTicket,
    refusal: support.ratingOver,
    async tell(server) {
      const { as, params, id } = await resolved(server)
      const resolvedAt = new Date(Date.now() - 31 * 24 * 3_600_000)
      await server.db.updateTable('tickets').set({ resolvedAt }).where('id', '=', id).execute()
      return { as, input: { params, body: { score: 5 } } }
    },
  },
]
