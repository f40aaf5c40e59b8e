/** The customer's side: asking for help, following, answering, and saying how it was. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import {
  AttachmentIds,
  attachmentGone,
  attachmentLimit,
  attachmentRefused,
  Body,
  saidTypes,
  TicketAttachment,
  tooManyAttachments,
} from './conversation.ts'
import { ticketNotResolved } from './handling.ts'
import { Subject, TicketStatus, TicketTopic } from './ticket.ts'

/** A practice's own ticket: nothing of what the team says among itself. */
export const OwnTicket = z.object({
  id: Id,
  number: z.int(),
  subject: z.string(),
  topic: TicketTopic,
  status: TicketStatus,
  /** The team waits for an answer. */
  waiting: z.boolean(),
  progress: z.int(),
  openedAt: Instant,
  openedBy: z.string(),
  lastMessageAt: Instant,
  resolvedAt: Instant.nullable(),
  /** When an answer is promised; null where nothing is, or the team waits. */
  expectedAt: Instant.nullable(),
  rating: z.object({ score: z.int(), comment: z.string() }).nullable(),
})
export type OwnTicket = z.infer<typeof OwnTicket>

export const OwnMessage = z.object({
  id: Id,
  /** `us`: of the practice. `support`: of the vendor's team. */
  from: z.enum(['us', 'support']),
  by: z.string(),
  body: z.string(),
  writtenAt: Instant,
  attachments: z.array(TicketAttachment),
})
export type OwnMessage = z.infer<typeof OwnMessage>

/** More in an hour than anybody has to ask: `values.minutes` until there is room again. */
export const tooOften = refusal('ticket_too_often', 429)
/** Rated once it was resolved, and for thirty days. */
export const ratingOver = refusal('ticket_rating_over')

const member = { realm: 'member', may: 'signed_in', about: 'ticket' } as const
const write = {
  ...member,
  stepUp: false,
  impersonated: 'refused',
  touches: ['own-tickets', 'tickets'],
} as const
const one = z.object({ id: Id })

export const listOwnTickets = endpoint({
  ...member,
  method: 'GET',
  path: '/tickets',
  summary: 'What this practice asked, open ones first, 200 at most',
  input: { query: z.object({ state: z.enum(['open', 'resolved', 'all']).default('all') }) },
  output: z.object({ rows: z.array(OwnTicket), open: z.int() }),
  refreshedBy: ['own-tickets'],
})

export const getOwnTicket = endpoint({
  ...member,
  method: 'GET',
  path: '/tickets/:id',
  summary: 'One of them, with all that was said',
  input: { params: one },
  output: OwnTicket.extend({ messages: z.array(OwnMessage) }),
  refreshedBy: ['own-tickets'],
})

export const askForHelp = endpoint({
  ...write,
  method: 'POST',
  path: '/tickets',
  records: 'ticket.asked',
  summary: 'Asks the vendor’s team',
  input: {
    body: z.object({
      /** Chosen by who asks, so that files can come first, and asking twice asks once. */
      id: Id,
      subject: Subject,
      topic: TicketTopic.default('question'),
      body: Body,
      attachmentIds: AttachmentIds,
    }),
  },
  output: OwnTicket,
  status: 201,
  refusals: [tooManyAttachments, tooOften],
})

export const answerOwnTicket = endpoint({
  ...write,
  method: 'POST',
  path: '/tickets/:id/messages',
  records: 'ticket.customer_answered',
  summary: 'Says something in it; a resolved one is opened again',
  input: {
    params: one,
    body: z.object({
      /** Chosen by who answers: said twice, since the first answer got lost, it is said once. */
      messageId: Id.optional(),
      body: Body,
      attachmentIds: AttachmentIds,
    }),
  },
  output: OwnMessage,
  status: 201,
  refusals: [tooManyAttachments, tooOften],
})

export const addOwnAttachment = endpoint({
  ...write,
  method: 'POST',
  path: '/tickets/:id/attachments',
  records: 'ticket.customer_file_added',
  summary: 'Keeps a file for the message one is writing',
  input: {
    params: one,
    query: z.object({ name: z.string().min(1).max(255) }),
    file: { maxBytes: attachmentLimit.bytes, mediaTypes: saidTypes },
  },
  output: TicketAttachment,
  status: 201,
  refusals: [attachmentRefused, tooManyAttachments, tooOften],
  touches: [],
})

export const removeOwnAttachment = endpoint({
  ...write,
  method: 'DELETE',
  path: '/tickets/:id/attachments/:attachmentId',
  records: 'ticket.customer_file_removed',
  summary: 'Takes a file away from the message one is writing',
  input: { params: one.extend({ attachmentId: Id }) },
  output: z.undefined(),
  status: 204,
  touches: [],
})

/** What is typed and not sent yet lies sealed on the device; its key lies nowhere but in memory. */
export const getHelpDraftKey = endpoint({
  ...member,
  method: 'GET',
  path: '/help-draft-key',
  impersonated: 'refused',
  summary: 'The asking member’s own key for a question not sent yet: 32 bytes in base64',
  output: z.object({ key: z.string() }),
})

export const getOwnAttachment = endpoint({
  ...member,
  method: 'GET',
  path: '/tickets/:id/attachments/:attachmentId',
  records: 'ticket.customer_file_read',
  summary: 'The bytes of a file, as a download; a picture may be shown',
  input: { params: one.extend({ attachmentId: Id }) },
  output: { stream: ['application/octet-stream', 'image/png', 'image/jpeg', 'image/gif', 'image/webp'] },
  refusals: [attachmentGone],
})

export const rateOwnTicket = endpoint({
  ...write,
  method: 'PUT',
  path: '/tickets/:id/rating',
  records: 'ticket.rated',
  summary: 'Says how it was; can be changed for thirty days',
  input: {
    params: one,
    body: z.object({ score: z.int().min(1).max(5), comment: text(1_000).trim().default('') }),
  },
  output: OwnTicket,
  refusals: [ticketNotResolved, ratingOver],
})
