/** Mails about tickets. They pass through other people's machines, so those to a practice say no word of what was said. */
import type { CentralDb } from '#platform/server/db.ts'
import type { StoredAttachment } from '#platform/server/mail-writing.ts'
import { languageOf, writeBack } from '../mail-in/writing-back.ts'
import type { Parts } from '../parts.ts'
import type { Held } from '../tickets/lock.ts'
import { attachmentsOf } from './attachment-queries.ts'
import { memberToTell, staffToTell, type AttachmentRow, type MessageRow } from './queries.ts'

type Writers = Pick<Parts, 'mail' | 'practiceUrl' | 'backofficeUrl' | 'clock'>

/** Whoever asks from the practice app reads the answer there; whoever has no account has it in the mail alone. */
export async function tellRequester(
  parts: Writers & Pick<Parts, 'vault' | 'post'>,
  db: CentralDb,
  ticket: Held,
  reply: MessageRow,
): Promise<void> {
  const { requesterMemberId: memberId, requesterName, requesterEmail } = ticket
  // What was written before anybody knew where it goes goes to whoever asked.
  const email = reply.toEmail ?? (memberId === null ? requesterEmail : null)
  if (email !== null) {
    const name = email === requesterEmail ? requesterName : ''
    await sendWords(parts, db, ticket, reply, { email, name })
    return
  }
  const member = memberId && (await memberToTell(db, memberId, parts.clock.now()))
  if (!member) return
  const name = `${member.firstName} ${member.lastName}`
  await writeBack(db, parts, ticket, {
    messageId: reply.id,
    to: { email: member.email.toLowerCase(), name },
    language: member.language,
    template: 'support.mail.answered',
    values: { name, number: String(ticket.number) },
    action: { url: new URL(`/help/${ticket.id}`, parts.practiceUrl).href },
  })
}

/** As a person's own mail: their words, the files they sent along, and nothing that says a machine wrote it. */
async function sendWords(
  parts: Pick<Parts, 'mail' | 'vault' | 'post' | 'clock'>,
  db: CentralDb,
  ticket: Held,
  reply: MessageRow,
  to: { email: string; name: string },
): Promise<void> {
  const files = (await attachmentsOf(db, [reply.id])).get(reply.id) ?? []
  await writeBack(db, parts, ticket, {
    messageId: reply.id,
    to,
    language: await languageOf(db, to.email),
    // Answers to it are read only where there is a mailbox to read.
    template: parts.post.supportEmail ? 'support.mail.written' : 'support.mail.answered_here',
    values: { name: to.name || to.email, number: String(ticket.number) },
    said: reply.body,
    post: { automatic: 'no', attachments: files.map(storedFile) },
  })
}

function storedFile({ name, mediaType, storageKey }: AttachmentRow): StoredAttachment {
  const [folder = '', file = ''] = storageKey.split('/')
  return { name, mediaType, store: 'support-files', folder, file }
}

/** Somebody of the team is asked to look, by a colleague's note. */
export async function tellOfMention(
  { mail, backofficeUrl }: Writers,
  db: CentralDb,
  ticket: Pick<Held, 'id' | 'number'>,
  staffId: string,
  by: string,
): Promise<void> {
  const person = await staffToTell(db, staffId)
  if (!person) return
  const name = `${person.firstName} ${person.lastName}`
  await mail.send(db, {
    to: { email: person.email, name },
    language: person.language,
    template: 'support.mail.mentioned',
    values: { name, by, number: String(ticket.number) },
    action: { url: new URL(`/tickets/${ticket.id}`, backofficeUrl).href },
    staffId,
  })
}
