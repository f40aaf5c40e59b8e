/** A practice's tickets as its people see them. */
import type { OwnMessage, OwnTicket, TicketTarget } from '#contract/support'
import type { Tables } from '#platform/server/db.ts'
import { attachmentsOf } from '../conversation/attachment-queries.ts'
import { shownAttachment } from '../conversation/files.ts'
import type { MessageRow } from '../conversation/queries.ts'
import type { OwnRow } from './queries.ts'

export function shownOwn(row: OwnRow): OwnTicket {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    // As the table's CHECKs hold both.
    topic: row.topic as OwnTicket['topic'],
    status: row.status as OwnTicket['status'],
    waiting: row.waiting,
    progress: row.progress,
    openedAt: row.openedAt.toISOString(),
    openedBy: row.requesterName,
    lastMessageAt: row.lastShownAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    expectedAt: row.status === 'resolved' || row.waiting ? null : answerDue(row.clocks),
    rating: row.score === null ? null : { score: row.score, comment: row.comment ?? '' },
  }
}

/** When they have an answer, that is: when all is resolved is promised to the team's own queue. */
function answerDue(clocks: unknown): string | null {
  const { targets = [] } = (clocks ?? {}) as { targets?: TicketTarget[] } // as happened() stores them
  const dues = targets
    .filter(({ name, settledAt }) => name !== 'resolution' && settledAt === null)
    .flatMap(({ due }) => (due === null ? [] : [due]))
  return dues.toSorted()[0] ?? null
}

export async function shownOwnMessages(
  db: Tables<'ticketAttachments'>,
  rows: readonly MessageRow[],
): Promise<OwnMessage[]> {
  const files = await attachmentsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    from: row.kind === 'customer' ? 'us' : 'support',
    by: row.byName,
    body: row.body,
    writtenAt: row.writtenAt.toISOString(),
    attachments: (files.get(row.id) ?? []).map(shownAttachment),
  }))
}
