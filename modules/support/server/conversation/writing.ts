/** Saying something in a ticket. Each is within the caller's transaction, which holds the ticket (`lockTicket`). */
import { mailLimitBytes, tooLargeForMail, undoSeconds, type TicketMessage } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import { refuse } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { happened, type By } from '../tickets/happening.ts'
import type { Held } from '../tickets/lock.ts'
import { attach } from './files.ts'
import { guarded } from './guarding.ts'
import {
  deleteDraft,
  follow,
  insertMessage,
  setLastMessage,
  setRead,
  staffNamed,
  type MessageRow,
} from './queries.ts'
import { shownMessage } from './showing.ts'

type Said = { body: string; by: By & { staffId: string }; attachmentIds: readonly string[]; at: Date }

type Answer = Said & {
  thenDo?: 'nothing' | 'wait' | 'resolve'
  insists?: boolean
  /** Where its writer chose it. */
  subject?: string
}

/**
 * For the customer: it leaves fifteen seconds later (`leaving.ts`), and only then it is an answer and `thenDo` is done.
 * Whoever resolves at once instead would have resolved a ticket whose answer can still be taken back.
 * @throws Refused where it goes by mail and may not
 */
export async function writeReply(
  db: CentralDb,
  _parts: Pick<Parts, 'clock'>,
  held: Held,
  said: Answer,
): Promise<TicketMessage> {
  // Whoever has an account reads it in the app; whoever has none has it in the mail alone.
  const toEmail = held.requesterMemberId === null ? held.requesterEmail : null
  return writeToCustomer(db, held, said, { kind: 'reply', toEmail })
}

/** By mail to whom the team writes first. @throws Refused */
export const writeContact = (
  db: CentralDb,
  held: Held,
  { toEmail, ...said }: Answer & { toEmail: string },
): Promise<TicketMessage> => writeToCustomer(db, held, said, { kind: 'contact', toEmail })

async function writeToCustomer(
  db: CentralDb,
  held: Held,
  { thenDo = 'nothing', insists = false, subject, ...said }: Answer,
  as: { kind: 'reply' | 'contact'; toEmail: string | null },
): Promise<TicketMessage> {
  const insisted = as.toEmail !== null && (await guarded(db, held, { ...said, subject, insists }))
  const row = await write(db, held, said, {
    ...as,
    insisted,
    leavesAt: new Date(said.at.getTime() + undoSeconds * 1_000),
    thenDo: thenDo === 'nothing' ? null : thenDo,
  })
  const shown = await shownMessage(db, row)
  const bytes = shown.attachments.reduce((sum, file) => sum + file.bytes, 0)
  if (as.toEmail !== null && bytes > mailLimitBytes)
    throw refuse(tooLargeForMail, { values: { most: mailLimitBytes / 1024 / 1024 } })
  return shown
}

/** For the team alone. Whoever is mentioned follows the ticket from then on. */
export async function writeNote(
  db: CentralDb,
  parts: Pick<Parts, 'clock'>,
  held: Held,
  { mentions = [], ...said }: Said & { mentions?: readonly string[] },
): Promise<TicketMessage> {
  const people = (await staffNamed(db, mentions)).map(({ id }) => id)
  const row = await write(db, held, said, { kind: 'note', mentions: people })
  await follow(db, held.id, people)
  await happened(db, parts, held.id, [{ kind: 'note', by: said.by, at: said.at }])
  return shownMessage(db, row)
}

async function write(
  db: CentralDb,
  { id: ticketId }: Held,
  { body, by, attachmentIds, at }: Said,
  as:
    | {
        kind: 'reply' | 'contact'
        leavesAt: Date
        thenDo: 'wait' | 'resolve' | null
        toEmail: string | null
        insisted: boolean
      }
    | { kind: 'note'; mentions: string[] },
): Promise<MessageRow> {
  const { staffId, label } = by
  const row = await insertMessage(db, {
    id: uuidv7(at.getTime()),
    ticketId,
    byStaffId: staffId,
    byName: label,
    body,
    writtenAt: at,
    ...as,
  })
  await attach(db, { staffId }, { ticketId, messageId: row.id, ids: attachmentIds })
  await setLastMessage(db, ticketId, { at: row.writtenAt, byCustomer: false })
  await setRead(db, { ticketId, staffId, readAt: row.writtenAt })
  await deleteDraft(db, { ticketId, staffId, kind: as.kind === 'note' ? 'note' : 'reply' })
  return row
}

/** From the customer, by whatever way: what was owed to them begins with the event, which the caller writes. */
export async function writeFromCustomer(
  db: CentralDb,
  ticketId: string,
  {
    id,
    body,
    memberId,
    name,
    attachmentIds,
    at,
  }: {
    /** Chosen by who writes, and nobody’s yet. */
    id?: string | undefined
    body: string
    memberId: string
    name: string
    attachmentIds: readonly string[]
    at: Date
  },
): Promise<MessageRow> {
  const row = await insertMessage(db, {
    id: id ?? uuidv7(at.getTime()),
    ticketId,
    kind: 'customer',
    byMemberId: memberId,
    byName: name,
    body,
    writtenAt: at,
  })
  await attach(db, { memberId }, { ticketId, messageId: row.id, ids: attachmentIds })
  await setLastMessage(db, ticketId, { at: row.writtenAt, byCustomer: true })
  return row
}
