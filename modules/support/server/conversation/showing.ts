/** A message as the team sees it. */
import type { TicketMessage } from '#contract/support'
import type { Tables } from '#platform/server/db.ts'
import { attachmentsOf } from './attachment-queries.ts'
import { shownAttachment } from './files.ts'
import { staffNamed, type MessageRow } from './queries.ts'

type Db = Tables<'ticketAttachments' | 'staffMembers'>

export async function shownMessages(db: Db, rows: readonly MessageRow[]): Promise<TicketMessage[]> {
  const files = await attachmentsOf(
    db,
    rows.map(({ id }) => id),
  )
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
  }))
}

export async function shownMessage(db: Db, row: MessageRow): Promise<TicketMessage> {
  const [shown] = await shownMessages(db, [row])
  return shown! // of one row
}
