/**
 * What becomes of a mail that came in. One transaction holds all of it: the line that says so, what it says in a ticket, the
 * log, the news and what is answered. A mail that is handed over twice is known by its bytes.
 */
import type { CentralDb } from '#platform/server/db.ts'
import { emailHolds } from '#platform/contract/emails.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import type { Held } from '../tickets/lock.ts'
import { tenantOf } from '../tickets/queries.ts'
import { allStorable, cut } from '../tickets/storable.ts'
import { acknowledge } from './acknowledging.ts'
import { noteBounce } from './bouncing.ts'
import { decide, type Decision, type Facts } from './deciding.ts'
import type { IncomingMail } from './incoming.ts'
import { largestWhole } from './reading/connection.ts'
import { mailFiles, type MailFiles } from './mail-files.ts'
import { beginWith, putInto, subjectOf, type Putting } from './putting.ts'
import {
  holdSender,
  insertMail,
  bytesKept,
  isOfTicket,
  knownAs,
  seenBefore,
  ticketNamed,
  ticketNumbered,
  type FileOfMail,
  type KnownAs,
} from './queries.ts'
import { isSupportAddress, ticketInAddresses } from './reply-address.ts'
import { whereItLives } from './whereabouts.ts'

type Filing = Pick<Parts, 'db' | 'clock' | 'vault' | 'dataDir' | 'mail' | 'audit' | 'post'>

/** A page of search words is as much as PostgreSQL takes in; nobody reads more either. */
const mostLetters = 100_000

/** @returns what takes a mail; done when it stands where it belongs */
export function filing(parts: Filing): (mail: IncomingMail, raw: Buffer) => Promise<void> {
  const files = mailFiles(parts)
  return async (mail, raw) => {
    await parts.db.transaction().execute((db) => file(db, parts, files, mail, raw))
  }
}

async function file(db: CentralDb, parts: Filing, files: MailFiles, read: IncomingMail, raw: Buffer) {
  const mail = allStorable(read)
  const from = mail.from !== null && emailHolds(mail.from.email) ? mail.from : null
  const { sha256, messageId, receivedAt } = mail
  const email = from?.email ?? ''
  await holdSender(db, email)
  const since = new Date(receivedAt.getTime() - 3_600_000)
  const seen = await seenBefore(db, { sha256, messageId, email, since, mark: mail.loopMark })
  if (seen.isKnown) return

  const now = parts.clock.now()
  const { token, held } = await threaded(db, parts, mail)
  const known = email === '' ? [] : await knownAs(db, email, now)
  const decision = decide({
    mail: { ...mail, loopMark: seen.isMarked, isBounce: mail.bounce !== null, hasSender: from !== null },
    isCopy: seen.isCopy && messageId !== null,
    isOurs: seen.isSentByUs || isOurs(parts, email),
    token,
    ticket: held && {
      id: held.id,
      trashed: held.trashedAt !== null,
      knowsSender: email !== '' && (await isOfTicket(db, held.id, email, now)),
    },
    clients: [...new Set(known.map(({ clientId }) => clientId))],
    lately: seen.lately,
  })
  const id = uuidv7(now.getTime())
  const { stands, tenantId } = await place(db, parts, files, { mail, decision, held, known })
  const isInDoubt = decision.to === 'tray' || (decision.to === 'aside' && mayBeFiled(decision.why))
  const isCustomers = mail.authentic === 'pass' && known.length > 0
  const isKept = isInDoubt && raw.length > 0 && (isCustomers || (await hasRoom(db, mail, raw)))
  const isNew = await insertMail(db, {
    id,
    receivedAt,
    messageId,
    sha256,
    bytes: mail.bytes,
    fromName: cut(from?.name ?? mail.from?.name ?? '', 200),
    fromEmail: email,
    subject: cut(mail.subject, 500),
    ...(isInDoubt || stands.state === 'filed' ? wordsOf(mail) : nothingSaid(mail)),
    files: JSON.stringify(
      mail.files.map((one) =>
        fileOf(isInDoubt && !isKept && one.why === null ? { ...one, why: 'room' } : one),
      ),
    ),
    ...stands,
    clientId: known[0]?.clientId ?? null,
    storageKey: isKept ? await files.keepWhole(id, raw) : null,
  })
  // Nobody else files what is of this sender meanwhile; were it so, nothing of this happened.
  if (!isNew) throw new Error('a mail was filed by two at once')
  await parts.audit.writeDownAs(db, {
    verb: 'received_mail.arrived',
    label: 'system',
    tenant: tenantId ?? undefined,
    object: 'received_mail',
    id,
    // Who wrote what stands in the mail alone: the log, which forgets nothing, says where it went.
    after: { state: stands.state, why: stands.why, ticketId: stands.ticketId, opened: decision.to === 'new' },
  })
  await tell(db, { topic: 'received-mails', needs: 'tickets.read', id })
}

