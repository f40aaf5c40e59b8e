/** A single message to one patient. */
import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Channel, member, Message, one } from './message.ts'

/**
 * No mobile number, or no address, is known of them or of who answers for them; or no carrier of SMS was set up here
 * (`smsAvailable` of `getReach`).
 */
export const recipientMissing = refusal('message_recipient_missing', 422)

/** Where somebody is reached by one channel. */
const Reached = z.object({
  /** As it is read. */
  to: z.string(),
  /** Whose it is, where it is not the patient's own: who answers for a minor. */
  of: z.string().nullable(),
})

export const Reach = z.object({
  patient: z.object({ id: Id, name: z.string() }),
  sms: Reached.nullable(),
  email: Reached.nullable(),
  /** They wish for no reminders this way; a single message may still be right. */
  noSms: z.boolean(),
  noEmail: z.boolean(),
  smsAvailable: z.boolean(),
  /** What templates fill in. */
  practice: z.object({ name: z.string(), phone: z.string() }),
  /** Their next appointment, by the practice's clock. */
  nextLocal: z.string().nullable(),
})
export type Reach = z.infer<typeof Reach>

export const getReach = endpoint({
  ...member,
  method: 'GET',
  path: '/patients/:id/reach',
  may: 'reminders.send',
  summary: 'Where a message to a patient would go; needs patients.read besides',
  input: one,
  output: Reach,
  refreshedBy: ['patients', 'practice', 'agenda'],
})

/** As long as ten linked SMS; nobody reads more on a telephone. */
export const smsMost = 1_000

/** The same `requestId` brought another message before. */
export const messageReused = refusal('message_request_reused')

export const sendMessage = endpoint({
  ...member,
  method: 'POST',
  path: '/messages',
  may: 'reminders.send',
  records: 'message.written',
  impersonated: 'refused',
  summary:
    'Sends a patient a message, to where they are reached, not to what somebody types; needs patients.read besides',
  input: {
    body: z
      .object({
        /** What a browser calls it, and its id from then on: sent twice it is one message. */
        requestId: Id.optional(),
        channel: Channel,
        patientId: Id,
        appointmentId: Id.optional(),
        /** Of an e-mail. */
        subject: line(150).default(''),
        body: text(5_000).trim().min(1),
      })
      .refine(({ channel, subject }) => channel === 'sms' || subject !== '', {
        path: ['subject'],
        params: { code: 'message_subject_missing' },
      })
      .refine(({ channel, body }) => channel === 'email' || body.length <= smsMost, {
        path: ['body'],
        params: { code: 'message_too_long' },
      }),
  },
  output: Message,
  status: 201,
  refusals: [recipientMissing, messageReused],
  touches: ['reminders'],
})

/** A fee note that was cancelled, or an appointment that is over or somebody else's by now: nothing is left to be said. */
export const messageOutdated = refusal('message_outdated')

export const sendFeeNote = endpoint({
  ...member,
  method: 'POST',
  path: '/messages/fee-notes',
  may: 'fees.manage',
  records: 'message.written',
  impersonated: 'refused',
  summary: 'Mails a fee note as a PDF to whom it is addressed: its payer, else the patient',
  input: { body: z.object({ feeNoteId: Id }) },
  output: Message,
  status: 201,
  refusals: [recipientMissing, messageOutdated],
  touches: ['reminders'],
})
