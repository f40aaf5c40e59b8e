/** Mail: what came in and where it stands, and writing to a client first. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, line, Revision } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import {
  AttachmentIds,
  Body,
  patientDataByMail,
  saidMeanwhile,
  TicketMessage,
  tooLargeForMail,
  tooManyAttachments,
} from './conversation.ts'
import { Person, Priority, Subject, Ticket, ticketPutAway, TicketStatus, TicketTopic } from './ticket.ts'

/** `set_aside`: machines' mail, and what came twice. */
export const receivedStates = ['to_confirm', 'filed', 'set_aside', 'discarded'] as const
export const ReceivedState = z.enum(receivedStates)
export type ReceivedState = z.infer<typeof ReceivedState>

/** Why a mail lies where it lies; none: nothing speaks against it. */
export const receivedReasons = [
  'unknown_sender',
  'other_sender',
  'several_clients',
  'not_authentic',
  'not_proven',
  'token_wrong',
  'too_many',
  'too_large',
  'unreadable',
  'ticket_trashed',
  'bounce',
  'auto_reply',
  'list',
  'bulk',
  'loop',
  'duplicate',
] as const
export const ReceivedReason = z.enum(receivedReasons)
export type ReceivedReason = z.infer<typeof ReceivedReason>

const TicketSaid = z.object({
  id: Id,
  number: z.int(),
  subject: z.string(),
  status: TicketStatus,
  requester: z.string(),
})

export const ReceivedMailRow = z.object({
  id: Id,
  receivedAt: Instant,
  from: z.object({ name: z.string(), email: z.string() }),
  subject: z.string(),
  /** The first words of what is new in it. */
  excerpt: z.string(),
  state: ReceivedState,
  why: ReceivedReason.nullable(),
  files: z.int(),
  /** Where it stands, or where its threading points to. */
  ticket: TicketSaid.nullable(),
  /** The client its sender is known as. */
  client: Person.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  revision: z.int(),
})
export type ReceivedMailRow = z.infer<typeof ReceivedMailRow>

export const ReceivedMail = ReceivedMailRow.extend({
  bytes: z.int(),
  /** Markdown: what is new, and the history below it. */
  body: z.string(),
  quoted: z.string(),
  /** `why`: it is not kept, since its type is not taken, it is too large, or one too many. */
  fileList: z.array(
    z.object({
      name: z.string(),
      mediaType: z.string().nullable(),
      bytes: z.int(),
      why: z.enum(['type', 'size', 'count', 'room']).nullable(),
    }),
  ),
  /** Open and lately resolved tickets it may belong to, the likeliest first; the one its threading points to among them. */
  suggestions: z.array(TicketSaid),
  /** Clients whose address, or a member's of whose practice, it came from. */
  clients: z.array(Person),
})
export type ReceivedMail = z.infer<typeof ReceivedMail>

/** Somebody decided on it meanwhile; `details.current` is what stands now. */
export const mailDecided = refusal('received_mail_decided')
/** What came is not there any more, or does not open: it can be read here, and filed no more. */
export const mailGone = refusal('received_mail_gone', 410)
/** There is no address to write to: the ticket has no client. */
export const nobodyToContact = refusal('ticket_nobody_to_contact', 422)

const read = {
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  refreshedBy: ['received-mails', 'tickets'],
} as const
const decide = {
  realm: 'staff',
  may: 'tickets.write',
  about: 'received_mail',
  stepUp: false,
  touches: ['received-mails', 'tickets'],
} as const
const one = z.object({ id: Id })

export const listReceivedMails = endpoint({
  ...read,
  path: '/support/mails',
  summary: 'Mail that came in, the latest first',
  input: {
    query: z.object({
      state: ReceivedState.default('to_confirm'),
      /** A part of the sender’s name or address, or of the subject. */
      q: line(200).optional(),
      ...pageQuery,
    }),
  },
  output: pageOf(ReceivedMailRow),
})

