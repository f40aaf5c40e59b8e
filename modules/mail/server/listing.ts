import { listMails, type MailState, type OutgoingMail } from '#contract/mail'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import { handle } from '#platform/server/requests.ts'
import type { Language } from '#platform/server/sentences.ts'
import { z } from 'zod'
import { countedUpTo, mailsCounted, mailsPage, type LineRow } from './queries.ts'

/** All six decimals, as queries.ts has PostgreSQL write them; the years are those it can read again. */
const Cursor = z.strictObject({ at: z.iso.datetime({ precision: 6 }).regex(/^(19|20|21)/), id: z.uuid() })

export const listing = handle(listMails, async (ctx, { query: { after, limit, ...filter } }) => {
  const before = readCursor(Cursor, after)
  const [rows, total] = await Promise.all([
    mailsPage(ctx.db, { filter, before, limit: limit + 1 }),
    mailsCounted(ctx.db, filter),
  ])
  const shown = rows.slice(0, limit)
  const last = rows.length > shown.length ? shown.at(-1) : undefined
  return {
    rows: shown.map(asLine),
    total: Math.min(total, countedUpTo),
    totalIsExact: total <= countedUpTo,
    next: last ? cursorOf({ at: last.exactAt, id: last.id }) : null,
  }
})

export function asLine(row: LineRow): OutgoingMail {
  return {
    id: row.id,
    at: row.createdAt.toISOString(),
    template: row.template,
    language: row.language as Language, // checked by the table
    to: { name: row.toName, email: row.toEmail },
    subject: row.subject,
    state: row.state as MailState, // checked by the table
    tries: row.tries,
    lastError: row.lastError,
    sentAt: row.sentAt?.toISOString() ?? null,
  }
}
