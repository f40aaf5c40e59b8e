/** The journal of what left for patients. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Day, Id, line } from '#platform/contract/ids.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Channel, member, Message, MessageKind, MessageState, one } from './message.ts'
import { messageOutdated, recipientMissing } from './writing.ts'

export * from './message.ts'

export const MessageFilter = z.object({
  /** Words of the patient's name or of the message, or a part of the address or number; finds nothing for who may not see patients. */
  q: line(100).optional(),
  state: MessageState.optional(),
  channel: Channel.optional(),
  kind: MessageKind.optional(),
  patientId: Id.optional(),
  feeNoteId: Id.optional(),
  /** By the practice's calendar, both included. */
  from: Day.optional(),
  to: Day.optional(),
})
export type MessageFilter = z.infer<typeof MessageFilter>

export const listMessages = endpoint({
  ...member,
  method: 'GET',
  path: '/messages',
  may: 'reminders.read',
  summary: 'What left for patients and what is about to: what failed first, then the latest',
  input: { query: MessageFilter.extend(pageQuery) },
  output: pageOf(Message).extend({
    /** Whatever is filtered: how many failed and were not sent again since. */
    failed: z.int(),
  }),
  refreshedBy: ['reminders', 'patients', 'agenda'],
})

/** It is still on its way. */
export const messageUnderWay = refusal('message_under_way')

export const resendMessage = endpoint({
  ...member,
  method: 'POST',
  path: '/messages/:id/resending',
  may: 'reminders.send',
  records: 'message.repeated',
  about: 'message',
  impersonated: 'refused',
  summary:
    'Sends a message again, as a new one, to where the patient is reached now; a reminder says when the appointment is now; needs patients.read besides, a fee note fees.manage',
  input: one,
  output: Message,
  status: 201,
  refusals: [messageUnderWay, messageOutdated, recipientMissing],
  touches: ['reminders'],
})
