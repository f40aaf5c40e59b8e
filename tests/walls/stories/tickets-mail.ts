/** Mail in and out of tickets: each story with a mail, a client or a ticket of its own. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as support from '#contract/support'
import { systemClock } from '#platform/server/clock.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { deskOf, type Arriving } from '../../harness/arriving.ts'
import { called } from '../../harness/support.ts'
import type { TenancyServer } from '../../harness/tenants.ts'
import type { RefusalStory, WriteStory } from './story.ts'
import { tooMany } from './tickets-conversation.ts'

const naming = 'La fiche de la patiente Durand est retrouvée.'

async function clientOf(server: TenancyServer, email = `client.${uuidv7()}@example.com`): Promise<string> {
  const { id } = await server.db
    .insertInto('clients')
    .values({ kind: 'practitioner', status: 'active', firstName: 'Odile', lastName: 'Perrin', email })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function letter(server: TenancyServer) {
  const as = await server.as('support')
  const clientId = await clientOf(server)
  return { as, body: { id: uuidv7(), clientId, subject: 'Votre essai', body: 'Bonjour, il finit bientôt.' } }
}

async function withClient(server: TenancyServer) {
  const as = await server.as('support')
  const ticket = await called(as, { clientId: await clientOf(server) })
  const { rows } = await as.call(support.listTicketMessages, { params: { id: ticket.id } })
  const body = { body: 'Bonjour, nous regardons.', seenMessageId: rows.at(-1)?.id ?? null }
  return { as, ticket, params: { id: ticket.id }, body }
}

/** A file that is larger than a mail, of which nobody looks at the bytes. */
async function largeFile(server: TenancyServer, ticketId: string): Promise<string> {
  const id = uuidv7()
  const { staffId } = await server.db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'roleId')
    .where('roles.key', '=', 'support')
    .select('staffId')
    .executeTakeFirstOrThrow()
  const bytes = support.mailLimitBytes + 1
  await server.db
    .insertInto('ticketAttachments')
    .values({
      id,
      ticketId,
      byStaffId: staffId,
      name: 'export.csv',
      mediaType: 'text/csv',
      bytes,
      sha256: Buffer.alloc(32),
      storageKey: `${ticketId}/${id}`,
    })
    .execute()
  return id
}

/** A mail of somebody nobody knows. */
async function waiting(server: TenancyServer, over: Arriving = {}) {
  const mail = await deskOf(server, systemClock).arrive({ from: `${uuidv7()}@example.net`, ...over })
  return { as: await server.as('support'), mail, params: { id: mail.id }, revision: mail.revision }
}

const withFile: Arriving = {
  more: { 'Content-Type': 'multipart/mixed; boundary=edge' },
  content:
    '--edge\nContent-Type: text/plain\n\nVoici.\n--edge\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\n%PDF-1.7\n--edge--\n',
}
const anew = { to: 'new' as const, subject: 'Une question', clientId: null }

export const writes: WriteStory[] = [
  {
    endpoint: support.contactClient,
    async tell(server) {
      const { as, body } = await letter(server)
      return { as, input: { body } }
    },
  },
  {
    endpoint: support.contactFromTicket,
    async tell(server) {
      const { as, params, body } = await withClient(server)
      return { as, input: { params, body } }
    },
  },
  {
    endpoint: support.fileReceivedMail,
    async tell(server) {
      const { as, params, revision } = await waiting(server)
      return { as, input: { params, body: { revision, into: anew } } }
    },
  },
  {
    endpoint: support.discardReceivedMail,
    async tell(server) {
      const { as, params, revision } = await waiting(server)
      return { as, input: { params, body: { revision, discarded: true } } }
    },
  },
]

