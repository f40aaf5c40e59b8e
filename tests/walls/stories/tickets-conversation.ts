/** What is said in tickets by the team: each story in a ticket of its own. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as support from '#contract/support'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Browserless } from '../../harness/browserless.ts'
import { called } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { LookStory, RefusalStory, WriteStory } from './story.ts'

const body = 'Le bouton est en haut à droite.'
export const tooMany = Array.from({ length: 11 }, () => uuidv7())
export const picture = () =>
  new Blob([new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d', 'hex'))], { type: 'image/png' })
export const page = () => new Blob(['<html><script>alert(1)</script>'], { type: 'application/octet-stream' })
const query = { name: 'écran.png' }

async function opened(server: TenancyServer) {
  const as = await server.as('support')
  const { id } = await called(as)
  const { rows } = await as.call(support.listTicketMessages, { params: { id } })
  return { as, id, params: { id }, seenMessageId: rows.at(-1)?.id ?? null }
}

async function replied(server: TenancyServer) {
  const { as, id, params, seenMessageId } = await opened(server)
  const { id: messageId } = await as.call(support.replyToTicket, { params, body: { body, seenMessageId } })
  return { as, messageId, params: { id, messageId } }
}

export async function uploaded(
  as: Browserless,
  endpoint: typeof support.addTicketAttachment | typeof support.addOwnAttachment,
  id: string,
): Promise<string> {
  const { text } = await as.ask(endpoint, { params: { id }, query, file: picture() })
  return support.TicketAttachment.parse(JSON.parse(text)).id
}

async function withFile(server: TenancyServer) {
  const { as, id } = await opened(server)
  return { as, id, params: { id, attachmentId: await uploaded(as, support.addTicketAttachment, id) } }
}

export const writes: readonly WriteStory[] = [
  {
    endpoint: support.replyToTicket,
    async tell(server) {
      const { as, params, seenMessageId } = await opened(server)
      return { as, input: { params, body: { body, seenMessageId } } }
    },
  },
  {
    endpoint: support.takeBackReply,
    async tell(server) {
      const { as, params } = await replied(server)
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.addTicketNote,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { body: 'Vu avec la facturation.' } } }
    },
  },
  {
    endpoint: support.saveTicketDraft,
    async tell(server) {
      const { as, id } = await opened(server)
      return { as, input: { params: { id, kind: 'reply' }, body: { body: 'Bonjour' } } }
    },
  },
  {
    endpoint: support.addTicketAttachment,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, query, file: picture() } }
    },
  },
  {
    endpoint: support.removeTicketAttachment,
    async tell(server) {
      const { as, params } = await withFile(server)
      return { as, input: { params } }
    },
  },
]

export const looks: readonly LookStory[] = [
  {
    endpoint: support.getTicketAttachment,
    async tell(server) {
      const { as, params } = await withFile(server)
      return { as, input: { params } }
    },
  },
]

export const refusals: readonly RefusalStory[] = [
  {
    endpoint: support.replyToTicket,
    refusal: support.saidMeanwhile,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { body, seenMessageId: null } } }
    },
  },
  {
    endpoint: support.replyToTicket,
    refusal: support.tooManyAttachments,
    async tell(server) {
      const { as, params, seenMessageId } = await opened(server)
      return { as, input: { params, body: { body, seenMessageId, attachmentIds: tooMany } } }
    },
  },
  {
    endpoint: support.takeBackReply,
    refusal: support.replyLeft,
    async tell(server) {
      const { as, params, messageId } = await replied(server)
      await server.db
        .updateTable('ticketMessages')
        .set({ leftAt: new Date() })
        .where('id', '=', messageId)
        .execute()
      return { as, input: { params } }
    },
  },
  {
    endpoint: support.takeBackReply,
    refusal: support.replyNotYours,
    async tell(server) {
      const { params } = await replied(server)
      return { as: await server.as('administrator'), input: { params } }
    },
  },
  {
    endpoint: support.addTicketNote,
    refusal: support.tooManyAttachments,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, body: { body, attachmentIds: tooMany } } }
    },
  },
  {
    endpoint: support.addTicketAttachment,
    refusal: support.attachmentRefused,
    async tell(server) {
      const { as, params } = await opened(server)
      return { as, input: { params, query, file: page() } }
    },
  },
  {
    endpoint: support.addTicketAttachment,
    refusal: support.tooManyAttachments,
    async tell(server) {
      const { as, id, params } = await opened(server)
      for (let nth = 0; nth < support.attachmentLimit.count; nth++)
        await uploaded(as, support.addTicketAttachment, id)
      return { as, input: { params, query, file: picture() } }
    },
  },
  {
    endpoint: support.getTicketAttachment,
    refusal: support.attachmentGone,
    async tell(server) {
      const { as, id, params } = await withFile(server)
      await rm(join(server.dataDir, 'support-files', id), { recursive: true })
      return { as, input: { params } }
    },
  },
]
