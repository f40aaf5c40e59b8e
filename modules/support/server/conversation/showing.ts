/** A message as the team sees it. */
import type { TicketMessage } from '#contract/support'
import type { Tables } from '#platform/server/db.ts'
import { mailsOfMessages } from '../mail-in/queries.ts'
import { cameFrom } from '../moves/queries.ts'
import { attachmentsOf } from './attachment-queries.ts'
import { shownAttachment } from './files.ts'
import { staffNamed, type MessageRow } from './queries.ts'

type Db = Tables<
  | 'ticketAttachments'
  | 'staffMembers'
  | 'incomingMails'
  | 'outgoingMails'
  | 'ticketMails'
  | 'ticketMoves'
  | 'tickets'
>

export async function shownMessages(db: Db, rows: readonly MessageRow[]): Promise<TicketMessage[]> {
  const ids = rows.map(({ id }) => id)
  const files = await attachmentsOf(db, ids)
  const mails = await mailsOfMessages(db, ids)
  const origins = await cameFrom(db, [...new Set(rows.map(({ ticketId }) => ticketId))])
  const people = await staffNamed(db, [...new Set(rows.flatMap(({ mentions }) => mentions))])
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as TicketMessage['kind'], // as its CHECK holds it
    by: { name: row.byName, staffId: row.byStaffId },
    body: row.body,
    writtenAt: row.writtenAt.toISOString(),
    leavesAt: row.leftAt || row.takenBackAt ? null : (row.leavesAt?.toISOString() ?? null),
    takenBack: row.takenBackAt !== null,
    mentions: people.filter(({ id }) => row.mentions.includes(id)),
    attachments: (files.get(row.id) ?? []).map(shownAttachment),
    fromEmail: row.fromEmail,
    quoted: row.quoted,
    filesNotKept: mails.notKept.get(row.id) ?? [],
    toEmail: row.toEmail,
    bounce: mails.bounces.get(row.id) ?? null,
    insisted: row.insisted,
    forgotten: row.forgottenAt !== null,
    movedFrom: origins.get(row.id) ?? null,
  }))
}

export async function shownMessage(db: Db, row: MessageRow): Promise<TicketMessage> {
  const [shown] = await shownMessages(db, [row])
  return shown! // of one row
}
