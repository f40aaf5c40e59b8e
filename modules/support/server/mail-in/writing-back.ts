/** What every mail of a ticket has besides its words: whom it is from, where answers go, what it answers. */
import { patientDataIn } from '#contract/support'
import type { CentralDb, Tables } from '#platform/server/db.ts'
import type { Letter, Posting } from '#platform/server/mail-writing.ts'
import { sql } from '#platform/server/db.ts'
import type { Parts } from '../parts.ts'
import { nameMail, namesKnownTo } from './queries.ts'
import { replyAddress } from './reply-address.ts'

type Post = Pick<Parts, 'mail' | 'vault' | 'post' | 'clock'>
type Ticket = { id: string; number: number; subject: string }

/** As many names of former mails as programs need to find the thread: the first, and the last ones. */
const namesAtMost = 20

/** Sends a mail of a ticket, and keeps the name it leaves by, for what comes back. */
export async function writeBack(
  db: CentralDb,
  parts: Post,
  ticket: Ticket,
  {
    messageId,
    ...letter
  }: Omit<Letter, 'subject' | 'footer' | 'post'> & {
    /** The message whose words it bears. */
    messageId: string | null
    post?: Pick<Posting, 'automatic' | 'attachments'>
  },
): Promise<void> {
  const { supportEmail } = parts.post
  const names = await namesKnownTo(db, ticket.id, letter.to.email)
  const isConversation = letter.said !== undefined || letter.post?.automatic === 'replied'
  const id = await parts.mail.send(db, {
    ...letter,
    ...(isConversation && subjectOf(ticket, names.length > 0)),
    ...(supportEmail && { footer: 'support.mail.footer' }),
    post: {
      ...letter.post,
      ...(supportEmail && {
        from: supportEmail,
        replyTo: replyAddress(parts.vault, supportEmail.email, ticket.number),
      }),
      ...threadOf(names),
    },
  })
  await nameMail(db, {
    messageId: parts.mail.messageId(id),
    ticketId: ticket.id,
    ticketMessageId: messageId,
    direction: 'out',
    email: letter.to.email,
    at: parts.clock.now(),
  })
}

/** RFC 5322, section 3.6.4: all of the thread that they have; what is answered is the last of theirs. */
function threadOf(
  names: readonly { messageId: string; direction: string }[],
): Pick<Posting, 'inReplyTo' | 'references'> {
  const ids = names.map(({ messageId }) => messageId)
  const last = names.findLast(({ direction }) => direction === 'in')?.messageId ?? ids.at(-1)
  if (last === undefined) return {}
  const references = ids.length <= namesAtMost ? ids : [...ids.slice(0, 1), ...ids.slice(1 - namesAtMost)]
  return { inReplyTo: last, references }
}

/** What somebody called it in haste may name a patient: such a mail is called by the ticket's number alone. */
const subjectOf = ({ subject }: Ticket, goesOn: boolean) =>
  patientDataIn(subject).length > 0 ? {} : { subject: goesOn ? answering(subject) : subject }

/** By which programs see that it goes on. */
const answering = (subject: string) => `Re: ${subject.replace(/^(?:re\s*:\s*)+/i, '')}`

/** In whose language somebody reads us: as they chose it where they have an account. */
export async function languageOf(db: Tables<'memberAccounts'>, email: string): Promise<string> {
  const row = await db
    .selectFrom('memberAccounts')
    .select('language')
    .where(sql`lower(email)`, '=', email)
    .executeTakeFirst()
  return row?.language ?? 'fr'
}
