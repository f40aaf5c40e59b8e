/** What is said in a ticket, by whom, and what is written but not said yet. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, Instant, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Person, ticketPutAway } from './ticket.ts'

/** Markdown. */
export const Body = text(50_000).refine((said) => said.trim() !== '', { params: { code: 'body_empty' } })

/** Seconds in which a reply can be taken back: until then it has not left. */
export const undoSeconds = 15

export const attachmentLimit = { bytes: 20 * 1024 * 1024, count: 10 } as const
/** By their bytes; everything else is refused. Pictures of these types are previewed, the rest is downloaded. */
export const attachmentTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
  'text/csv',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.oasis.opendocument.text',
] as const
/** As browsers may call them, Windows' own names too; what they are is told by their bytes. */
export const saidTypes = [
  ...attachmentTypes,
  'application/octet-stream',
  'application/x-zip-compressed',
  'application/vnd.ms-excel',
]
/** Ten at most; who names more is told so in a sentence. */
export const AttachmentIds = z.array(Id).max(100).default([])
export const previewed: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

export const TicketAttachment = z.object({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
})
export type TicketAttachment = z.infer<typeof TicketAttachment>

export const TicketMessage = z.object({
  id: Id,
  /** `note`: among the team. `auto`: by a machine. `contact`: the team wrote first. */
  kind: z.enum(['customer', 'reply', 'note', 'auto', 'contact']),
  by: z.object({ name: z.string(), staffId: Id.nullable() }),
  body: z.string(),
  writtenAt: Instant,
  /** Until then it can be taken back; null where it never leaves, or has left. */
  leavesAt: Instant.nullable(),
  takenBack: z.boolean(),
  mentions: z.array(Person),
  attachments: z.array(TicketAttachment),
  /** Of what came by mail: from which address, and the history below what is new, as Markdown. */
  fromEmail: z.string().nullable(),
  quoted: z.string(),
  /** Files of that mail that were not taken: of another type, too large, or too many. */
  filesNotKept: z.array(z.object({ name: z.string(), why: z.enum(['type', 'size', 'count', 'room']) })),
  /** To which address it goes as a mail with its words; null: whoever reads it in the app is only told that it is there. */
  toEmail: z.string().nullable(),
  /** It did not reach them: what the other mail server said. */
  bounce: z.object({ at: Instant, email: z.string(), said: z.string() }).nullable(),
  /** Its writer was warned that it looks like a patient’s data, and let it leave. */
  insisted: z.boolean(),
  /** Its words are gone for ever, with who said them (decision 31): when it was said stays. */
  forgotten: z.boolean(),
  /** The number of the ticket it was written in, before it was put into this one; null: it was written here. */
  movedFrom: z.int().nullable(),
})
export type TicketMessage = z.infer<typeof TicketMessage>

/** Something was said since `seenMessageId`: it is in `details.messages`, to be read before one's own goes. */
export const saidMeanwhile = refusal('ticket_said_meanwhile')
/** It has left: what was read cannot be taken back. */
export const replyLeft = refusal('ticket_reply_left')
/** Nobody takes back what somebody else wrote. */
export const replyNotYours = refusal('ticket_reply_not_yours', 403)
/**
 * It goes by mail, through other people’s machines, and looks like a patient’s data: it leaves if its writer insists.
 * `details`: `{ field, findings }`, as `patientDataIn` has them.
 */
export const patientDataByMail = refusal('ticket_patient_data_by_mail', 422)
/** Together: coded for a mail they grow by a third, and beyond 25 MB many servers refuse it. */
export const mailLimitBytes = 15 * 1024 * 1024
/** It goes by mail, with files that no mail server would take. */
export const tooLargeForMail = refusal('ticket_too_large_for_mail', 422)
export const attachmentRefused = refusal('ticket_attachment_refused', 422)
/** Its bytes are lost or damaged. */
export const attachmentGone = refusal('ticket_attachment_gone', 410)
export const tooManyAttachments = refusal('ticket_too_many_attachments', 422)

const staff = {
  realm: 'staff',
  may: 'tickets.write',
  about: 'ticket',
  stepUp: false,
  touches: ['tickets'],
} as const
const one = z.object({ id: Id })

export const listTicketMessages = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/tickets/:id/messages',
  summary: 'All that was said in a ticket, the oldest first; 1,000 at most',
  input: { params: one },
  output: z.object({ rows: z.array(TicketMessage) }),
  refreshedBy: ['tickets'],
})

