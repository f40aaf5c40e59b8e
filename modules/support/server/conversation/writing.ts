/** Saying something in a ticket. Each is within the caller's transaction, which holds the ticket (`lockTicket`). */
import { undoSeconds, type TicketMessage } from '#contract/support'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Parts } from '../parts.ts'
import { happened, type By } from '../tickets/happening.ts'
import type { Held } from '../tickets/lock.ts'
import { attach } from './files.ts'
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

/**
 * For the customer: it leaves fifteen seconds later (`leaving.ts`), and only then it is an answer and `thenDo` is done.
 * Whoever resolves at once instead would have resolved a ticket whose answer can still be taken back.
 */
export async function writeReply(
  db: CentralDb,
  _parts: Pick<Parts, 'clock'>,
  held: Held,
  { thenDo = 'nothing', ...said }: Said & { thenDo?: 'nothing' | 'wait' | 'resolve' },
): Promise<TicketMessage> {
  const row = await write(db, held, said, {
    kind: 'reply',
    leavesAt: new Date(said.at.getTime() + undoSeconds * 1_000),
    thenDo: thenDo === 'nothing' ? null : thenDo,
  })
  return shownMessage(db, row)
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
    | { kind: 'reply'; leavesAt: Date; thenDo: 'wait' | 'resolve' | null }
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
  await deleteDraft(db, { ticketId, staffId, kind: as.kind })
  return row
}

/** From the customer, by whatever way: what was owed to them begins with the event, which the caller writes. */
export async function writeFromCustomer(
  db: CentralDb,
  ticketId: string,
  {
    body,
    memberId,
    name,
    attachmentIds,
    at,
  }: {
    body: string
    memberId: string
    name: string
    attachmentIds: readonly string[]
    at: Date
  },
): Promise<MessageRow> {
  const row = await insertMessage(db, {
    id: uuidv7(at.getTime()),
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