export const refusals: RefusalStory[] = [
  {
    endpoint: support.replyToTicket,
    refusal: support.patientDataByMail,
    async tell(server) {
      const { as, params, body } = await withClient(server)
      return { as, input: { params, body: { ...body, body: naming } } }
    },
  },
  {
    endpoint: support.replyToTicket,
    refusal: support.tooLargeForMail,
    async tell(server) {
      const { as, ticket, params, body } = await withClient(server)
      const attachmentIds = [await largeFile(server, ticket.id)]
      return { as, input: { params, body: { ...body, attachmentIds } } }
    },
  },
  {
    endpoint: support.applyMacro,
    refusal: support.patientDataByMail,
    async tell(server) {
      const { as, ticket, body } = await withClient(server)
      const macro = await as.call(support.addMacro, {
        body: { title: 'Fiche', actions: [{ do: 'reply', body: naming }] },
      })
      const params = { id: ticket.id, macroId: macro.id }
      const { seenMessageId } = body
      return { as, input: { params, body: { revision: ticket.revision, seenMessageId } } }
    },
  },
  {
    endpoint: support.contactClient,
    refusal: support.patientDataByMail,
    async tell(server) {
      const { as, body } = await letter(server)
      return { as, input: { body: { ...body, body: naming } } }
    },
  },
  {
    endpoint: support.contactClient,
    refusal: support.tooManyAttachments,
    async tell(server) {
      const { as, body } = await letter(server)
      return { as, input: { body: { ...body, attachmentIds: tooMany } } }
    },
  },
  {
    endpoint: support.contactClient,
    refusal: support.tooLargeForMail,
    async tell(server) {
      const { as, body } = await letter(server)
      return { as, input: { body: { ...body, attachmentIds: [await largeFile(server, body.id)] } } }
    },
  },
  {
    endpoint: support.contactClient,
    refusal: support.nobodyToContact,
    async tell(server) {
      const { as, body } = await letter(server)
      return { as, input: { body: { ...body, clientId: await clientOf(server, `imported ${uuidv7()}`) } } }
    },
  },
  {
    endpoint: support.contactFromTicket,
    refusal: support.ticketPutAway,
    async tell(server) {
      const { as, params, body } = await withClient(server)
      await as.call(support.trashTicket, { params })
      return { as, input: { params, body } }
    },
  },
  {
    endpoint: support.contactFromTicket,
    refusal: support.saidMeanwhile,
    async tell(server) {
      const { as, params, body } = await withClient(server)
      return { as, input: { params, body: { ...body, seenMessageId: null } } }
    },
  },
  {
    endpoint: support.contactFromTicket,
    refusal: support.tooManyAttachments,
    async tell(server) {
      const { as, params, body } = await withClient(server)
      return { as, input: { params, body: { ...body, attachmentIds: tooMany } } }
    },
  },
  {
    endpoint: support.contactFromTicket,
    refusal: support.patientDataByMail,
    async tell(server) {
      const { as, params, body } = await withClient(server)
      return { as, input: { params, body: { ...body, body: naming } } }
    },
  },
  {
    endpoint: support.contactFromTicket,
    refusal: support.tooLargeForMail,
    async tell(server) {
      const { as, ticket, params, body } = await withClient(server)
      return { as, input: { params, body: { ...body, attachmentIds: [await largeFile(server, ticket.id)] } } }
    },
  },
  {
    endpoint: support.contactFromTicket,
    refusal: support.nobodyToContact,
    async tell(server) {
      const as = await server.as('support')
      const { id } = await called(as)
      const { rows } = await as.call(support.listTicketMessages, { params: { id } })
      const body = { body: 'Bonjour', seenMessageId: rows.at(-1)?.id ?? null }
      return { as, input: { params: { id }, body } }
    },
  },
  {
    endpoint: support.fileReceivedMail,
    refusal: support.mailDecided,
    async tell(server) {
      const { as, params, revision } = await waiting(server)
      await as.call(support.fileReceivedMail, { params, body: { revision, into: anew } })
      return { as, input: { params, body: { revision, into: anew } } }
    },
  },
  {
    endpoint: support.fileReceivedMail,
    refusal: support.ticketPutAway,
    async tell(server) {
      const { as, params, revision } = await waiting(server)
      const { id: ticketId } = await called(as)
      await as.call(support.trashTicket, { params: { id: ticketId } })
      return { as, input: { params, body: { revision, into: { to: 'ticket', ticketId } } } }
    },
  },
  {
    endpoint: support.fileReceivedMail,
    refusal: support.mailGone,
    async tell(server) {
      const { as, mail, params, revision } = await waiting(server, withFile)
      await rm(join(server.dataDir, 'support-files', mail.id), { recursive: true })
      return { as, input: { params, body: { revision, into: anew } } }
    },
  },
  {
    endpoint: support.discardReceivedMail,
    refusal: support.mailDecided,
    async tell(server) {
      const { as, params, revision } = await waiting(server)
      await as.call(support.discardReceivedMail, { params, body: { revision, discarded: true } })
      return { as, input: { params, body: { revision, discarded: true } } }
    },
  },
]
