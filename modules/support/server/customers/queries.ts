/**
 * Every statement about a practice's own tickets. What a member may see of a ticket is said here and nowhere else: never a
 * note, and of replies those alone that have left.
 */
import type { Selectable } from 'kysely'
import { sql, type Database, type Tables } from '#platform/server/db.ts'
import type { MessageRow } from '../conversation/queries.ts'

type Tickets = Tables<'tickets' | 'ticketRatings' | 'ticketMessages' | 'members' | 'memberAccounts'>

/** By the name `message`. */
const isShown = sql<boolean>`(message.kind = 'customer'
  or message.kind in ('reply', 'contact', 'auto') and message.left_at is not null and message.taken_back_at is null)`

const columns = [
  'tickets.id',
  'number',
  'subject',
  'topic',
  'status',
  'waiting',
  'progress',
  'openedAt',
  'requesterName',
  'resolvedAt',
  'clocks',
  'score',
  'comment',
] as const

/** When something was last said that the practice may see: what the team says among itself moves nothing here. */
const lastShownAt = sql<Date>`coalesce((select max(message.written_at) from ticket_messages message
  where message.ticket_id = tickets.id and ${isShown}), tickets.opened_at)`

const ownTickets = (db: Tickets, tenantId: string) =>
  db
    .selectFrom('tickets')
    .leftJoin('ticketRatings', 'ticketRatings.ticketId', 'tickets.id')
    .where('tenantId', '=', tenantId)
    .where('trashedAt', 'is', null)
    .where('mergedIntoId', 'is', null)
    .select(columns)
    .select(lastShownAt.as('lastShownAt'))

/** Open ones first, then by what was said last. */
export const ownTicketRows = (
  db: Tickets,
  tenantId: string,
  state: 'open' | 'resolved' | 'all',
  limit: number,
) =>
  ownTickets(db, tenantId)
    .$if(state !== 'all', (query) => query.where('status', state === 'resolved' ? '=' : '<>', 'resolved'))
    .orderBy(sql`status = 'resolved'`)
    .orderBy(lastShownAt, 'desc')
    .orderBy('tickets.id', 'desc')
    .limit(limit)
    .execute()

export type OwnRow = Awaited<ReturnType<typeof ownTicketRows>>[number]

export const ownTicketRow = (db: Tickets, tenantId: string, id: string): Promise<OwnRow | undefined> =>
  ownTickets(db, tenantId).where('tickets.id', '=', id).executeTakeFirst()

export async function openCounted(db: Tables<'tickets'>, tenantId: string): Promise<number> {
  const { open } = await db
    .selectFrom('tickets')
    .where('tenantId', '=', tenantId)
    .where('trashedAt', 'is', null)
    .where('mergedIntoId', 'is', null)
    .where('status', '<>', 'resolved')
    .select(sql<number>`count(*)::integer`.as('open'))
    .executeTakeFirstOrThrow()
  return open
}

export async function shownMessageRows(
  db: Tables<'ticketMessages'>,
  ticketId: string,
  limit = 1_000,
): Promise<MessageRow[]> {
  const rows = await db
    .selectFrom('ticketMessages as message')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .where(isShown)
    .orderBy('writtenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

/** A file that was sent along with what they may see. */
export const shownAttachment = (
  db: Tables<'ticketAttachments' | 'ticketMessages'>,
  ticketId: string,
  id: string,
): Promise<Selectable<Database['ticketAttachments']> | undefined> =>
  db
    .selectFrom('ticketAttachments as file')
    .innerJoin('ticketMessages as message', 'message.id', 'file.messageId')
    .selectAll('file')
    .where('file.id', '=', id)
    .where('file.ticketId', '=', ticketId)
    .where('message.ticketId', '=', ticketId)
    .where(isShown)
    .executeTakeFirst()

/** What was said by this id, in whatever ticket it stands by now. */
export const writtenMessage = (db: Tables<'ticketMessages'>, id: string): Promise<MessageRow | undefined> =>
  db.selectFrom('ticketMessages').selectAll().where('id', '=', id).executeTakeFirst()

/** Whose a ticket of this id is, if there is one at all. */
export const whoseTicket = (db: Tables<'tickets'>, id: string) =>
  db
    .selectFrom('tickets')
    .select(['tenantId', 'requesterMemberId', 'trashedAt'])
    .where('id', '=', id)
    .executeTakeFirst()

/** Two who ask by the same id come one after the other. */
export async function holdAsking(db: Tables<'tickets'>, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`asking ${id}`}, 0))`.execute(db)
}

export const requesterOf = (
  db: Tables<'members' | 'memberAccounts' | 'tenants'>,
  memberId: string,
): Promise<{ email: string; clientId: string | null }> =>
  db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .innerJoin('tenants', 'tenants.id', 'members.tenantId')
    .where('members.id', '=', memberId)
    .select([sql<string>`lower(email)`.as('email'), 'clientId'])
    .executeTakeFirstOrThrow()

/** By a member, or by the link that was mailed to an address. */
export async function saveRating(
  db: Tables<'ticketRatings'>,
  {
    ticketId,
    by,
    ...said
  }: {
    ticketId: string
    score: number
    comment: string
    by: { memberId: string } | { email: string }
    ratedAt: Date
  },
): Promise<void> {
  const rating = {
    ...said,
    byMemberId: 'memberId' in by ? by.memberId : null,
    byEmail: 'email' in by ? by.email : null,
  }
  await db
    .insertInto('ticketRatings')
    .values({ ticketId, ...rating })
    .onConflict((clash) => clash.column('ticketId').doUpdateSet(rating))
    .execute()
}
