/** Every statement about tickets that are put together and taken apart. */
import type { Insertable, Selectable } from 'kysely'
import type { JsonObject } from '#db/central-types.ts'
import { sql, type CentralDb, type Database, type Tables } from '#platform/server/db.ts'
import type { MessageRow } from '../conversation/queries.ts'

export type MoveRow = Selectable<Database['ticketMoves']>

// ───────────────────────────── the moves

export async function insertMove(
  db: Tables<'ticketMoves'>,
  { before, ...move }: Omit<Insertable<Database['ticketMoves']>, 'before'> & { id: string; before: object },
): Promise<void> {
  await db
    .insertInto('ticketMoves')
    .values({ ...move, before: JSON.stringify(before) })
    .execute()
}

export const moveRow = (db: Tables<'ticketMoves'>, id: string): Promise<MoveRow | undefined> =>
  db.selectFrom('ticketMoves').selectAll().where('id', '=', id).executeTakeFirst()

/** @returns false where somebody did already */
export async function setUndone(
  db: Tables<'ticketMoves'>,
  id: string,
  by: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('ticketMoves')
    .set({ undoneBy: by, undoneAt: at })
    .where('id', '=', id)
    .where('undoneAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** From which ticket messages came, by the message; those that stand where they were said are left out. */
export async function cameFrom(
  db: Tables<'ticketMoves' | 'tickets'>,
  ticketIds: readonly string[],
): Promise<Map<string, number>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('ticketMoves')
    .innerJoin('tickets', 'tickets.id', 'fromId')
    .select(['messageIds', 'number'])
    .where('intoId', 'in', ticketIds)
    .where('undoneAt', 'is', null)
    .orderBy('movedAt')
    .execute()
  return new Map(rows.flatMap(({ messageIds, number }) => messageIds.map((id) => [id, number] as const)))
}

// ───────────────────────────── what goes along

export const allMessages = (db: Tables<'ticketMessages'>, ticketId: string): Promise<MessageRow[]> =>
  db
    .selectFrom('ticketMessages')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .orderBy('writtenAt')
    .orderBy('id')
    .execute()

export async function hasMessages(db: Tables<'ticketMessages'>, ticketId: string): Promise<boolean> {
  const row = await db
    .selectFrom('ticketMessages')
    .select('id')
    .where('ticketId', '=', ticketId)
    .where('takenBackAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** With their files, and the names of the mails by which they came or left. @returns how many stood there */
export async function carryMessages(
  db: Tables<'ticketMessages' | 'ticketAttachments' | 'ticketMails' | 'incomingMails'>,
  ids: readonly string[],
  fromId: string,
  ticketId: string,
): Promise<number> {
  if (ids.length === 0) return 0
  const { numUpdatedRows } = await db
    .updateTable('ticketMessages')
    .set({ ticketId })
    .where('id', 'in', ids)
    .where('ticketId', '=', fromId)
    .executeTakeFirst()
  await db.updateTable('ticketAttachments').set({ ticketId }).where('messageId', 'in', ids).execute()
  await db.updateTable('ticketMails').set({ ticketId }).where('ticketMessageId', 'in', ids).execute()
  await db.updateTable('incomingMails').set({ ticketId }).where('ticketMessageId', 'in', ids).execute()
  return Number(numUpdatedRows)
}

/** Files that wait for the message that brings them. @returns which */
export const carryWaitingFiles = (
  db: Tables<'ticketAttachments'>,
  fromId: string,
  ticketId: string,
  only?: readonly string[],
): Promise<string[]> =>
  db
    .updateTable('ticketAttachments')
    .set({ ticketId })
    .where('ticketId', '=', fromId)
    .where('messageId', 'is', null)
    .$if(only !== undefined, (query) => query.where('id', '=', sql<string>`any(${only}::uuid[])`))
    .returning('id')
    .execute()
    .then((rows) => rows.map(({ id }) => id))

// ───────────────────────────── what both have afterwards

/** What came to the other ticket by a merge, and goes from it again: what it had already is its own. */
export type Joined = { followers: string[]; tags: string[]; links: { kind: string; targetId: string }[] }

export async function join(db: CentralDb, fromId: string, intoId: string): Promise<Joined> {
  const { rows: followers } = await sql<{ id: string }>`
    insert into ticket_followers (ticket_id, staff_id) select ${intoId}, staff_id from ticket_followers where ticket_id = ${fromId}
    on conflict do nothing returning staff_id as id`.execute(db)
  const { rows: tags } = await sql<{ id: string }>`
    insert into ticket_tags (ticket_id, tag_id) select ${intoId}, tag_id from ticket_tags where ticket_id = ${fromId}
    on conflict do nothing returning tag_id as id`.execute(db)
  const { rows: links } = await sql<Joined['links'][number]>`
    insert into ticket_links (ticket_id, kind, target_id, created_by, created_at)
    select ${intoId}, kind, target_id, created_by, created_at from ticket_links
    where ticket_id = ${fromId} and target_id <> ${intoId}
    on conflict do nothing returning kind, target_id as "targetId"`.execute(db)
  return { followers: followers.map(({ id }) => id), tags: tags.map(({ id }) => id), links }
}

export async function part(
  db: CentralDb,
  ticketId: string,
  { followers, tags, links }: Joined,
): Promise<void> {
  await sql`delete from ticket_followers where ticket_id = ${ticketId} and staff_id = any(${followers}::uuid[])`.execute(
    db,
  )
  await sql`delete from ticket_tags where ticket_id = ${ticketId} and tag_id = any(${tags}::uuid[])`.execute(
    db,
  )
  await sql`delete from ticket_links where ticket_id = ${ticketId} and (kind, target_id) in (
    select kind, "targetId" from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) gone (kind text, "targetId" uuid))`.execute(
    db,
  )
}

/** Those that lead to one lead to the other from then on, so that no way is longer than a step. @returns which */
export const leadElsewhere = (
  db: Tables<'tickets'>,
  ids: readonly string[],
  mergedIntoId: string,
): Promise<unknown> =>
  ids.length === 0
    ? Promise.resolve()
    : db.updateTable('tickets').set({ mergedIntoId }).where('id', 'in', ids).execute()

/** When something was last said in each, by whomever and by the customer. */
export async function workOutMarks(db: CentralDb, ids: readonly string[]): Promise<void> {
  await sql`update tickets set
      last_message_at = coalesce((select max(written_at) from ticket_messages m
        where m.ticket_id = tickets.id and taken_back_at is null), opened_at),
      last_customer_at = (select max(written_at) from ticket_messages m where m.ticket_id = tickets.id and kind = 'customer')
    where id = any(${ids}::uuid[])`.execute(db)
}

/** What a move has written down of a ticket, ready to be put back. */
export type Before = {
  joined: Joined
  files: string[]
  /** Those that led to the merged ticket. */
  led: string[]
  /** What the other was, where the move changed it; instants as text. */
  into: { status?: string; resolvedAt?: string | null; waiting?: boolean; snoozedUntil?: string | null }
}

/** As `insertMove` wrote it, and nobody changes it. */
export const beforeOf = ({ before }: MoveRow): Before => before as JsonObject as unknown as Before

// ───────────────────────────── what has not left yet

/** Replies of a ticket that wait for their fifteen seconds. */
export const notLeftYet = (db: Tables<'ticketMessages'>, ticketId: string): Promise<MessageRow[]> =>
  db
    .selectFrom('ticketMessages')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .where('leavesAt', 'is not', null)
    .where('leftAt', 'is', null)
    .where('takenBackAt', 'is', null)
    .execute()
