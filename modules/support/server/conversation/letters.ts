/** Mails about tickets. They pass through other people's machines, so those to a practice say no word of what was said. */
import type { CentralDb } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import type { Held } from '../tickets/lock.ts'
import { attachmentsOf } from './attachment-queries.ts'
import { memberToTell, staffToTell, type MessageRow } from './queries.ts'

type Writers = Pick<Parts, 'mail' | 'practiceUrl' | 'backofficeUrl' | 'clock'>

/** Whoever asks from the practice app reads the answer there; whoever has no account has it in the mail alone. */
export async function tellRequester(
  { mail, practiceUrl, clock }: Writers,
  db: CentralDb,
  ticket: Held,
  reply: Pick<MessageRow, 'id' | 'body'>,
): Promise<void> {
  const { number } = ticket
  if (ticket.requesterMemberId !== null) {
    const member = await memberToTell(db, ticket.requesterMemberId, clock.now())
    if (!member) return
    const name = `${member.firstName} ${member.lastName}`
    await mail.send(db, {
      to: { email: member.email, name },
      language: member.language,
      template: 'support.mail.answered',
      values: { name, number: String(number) },
      action: { url: new URL(`/help/${ticket.id}`, practiceUrl).href },
    })
    return
  }
  const files = (await attachmentsOf(db, [reply.id])).get(reply.id) ?? []
  await mail.send(db, {
    to: { email: ticket.requesterEmail, name: ticket.requesterName },
    language: 'fr',
    template: 'support.mail.answered_here',
    values: {
      name: ticket.requesterName,
      number: String(number),
      subject: ticket.subject,
      files: files.length,
    },
    said: reply.body,
  })
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
