/** A mail becomes what somebody said: in a ticket that stands, or as the beginning of one. Within the caller's transaction. */
import type { Priority, TicketTopic } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { tell } from '#platform/server/news.ts'
import { insertFilesOfMail } from '../conversation/attachment-queries.ts'
import { insertMessage, setLastMessage, type MessageRow } from '../conversation/queries.ts'
import type { Parts } from '../parts.ts'
import { happened, type By } from '../tickets/happening.ts'
import { hear } from '../tickets/hearing.ts'
import { lockTicket, type Held } from '../tickets/lock.ts'
import { begin } from '../tickets/opening.ts'
import { memberWithAddress } from '../tickets/queries.ts'
import { tellPractice } from '../tickets/telling.ts'
import type { IncomingFile } from './incoming.ts'
import type { MailFiles } from './mail-files.ts'
import { nameMail } from './queries.ts'

/** What of a mail is put anywhere: as it was read just now, or as it waited in the tray. */
export type Putting = {
  messageId: string | null
  from: { name: string; email: string }
  subject: string
  body: string
  quoted: string
  receivedAt: Date
  files: readonly IncomingFile[]
}

type With = { parts: Pick<Parts, 'clock'>; files: MailFiles }

/** `by`: whoever put it there by hand; whoever wrote it where nobody did. */
export async function putInto(
  db: CentralDb,
  { parts, files }: With,
  held: Held,
  mail: Putting,
  { as, by }: { as: 'customer' | 'auto'; by?: By },
): Promise<MessageRow> {
  const { id: ticketId, tenantId } = held
  const memberId = tenantId && (await memberWithAddress(db, tenantId, mail.from.email))
  const writer = { ...(memberId && { memberId }), label: nameOf(mail, held) }
  const at = parts.clock.now()
  // A machine that answers is nobody who was heard from: what waits goes on waiting.
  if (as === 'customer') await hear(db, parts, held, by ?? writer)
  const row = await say(db, { files }, ticketId, mail, { as, writer, at })
  const kind = as === 'customer' ? 'customer_message' : 'auto_reply'
  await happened(db, parts, ticketId, [{ kind, by: writer, at }])
  await tell(db, { topic: 'tickets', needs: 'tickets.read', id: ticketId })
  await tellPractice(db, held)
  return row
}

export type Beginning = {
  subject: string
  clientId: string | null
  tenantId: string | null
  memberId: string | null
  priority?: Priority
  topic?: TicketTopic
}

/** Since it came in, however long it waited to be decided on: that is when somebody began to wait for an answer. */
export async function beginWith(
  db: CentralDb,
  { parts, files }: With,
  mail: Putting,
  { memberId, priority = 'normal', topic = 'question', ...about }: Beginning,
  by?: By,
): Promise<{ held: Held; row: MessageRow }> {
  const now = parts.clock.now()
  const at = mail.receivedAt < now ? mail.receivedAt : now
  const id = uuidv7(now.getTime())
  const requesterName = nameOf(mail)
  const writer = { ...(memberId && { memberId }), label: requesterName }
  await begin(
    db,
    parts,
    {
      ...about,
      id,
      channel: 'mail',
      priority,
      topic,
      requesterName,
      requesterEmail: mail.from.email,
      requesterMemberId: memberId,
    },
    by ?? writer,
    at,
  )
  const row = await say(db, { files }, id, mail, { as: 'customer', writer, at })
  await tell(db, { topic: 'tickets', needs: 'tickets.read', id })
  return { held: await lockTicket(db, id), row }
}

async function say(
  db: CentralDb,
  { files }: Pick<With, 'files'>,
  ticketId: string,
  mail: Putting,
  { as, writer, at }: { as: 'customer' | 'auto'; writer: By; at: Date },
): Promise<MessageRow> {
  const row = await insertMessage(db, {
    id: uuidv7(at.getTime()),
    ticketId,
    kind: as,
    byMemberId: writer.memberId ?? null,
    byName: writer.label,
    ...wordsOf(mail),
    fromEmail: mail.from.email,
    writtenAt: at,
  })
  await insertFilesOfMail(db, row, await files.keep(ticketId, mail.files))
  if (mail.messageId !== null)
    await nameMail(db, {
      messageId: mail.messageId,
      ticketId,
      ticketMessageId: row.id,
      direction: 'in',
      email: mail.from.email,
      at,
    })
  await setLastMessage(db, ticketId, { at: row.writtenAt, byCustomer: as === 'customer' })
  return row
}

/** Where all of it looks like history, somebody wrote in between: nothing is folded away unread. */
const wordsOf = ({ body, quoted, files }: Putting) =>
  body.trim() === '' && files.length === 0 ? { body: quoted, quoted: '' } : { body, quoted }

/** As we know them, where it is who asked; else as they call themselves. */
const nameOf = ({ from }: Putting, held?: Held) =>
  held?.requesterEmail === from.email ? held.requesterName : from.name || from.email

const answers = /^(?:\s*(?:re|fwd?|tr|rép|réf|aw|wg)\s*(?:\[\d+\])?\s*:)+\s*/i

/** What a new ticket is called: without the marks of programs, and by its first words where it has no subject. */
export function subjectOf({ subject, body, files }: Pick<Putting, 'subject' | 'body' | 'files'>): string {
  const called = subject.replace(answers, '').trim()
  const line = body.split('\n').find((one) => /\p{L}/u.test(one)) ?? ''
  const said = called || line.replaceAll(/[*_>#]+/g, ' ').trim() || (files[0]?.name ?? '')
  return [...said.replaceAll(/\s+/g, ' ')].slice(0, 200).join('').trim() || '…'
}
