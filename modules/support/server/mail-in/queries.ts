/** Every statement about mails: those that came in, and the names by which those of a ticket are known. */
import type { TicketMessage } from '#contract/support'
import { sql, type Tables } from '#platform/server/db.ts'

type Bounce = NonNullable<TicketMessage['bounce']>
type NotKept = TicketMessage['filesNotKept']

/** A file of a mail as `incoming_mails.files` has it. */
export type FileOfMail = {
  name: string
  mediaType: string | null
  bytes: number
  kept: boolean
  why: 'type' | 'size' | 'count' | null
}

/** What the mails behind some messages say of them: files that were not taken, and that it did not arrive. */
export async function mailsOfMessages(
  db: Tables<'incomingMails' | 'ticketMails'>,
  messageIds: readonly string[],
): Promise<{ notKept: Map<string, NotKept>; bounces: Map<string, Bounce> }> {
  const notKept = new Map<string, NotKept>()
  const bounces = new Map<string, Bounce>()
  if (messageIds.length === 0) return { notKept, bounces }
  const { rows } = await sql<{ id: string; files: FileOfMail[] }>`
    select ticket_message_id as id, files from incoming_mails
    where ticket_id in (select ticket_id from ticket_messages where id = any(${messageIds}::uuid[]))
      and ticket_message_id = any(${messageIds}::uuid[]) and files <> '[]'`.execute(db)
  for (const { id, files } of rows)
    notKept.set(
      id,
      files.flatMap(({ name, why }) => (why === null ? [] : [{ name, why }])),
    )
  const bounced = await db
    .selectFrom('ticketMails')
    .select(['ticketMessageId', 'email', 'bouncedAt', 'bounce'])
    .where('ticketMessageId', 'in', [...messageIds])
    .where('bouncedAt', 'is not', null)
    .orderBy('bouncedAt')
    .execute()
  for (const { ticketMessageId, email, bouncedAt, bounce } of bounced)
    if (ticketMessageId && bouncedAt)
      bounces.set(ticketMessageId, { at: bouncedAt.toISOString(), email, said: bounce ?? '' })
  return { notKept, bounces }
}