/** Whoever they are and however many: all that strangers sent within a day fits beside everything else on the disk. */
export const strangersADay = 2 ** 30

const hasRoom = async (db: CentralDb, { receivedAt }: IncomingMail, raw: Buffer) =>
  (await bytesKept(db, new Date(receivedAt.getTime() - 86_400_000), largestWhole)) + raw.length <=
  strangersADay

/** Which ticket it answers, where that went since: by what we signed, or by the names of our mails; never by its subject. */
async function threaded(
  db: CentralDb,
  { vault, post }: Filing,
  { to, cc, deliveredTo, inReplyTo, references }: IncomingMail,
): Promise<{ token: Facts['token']; held: Held | null }> {
  const addresses = [...deliveredTo, ...[...to, ...cc].map(({ email }) => email)]
  const signed = post.supportEmail && ticketInAddresses(vault, post.supportEmail.email, addresses)
  const token = signed === undefined ? 'none' : signed === 'wrong' ? 'wrong' : 'good'
  const id =
    typeof signed === 'number'
      ? (await ticketNumbered(db, signed))?.id
      : await ticketNamed(db, [...inReplyTo, ...references.toReversed()])
  return { token, held: id === undefined ? null : await whereItLives(db, id) }
}

const isOurs = ({ post: { supportEmail, mailFrom } }: Filing, email: string) =>
  email === mailFrom.email.toLowerCase() ||
  (supportEmail !== undefined && isSupportAddress(supportEmail.email, email))

type Stands = {
  state: 'filed' | 'to_confirm' | 'set_aside'
  why: string
  ticketId: string | null
  ticketMessageId: string | null
}

/** @returns what the mail's own line says of it, and whose practice it is about */
async function place(
  db: CentralDb,
  parts: Filing,
  files: MailFiles,
  { mail, decision, held, known }: Placing,
): Promise<{ stands: Stands; tenantId: string | null }> {
  const filed = (ticketId: string, ticketMessageId: string): Stands => ({
    state: 'filed',
    why: '',
    ticketId,
    ticketMessageId,
  })
  const waits = (state: Stands['state'], why: string, ticketId: string | null) => ({
    stands: { state, why, ticketId, ticketMessageId: null },
    tenantId: held?.tenantId ?? null,
  })
  const into = { parts, files }
  switch (decision.to) {
    case 'ticket': {
      // The decision names the one that was looked at.
      const row = await putInto(db, into, held!, puttingOf(mail), { as: decision.as })
      return { stands: filed(row.ticketId, row.id), tenantId: held?.tenantId ?? null }
    }
    case 'new': {
      const putting = puttingOf(mail)
      const member = known.find(({ memberId }) => memberId !== null)
      const { clientId } = decision
      const begun = await beginWith(db, into, putting, {
        subject: subjectOf(putting),
        clientId,
        memberId: member?.memberId ?? null,
        tenantId: member?.tenantId ?? (await tenantOf(db, clientId)),
      })
      await acknowledge(db, parts, begun.held)
      return { stands: filed(begun.held.id, begun.row.id), tenantId: begun.held.tenantId }
    }
    case 'lost':
      await noteBounce(db, parts, mail, decision.ticketId)
      return waits('set_aside', 'bounce', decision.ticketId)
    case 'aside':
      return waits('set_aside', decision.why, held?.id ?? null)
    default:
      return waits('to_confirm', decision.why, held?.id ?? null)
  }
}

type Placing = {
  mail: IncomingMail
  decision: Decision
  held: Held | null
  known: readonly KnownAs[]
}

const puttingOf = (mail: IncomingMail): Putting => ({
  messageId: mail.messageId,
  from: mail.from!, // decide() places nobody's mail
  subject: cut(mail.subject, 500),
  ...wordsOf(mail),
  receivedAt: mail.receivedAt,
  files: mail.files,
})

/** Somebody may find that it was no machine's after all. */
const mayBeFiled = (why: string) => why === 'auto_reply' || why === 'list' || why === 'bulk'

/** Of a copy the words stand elsewhere; of what did not arrive those alone that say so, as they stand: nothing in them leads anywhere. */
const nothingSaid = ({ bounce }: IncomingMail) => ({
  body: bounce?.said ? `\`${cut(bounce.said.replaceAll('`', '’'), 500)}\`` : '',
  quoted: '',
})

const wordsOf = ({ body, quoted }: IncomingMail) => ({
  body: cut(body, mostLetters),
  quoted: cut(quoted, mostLetters),
})

export const fileOf = ({
  name,
  mediaType,
  bytes,
  why,
}: Omit<IncomingMail['files'][number], 'why'> & Pick<FileOfMail, 'why'>): FileOfMail => ({
  name,
  mediaType,
  bytes,
  kept: why === null,
  why,
})
