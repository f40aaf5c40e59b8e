/** Every statement about the files that are sent along. */
import { sql, type Tables } from '#platform/server/db.ts'
import type { AttachmentRow } from './queries.ts'

type Db = Tables<'ticketAttachments'>

/** Whose file it is: one of the team's, or a member's. */
export type Owner = { staffId: string } | { memberId: string }

const columnOf = (owner: Owner) =>
  'staffId' in owner
    ? ({ column: 'byStaffId', id: owner.staffId } as const)
    : ({ column: 'byMemberId', id: owner.memberId } as const)

export async function insertAttachment(
  db: Db,
  { owner, ...file }: Omit<AttachmentRow, 'messageId' | 'byStaffId' | 'byMemberId'> & { owner: Owner },
): Promise<void> {
  const { column, id } = columnOf(owner)
  await db
    .insertInto('ticketAttachments')
    .values({ ...file, [column]: id })
    .execute()
}

/** What a mail brought, with the message that it became: it waits for nobody. */
export async function insertFilesOfMail(
  db: Db,
  { id: messageId, writtenAt: createdAt }: { id: string; writtenAt: Date },
  files: readonly Omit<AttachmentRow, 'messageId' | 'byStaffId' | 'byMemberId' | 'createdAt'>[],
): Promise<void> {
  if (files.length === 0) return
  await db
    .insertInto('ticketAttachments')
    .values(files.map((file) => ({ ...file, messageId, createdAt })))
    .execute()
}

/** Uploads of one person come one after the other, so that they are counted rightly. */
export async function holdUploads(db: Db, owner: Owner): Promise<void> {
  const { id } = columnOf(owner)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`support files ${id}`}, 0))`.execute(db)
}

/** Those that wait for the message that brings them. */
export const waitingOf = (db: Db, owner: Owner, ticketId: string): Promise<AttachmentRow[]> => {
  const { column, id } = columnOf(owner)
  return db
    .selectFrom('ticketAttachments')
    .selectAll()
    .where(column, '=', id)
    .where('ticketId', '=', ticketId)
    .where('messageId', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

export async function waitingCounted(db: Db, owner: Owner): Promise<number> {
  const { column, id } = columnOf(owner)
  const { count } = await db
    .selectFrom('ticketAttachments')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where(column, '=', id)
    .where('messageId', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** @returns how many of them were this person's, of this ticket, and still waiting */
export async function giveToMessage(
  db: Db,
  owner: Owner,
  { ticketId, messageId, ids }: { ticketId: string; messageId: string; ids: readonly string[] },
): Promise<number> {
  if (ids.length === 0) return 0
  const { column, id } = columnOf(owner)
  const given = await db
    .updateTable('ticketAttachments')
    .set({ messageId })
    .where('id', 'in', [...ids])
    .where('ticketId', '=', ticketId)
    .where(column, '=', id)
    .where('messageId', 'is', null)
    .returning('id')
    .execute()
  return given.length
}

/** They wait again for the message that brings them. */
export async function takeFromMessage(db: Db, messageId: string): Promise<void> {
  await db
    .updateTable('ticketAttachments')
    .set({ messageId: null })
    .where('messageId', '=', messageId)
    .execute()
}

export async function attachmentsOf(
  db: Db,
  messageIds: readonly string[],
): Promise<Map<string, AttachmentRow[]>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('ticketAttachments')
    .selectAll()
    .where('messageId', 'in', [...messageIds])
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows, ({ messageId }) => messageId!) // asked for by it
}

export const attachmentRow = (db: Db, ticketId: string, id: string): Promise<AttachmentRow | undefined> =>
  db
    .selectFrom('ticketAttachments')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .where('id', '=', id)
    .executeTakeFirst()

/** One of theirs that still waits. */
export const deleteWaiting = (db: Db, owner: Owner, ticketId: string, id: string) => {
  const { column, id: ownerId } = columnOf(owner)
  return db
    .deleteFrom('ticketAttachments')
    .where('ticketId', '=', ticketId)
    .where('id', '=', id)
    .where(column, '=', ownerId)
    .where('messageId', 'is', null)
    .returning('storageKey')
    .executeTakeFirst()
}

export const deleteForgotten = (db: Db, before: Date) =>
  db
    .deleteFrom('ticketAttachments')
    .where('messageId', 'is', null)
    .where('createdAt', '<', before)
    .returning('storageKey')
    .execute()

/** Which of these a row still names: a file's, or that of a mail as it came. */
export async function keysNamed(
  db: Tables<'ticketAttachments' | 'incomingMails'>,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const { rows } = await sql<{ key: string }>`
    select storage_key as key from ticket_attachments where storage_key = any(${keys}::text[])
    union select storage_key from incoming_mails where storage_key = any(${keys}::text[])`.execute(db)
  return new Set(rows.map(({ key }) => key))
}
