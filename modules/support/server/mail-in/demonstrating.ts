/** Mails of the past for a demonstration: those of tickets, those that wait, and one that came back. */
import { createHash } from 'node:crypto'
import type { ReceivedReason, ReceivedState } from '#contract/support'
import type { CentralDb, Tables } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { MessageRow } from '../conversation/queries.ts'
import { noteBounce } from './bouncing.ts'
import { insertMail, nameMail, type FileOfMail } from './queries.ts'

/** Whom a message is from, or goes to, as a mail. */
export type PastMail = { email: string; quoted?: string }

/** The name by which a mail of a message is known. */
const nameOf = ({ id }: Pick<MessageRow, 'id'>) => `${id}@demonstration.example.com`

export async function sayByMail(
  db: Tables<'ticketMails'>,
  message: MessageRow,
  { email }: PastMail,
): Promise<void> {
  await nameMail(db, {
    messageId: nameOf(message),
    ticketId: message.ticketId,
    ticketMessageId: message.id,
    direction: message.kind === 'customer' ? 'in' : 'out',
    email,
    at: message.writtenAt,
  })
}

/** The last answer of a ticket did not arrive. */
export async function bouncePast(
  db: CentralDb,
  { ticketId, email, at, said }: { ticketId: string; email: string; at: Date; said: string },
): Promise<void> {
  const clock = { now: () => at }
  const bounce = { recipient: email, status: null, said, originalMessageId: null }
  await noteBounce(db, { clock }, { bounce, inReplyTo: [], references: [] }, ticketId)
}

/** A mail as it waits in the tray, was set aside, or was decided against. */
export type WaitingMail = {
  at: Date
  from: { name: string; email: string }
  subject: string
  body: string
  quoted?: string
  state: Exclude<ReceivedState, 'filed'>
  why: ReceivedReason
  /** None of them is kept: their bytes are invented. */
  files?: readonly Pick<FileOfMail, 'name' | 'bytes' | 'mediaType'>[]
  ticketId?: string | null
  clientId?: string | null
  decidedBy?: string | null
}

export async function seedWaitingMail(
  db: Tables<'incomingMails'>,
  { at, from, files = [], decidedBy = null, ...mail }: WaitingMail,
): Promise<void> {
  const id = uuidv7(at.getTime())
  await insertMail(db, {
    ...mail,
    id,
    receivedAt: at,
    messageId: `${id}@example.com`,
    sha256: createHash('sha256').update(id).digest(),
    bytes: mail.body.length + files.reduce((sum, { bytes }) => sum + bytes, 0),
    fromName: from.name,
    fromEmail: from.email,
    files: JSON.stringify(files.map((file) => ({ ...file, kept: false, why: 'size' }) satisfies FileOfMail)),
    decidedBy,
    decidedAt: decidedBy === null ? null : at,
  })
}