export const replyToTicket = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/replies',
  records: 'ticket.reply_written',
  summary: 'Answers the customer; it leaves fifteen seconds later unless taken back',
  input: {
    params: one,
    body: z.object({
      body: Body,
      /** The last one the writer saw; null: none. */
      seenMessageId: Id.nullable(),
      attachmentIds: AttachmentIds,
      /** Then says that the customer is waited for, or resolves it. */
      thenDo: z.enum(['nothing', 'wait', 'resolve']).default('nothing'),
      /** It goes by mail and looks like a patient’s data, and shall leave all the same. */
      insists: z.boolean().default(false),
    }),
  },
  output: TicketMessage,
  status: 201,
  refusals: [ticketPutAway, saidMeanwhile, tooManyAttachments, patientDataByMail, tooLargeForMail],
})

export const takeBackReply = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/tickets/:id/replies/:messageId',
  records: 'ticket.reply_recalled',
  summary: 'Takes back a reply that has not left yet; its words become the draft again',
  input: { params: one.extend({ messageId: Id }) },
  output: z.object({ draft: z.string() }),
  refusals: [replyLeft, replyNotYours],
})

export const addTicketNote = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/notes',
  records: 'ticket.note_added',
  summary: 'Writes down something for the team alone; it never leaves',
  input: {
    params: one,
    body: z.object({
      body: Body,
      mentions: z.array(Id).max(20).default([]),
      attachmentIds: AttachmentIds,
    }),
  },
  output: TicketMessage,
  status: 201,
  refusals: [ticketPutAway, tooManyAttachments],
})

export const DraftKind = z.enum(['reply', 'note'])

export const getTicketDrafts = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.write',
  path: '/tickets/:id/drafts',
  summary: 'What one has written and not said yet, with the files that wait for it',
  input: { params: one },
  output: z.object({
    reply: z.string(),
    note: z.string(),
    savedAt: Instant.nullable(),
    /** What one had begun in tickets that were put into this one: it stays there until it is taken over or thrown away. */
    elsewhere: z.array(
      z.object({ ticketId: Id, number: z.int(), kind: z.enum(['reply', 'note']), body: z.string() }),
    ),
    attachments: z.array(TicketAttachment),
  }),
})

export const saveTicketDraft = endpoint({
  ...staff,
  method: 'PUT',
  path: '/tickets/:id/drafts/:kind',
  records: 'ticket.draft_saved',
  summary: 'Keeps what one is writing; empty: nothing is kept',
  input: { params: one.extend({ kind: DraftKind }), body: z.object({ body: text(50_000) }) },
  output: z.object({ savedAt: Instant }),
  touches: [],
})

export const addTicketAttachment = endpoint({
  ...staff,
  method: 'POST',
  path: '/tickets/:id/attachments',
  records: 'ticket.file_added',
  summary: 'Keeps a file for the message one is writing',
  input: {
    params: one,
    query: z.object({
      name: z.string().min(1).max(255),
      /** For a message that opens a ticket by this id (`contactClient`). */
      begins: z.enum(['yes']).optional(),
    }),
    file: { maxBytes: attachmentLimit.bytes, mediaTypes: saidTypes },
  },
  output: TicketAttachment,
  status: 201,
  refusals: [attachmentRefused, tooManyAttachments],
})

export const removeTicketAttachment = endpoint({
  ...staff,
  method: 'DELETE',
  path: '/tickets/:id/attachments/:attachmentId',
  records: 'ticket.file_removed',
  summary: 'Takes a file away from the message one is writing',
  input: { params: one.extend({ attachmentId: Id }) },
  output: z.undefined(),
  status: 204,
})

export const getTicketAttachment = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/tickets/:id/attachments/:attachmentId',
  records: 'ticket.file_read',
  about: 'ticket',
  summary: 'The bytes of a file, as a download; a picture may be shown',
  input: { params: one.extend({ attachmentId: Id }) },
  output: { stream: ['application/octet-stream', 'image/png', 'image/jpeg', 'image/gif', 'image/webp'] },
  refusals: [attachmentGone],
})

/** Asked every few seconds while the ticket is open: by asking one is seen there. */
export const getTicketPresence = endpoint({
  method: 'GET',
  realm: 'staff',
  may: 'tickets.read',
  path: '/tickets/:id/presence',
  summary: 'Who else has the ticket open, and who is writing',
  input: { params: one, query: z.object({ doing: z.enum(['viewing', 'writing']).default('viewing') }) },
  output: z.object({ rows: z.array(Person.extend({ doing: z.enum(['viewing', 'writing']) })) }),
})
