/** What the team sees of mail that came in. */
import {
  getMailboxState,
  getReceivedMail,
  listReceivedMails,
  type ReceivedMail,
  type ReceivedMailRow,
} from '#contract/support'
import { z } from 'zod'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { namesOf } from '../tickets/queries.ts'
import { knownAs, type FileOfMail } from './queries.ts'
import { isRead } from './reading/mailbox.ts'
import { countedUpTo, mailboxRow, mailLine, mailLines, mailsCounted, ticketsLikely } from './tray-queries.ts'

/** All six decimals, as tray-queries.ts has PostgreSQL write them; the years are those it can read again. */
const Cursor = z.strictObject({ at: z.iso.datetime({ precision: 6 }).regex(/^(19|20|21)/), id: z.uuid() })

export const tray = ({ post }: Pick<Parts, 'post'>): readonly Handler[] => [
  handle(listReceivedMails, async (ctx, { query: { after, limit, ...asked } }) => {
    const before = readCursor(Cursor, after)
    const [rows, total] = await Promise.all([
      mailLines(ctx.db, { asked, before, limit: limit + 1 }),
      mailsCounted(ctx.db, asked),
    ])
    const shown = rows.slice(0, limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    return {
      rows: shown.map(asRow),
      total: Math.min(total, countedUpTo),
      totalIsExact: total <= countedUpTo,
      next: last ? cursorOf({ at: last.exactAt, id: last.id }) : null,
    }
  }),

  handle(getReceivedMail, (ctx, { params: { id } }) => shownMail(ctx.db, id, ctx.clock.now())),

  handle(getMailboxState, async (ctx) => {
    const { readAt, failedAt, failure, toConfirm } = await mailboxRow(ctx.db)
    return {
      address: isRead(post) ? (post.supportEmail?.email ?? null) : null,
      readAt: readAt?.toISOString() ?? null,
      failedAt: failedAt?.toISOString() ?? null,
      failure,
      toConfirm,
    }
  }),
]

/** @throws NotFound */
export async function shownMail(db: CentralDb, id: string, now: Date): Promise<ReceivedMail> {
  const line = found(await mailLine(db, id))
  const known = await knownAs(db, line.fromEmail, now)
  const clientIds = [...new Set(known.map(({ clientId }) => clientId))]
  const names = await namesOf(db, clientIds)
  const fileList = (line.fileList as FileOfMail[]).map(({ name, mediaType, bytes, why }) => ({
    // as filing.ts writes them
    name,
    mediaType,
    bytes,
    why,
  }))
  return {
    ...asRow(line),
    bytes: line.bytes,
    body: line.body,
    quoted: line.quoted,
    fileList,
    suggestions: await ticketsLikely(db, {
      ticketId: line.ticket?.id ?? null,
      email: line.fromEmail,
      clientIds,
      now,
    }),
    clients: clientIds.map((clientId) => ({ id: clientId, name: names.get(clientId) ?? '' })),
  }
}

function asRow(line: Omit<Awaited<ReturnType<typeof mailLines>>[number], 'exactAt'>): ReceivedMailRow {
  const { id, subject, state, files, ticket, client, decidedBy, revision } = line
  return {
    id,
    receivedAt: line.receivedAt.toISOString(),
    from: { name: line.fromName, email: line.fromEmail },
    subject,
    excerpt: line.excerpt.replaceAll(/\s+/g, ' ').trim(),
    state,
    why: line.why === '' ? null : (line.why as ReceivedMailRow['why']), // as deciding.ts says them
    files,
    ticket,
    client,
    decidedBy,
    decidedAt: line.decidedAt?.toISOString() ?? null,
    revision,
  }
}