export const getReceivedMail = endpoint({
  ...read,
  path: '/support/mails/:id',
  summary: 'A mail that came in: its words, its files, and where it may belong',
  input: { params: one },
  output: ReceivedMail,
})

/** What is set aside or discarded may be filed too; what stands in a ticket already may not. */
export const fileReceivedMail = endpoint({
  ...decide,
  method: 'POST',
  path: '/support/mails/:id/filing',
  records: 'received_mail.filed',
  summary: 'Puts a mail into a ticket, or opens one with it',
  input: {
    params: one,
    body: z.object({
      revision: Revision,
      into: z.discriminatedUnion('to', [
        z.object({ to: z.literal('ticket'), ticketId: Id }),
        z.object({
          to: z.literal('new'),
          subject: Subject,
          clientId: Id.nullable(),
          priority: Priority.default('normal'),
          topic: TicketTopic.default('question'),
        }),
      ]),
    }),
  },
  output: ReceivedMail,
  refusals: [mailDecided, ticketPutAway, mailGone],
})

/** Taken out again it lies where it lay. */
export const discardReceivedMail = endpoint({
  ...decide,
  method: 'PUT',
  path: '/support/mails/:id/discarding',
  records: 'received_mail.discarded',
  summary: 'Decides against a mail, or takes that back',
  input: { params: one, body: z.object({ revision: Revision, discarded: z.boolean() }) },
  output: ReceivedMail,
  refusals: [mailDecided],
})

export const getMailboxState = endpoint({
  ...read,
  path: '/support/mailbox',
  summary: 'Whether the mailbox is read, and how many mails somebody has to decide on',
  output: z.object({
    /** Null: no mailbox is configured, and nothing comes in by mail. */
    address: z.string().nullable(),
    readAt: Instant.nullable(),
    failedAt: Instant.nullable(),
    /** What the mail server said; null once it went well again. */
    failure: z.string().nullable(),
    toConfirm: z.int(),
  }),
})

const contact = {
  realm: 'staff',
  may: 'tickets.write',
  about: 'ticket',
  stepUp: false,
  method: 'POST',
  touches: ['tickets'],
} as const
const insists = z.boolean().default(false)

/** It leaves by mail fifteen seconds later unless taken back (`takeBackReply`), by which the ticket goes to the trash. */
export const contactClient = endpoint({
  ...contact,
  about: 'client',
  touches: ['tickets', 'clients'],
  path: '/support/contacts',
  records: 'ticket.client_contacted',
  summary: 'Writes to a client first: a ticket that waits for their answer',
  input: {
    body: z.object({
      /** Chosen by who writes, so that files can come first, and writing twice writes once. */
      id: Id,
      clientId: Id,
      subject: Subject,
      body: Body,
      topic: TicketTopic.default('question'),
      priority: Priority.default('normal'),
      attachmentIds: AttachmentIds,
      /** It looks like a patient’s data, and shall leave all the same. */
      insists,
    }),
  },
  output: z.object({ ticket: Ticket, message: TicketMessage }),
  status: 201,
  refusals: [patientDataByMail, tooManyAttachments, tooLargeForMail, nobodyToContact],
})

/** By mail to the client’s own address, whoever asked and wherever they read: then the client is waited for. */
export const contactFromTicket = endpoint({
  ...contact,
  path: '/tickets/:id/contacts',
  records: 'ticket.contact_written',
  summary: 'Writes to the client of a ticket by mail; it leaves fifteen seconds later unless taken back',
  input: {
    params: one,
    body: z.object({
      body: Body,
      /** The last one the writer saw; null: none. */
      seenMessageId: Id.nullable(),
      attachmentIds: AttachmentIds,
      thenDo: z.enum(['nothing', 'wait', 'resolve']).default('wait'),
      insists,
    }),
  },
  output: TicketMessage,
  status: 201,
  refusals: [
    ticketPutAway,
    saidMeanwhile,
    tooManyAttachments,
    patientDataByMail,
    tooLargeForMail,
    nobodyToContact,
  ],
})
