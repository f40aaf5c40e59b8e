import { z } from 'zod'
import { Id, Instant } from '#platform/contract/ids.ts'

export const member = { realm: 'member', stepUp: false } as const
export const one = { params: z.object({ id: Id }) }

export const channels = ['sms', 'email'] as const
export const Channel = z.enum(channels)
export type Channel = z.infer<typeof Channel>

export const messageKinds = ['reminder', 'single', 'fee_note'] as const
export const MessageKind = z.enum(messageKinds)
export type MessageKind = z.infer<typeof MessageKind>

/** `waiting` for its turn or its next try, `sending` just now; `cancelled`: what it was about is no more. */
export const messageStates = ['waiting', 'sending', 'sent', 'failed', 'cancelled'] as const
export const MessageState = z.enum(messageStates)
export type MessageState = z.infer<typeof MessageState>

/** Why one did not leave: what to do about it is said in words. */
export const messageProblems = [
  'unreachable',
  'refused',
  'address_wrong',
  'attachment_missing',
  'appointment_over',
  'not_wanted',
] as const
export const MessageProblem = z.enum(messageProblems)
export type MessageProblem = z.infer<typeof MessageProblem>

export const Message = z.object({
  id: Id,
  channel: Channel,
  kind: MessageKind,
  /** The name is null for who may not see patients. */
  patient: z.object({ id: Id, name: z.string().nullable() }).nullable(),
  /** A telephone number as it is read, or an address. Null, as what it says is, for who may not see patients. */
  recipient: z.string().nullable(),
  subject: z.string().nullable(),
  body: z.string().nullable(),
  state: MessageState,
  /** Outside production nothing leaves: it was kept as it would have left. */
  captured: z.boolean(),
  tries: z.int(),
  problem: MessageProblem.nullable(),
  appointment: z.object({ id: Id, startsLocal: z.string() }).nullable(),
  feeNoteId: Id.nullable(),
  resendOf: Id.nullable(),
  /** Null: by the practice's own settings. */
  writtenBy: z.string().nullable(),
  writtenAt: Instant,
  /** When it is tried (again). */
  dueAt: Instant,
  sentAt: Instant.nullable(),
})
export type Message = z.infer<typeof Message>
