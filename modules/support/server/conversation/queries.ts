/** Every statement about what is said in tickets. */
import type { Insertable, Selectable } from 'kysely'
import { sql, type Database, type Tables } from '#platform/server/db.ts'

export type MessageRow = Selectable<Database['ticketMessages']>
export type AttachmentRow = Selectable<Database['ticketAttachments']>

type Messages = Tables<'ticketMessages'>

/** The newest thousand, the oldest first. */
export async function messageRows(db: Messages, ticketId: string, limit = 1_000): Promise<MessageRow[]> {
  const rows = await db
    .selectFrom('ticketMessages')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .orderBy('writtenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

export const messageRow = (db: Messages, ticketId: string, id: string): Promise<MessageRow | undefined> =>
  db
    .selectFrom('ticketMessages')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .where('id', '=', id)
    .executeTakeFirst()

/**
 * Whoever writes holds the ticket, so that what is said has one order: what comes in the same millisecond as the last
 * message is a millisecond later.
 */
export async function insertMessage(
  db: Messages,
  message: Insertable<Database['ticketMessages']> & { ticketId: string; writtenAt: Date },
): Promise<MessageRow> {
  return db
    .insertInto('ticketMessages')
    .values({
      ...message,
      writtenAt: sql<Date>`(select greatest(${message.writtenAt}::timestamptz,
        date_trunc('milliseconds', max(written_at)) + interval '1 ms') from ticket_messages
        where ticket_id = ${message.ticketId})`,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What came after one that was seen (null: after nothing), and still stands. */
export async function messagesSince(
  db: Messages,
  ticketId: string,
  seen: MessageRow | undefined,
): Promise<MessageRow[]> {
  return db
    .selectFrom('ticketMessages')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .where('takenBackAt', 'is', null)
    .$if(seen !== undefined, (query) =>
      query.where(sql<boolean>`(written_at, id) > (${seen?.writtenAt}::timestamptz, ${seen?.id}::uuid)`),
    )
    .orderBy('writtenAt')
    .orderBy('id')
    .limit(50)
    .execute()
}

export async function setTakenBack(db: Messages, id: string, now: Date): Promise<void> {
  await db.updateTable('ticketMessages').set({ takenBackAt: now }).where('id', '=', id).execute()
}

// ───────────────────────────── what leaves

/** Those whose time has come, the longest due first. */
export const dueToLeave = (db: Messages, now: Date, limit: number) =>
  db
    .selectFrom('ticketMessages')
    .select(['id', 'ticketId'])
    .where('leavesAt', '<=', now)
    .where('leftAt', 'is', null)
    .where('takenBackAt', 'is', null)
    .orderBy('leavesAt')
    .limit(limit)
    .execute()

/** @returns nothing where it left already, or was taken back */
export const setLeft = (
  db: Messages,
  ticketId: string,
  id: string,
  now: Date,
): Promise<MessageRow | undefined> =>
  db
    .updateTable('ticketMessages')
    .set({ leftAt: now })
    .where('id', '=', id)
    .where('ticketId', '=', ticketId)
    .where('leavesAt', '<=', now)
    .where('leftAt', 'is', null)
    .where('takenBackAt', 'is', null)
    .returningAll()
    .executeTakeFirst()

export async function customerWroteSince(db: Messages, ticketId: string, since: Date): Promise<boolean> {
  const row = await db
    .selectFrom('ticketMessages')
    .select('id')
    .where('ticketId', '=', ticketId)
    .where('kind', '=', 'customer')
    .where('writtenAt', '>', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** To whom a reply is announced; nobody, once they left the practice. */
export const memberToTell = (db: Tables<'members' | 'memberAccounts'>, memberId: string, now: Date) =>
  db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('members.id', '=', memberId)
    .where('leftAt', 'is', null)
    .where((eb) => eb.or([eb('endsAt', 'is', null), eb('endsAt', '>', now)]))
    .select(['email', 'firstName', 'lastName', 'language'])
    .executeTakeFirst()

// ───────────────────────────── the ticket's own marks

/** Something was said: by the customer, or by the team. */
export async function setLastMessage(
  db: Tables<'tickets'>,
  id: string,
  { at, byCustomer }: { at: Date; byCustomer: boolean },
): Promise<void> {
  await db
    .updateTable('tickets')
    .set({ lastMessageAt: at, ...(byCustomer && { lastCustomerAt: at }) })
    .where('id', '=', id)
    .execute()
}

/** What was taken back was never the last word. */
export async function workOutLastMessage(
  db: Tables<'tickets' | 'ticketMessages'>,
  id: string,
): Promise<void> {
  await db
    .updateTable('tickets')
    .set({
      lastMessageAt: sql<Date>`coalesce((select max(written_at) from ticket_messages
        where ticket_id = tickets.id and taken_back_at is null), opened_at)`,
    })
    .where('id', '=', id)
    .execute()
}

/** Whoever writes has read what stands there. */
export async function setRead(
  db: Tables<'ticketReads'>,
  read: { ticketId: string; staffId: string; readAt: Date },
): Promise<void> {
  await db
    .insertInto('ticketReads')
    .values(read)
    .onConflict((clash) => clash.columns(['ticketId', 'staffId']).doUpdateSet({ readAt: read.readAt }))
    .execute()
}

export async function follow(db: Tables<'ticketFollowers'>, ticketId: string, staffIds: readonly string[]) {
  if (staffIds.length === 0) return
  await db
    .insertInto('ticketFollowers')
    .values(staffIds.map((staffId) => ({ ticketId, staffId })))
    .onConflict((clash) => clash.doNothing())
    .execute()
}

// ───────────────────────────── people

export async function staffNamed(
  db: Tables<'staffMembers'>,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('staffMembers')
    .where('id', 'in', [...ids])
    .select(['id', sql<string>`first_name || ' ' || last_name`.as('name')])
    .execute()
}

// ───────────────────────────── drafts

type Drafts = Tables<'ticketDrafts'>
export type DraftOf = { ticketId: string; staffId: string; kind: 'reply' | 'note' }

export const draftRows = (db: Drafts, { ticketId, staffId }: Omit<DraftOf, 'kind'>) =>
  db
    .selectFrom('ticketDrafts')
    .select(['kind', 'body', 'updatedAt'])
    .where('ticketId', '=', ticketId)
    .where('staffId', '=', staffId)
    .execute()

/** What somebody had begun in tickets that were put into this one. */
export const draftsOfMerged = (db: Tables<'ticketDrafts' | 'tickets'>, ticketId: string, staffId: string) =>
  db
    .selectFrom('ticketDrafts')
    .innerJoin('tickets', 'tickets.id', 'ticketId')
    .select(['ticketId', 'number', 'kind', 'body'])
    .where('mergedIntoId', '=', ticketId)
    .where('staffId', '=', staffId)
    .orderBy('number')
    .orderBy('kind')
    .execute() as Promise<{ ticketId: string; number: number; kind: 'reply' | 'note'; body: string }[]> // as its CHECK holds it

export async function saveDraft(
  db: Drafts,
  draft: DraftOf & { body: string; updatedAt: Date },
): Promise<void> {
  const { body, updatedAt } = draft
  await db
    .insertInto('ticketDrafts')
    .values(draft)
    .onConflict((clash) => clash.columns(['ticketId', 'staffId', 'kind']).doUpdateSet({ body, updatedAt }))
    .execute()
}

export async function deleteDraft(db: Drafts, { ticketId, staffId, kind }: DraftOf): Promise<void> {
  await db
    .deleteFrom('ticketDrafts')
    .where('ticketId', '=', ticketId)
    .where('staffId', '=', staffId)
    .where('kind', '=', kind)
    .execute()
}

// ───────────────────────────── who is there

type Presence = Tables<'ticketPresence'>
type Doing = 'viewing' | 'writing'

export async function noteSeen(
  db: Presence,
  seen: { ticketId: string; staffId: string; doing: Doing; seenAt: Date },
): Promise<void> {
  const { doing, seenAt } = seen
  await db
    .insertInto('ticketPresence')
    .values(seen)
    .onConflict((clash) => clash.columns(['ticketId', 'staffId']).doUpdateSet({ doing, seenAt }))
    .execute()
}

export const othersSeen = (
  db: Tables<'ticketPresence' | 'staffMembers'>,
  at: { ticketId: string; staffId: string; since: Date },
) =>
  db
    .selectFrom('ticketPresence')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffId')
    .select(['staffMembers.id', sql<string>`first_name || ' ' || last_name`.as('name'), 'doing'])
    .where('ticketId', '=', at.ticketId)
    .where('staffId', '<>', at.staffId)
    .where('seenAt', '>', at.since)
    .orderBy('name')
    .execute() as Promise<{ id: string; name: string; doing: Doing }[]> // as its CHECK holds it

export async function forgetSeen(db: Presence, before: Date): Promise<void> {
  await db.deleteFrom('ticketPresence').where('seenAt', '<', before).execute()
}

export const ticketHead = (db: Tables<'tickets'>, id: string) =>
  db.selectFrom('tickets').select(['number', 'subject']).where('id', '=', id).executeTakeFirst()

/** Whether something can be said in it: not where everything that was is forgotten. */
export async function ticketStands(db: Tables<'tickets'>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('tickets')
    .select('id')
    .where('id', '=', id)
    .where('forgottenAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * The same for who is about to write something that hangs on it: held before that is written, since whoever holds the ticket
 * may want the very same row, and two would wait for each other. Nobody forgets it meanwhile.
 */
export async function holdStill(db: Tables<'tickets'>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('tickets')
    .select('id')
    .where('id', '=', id)
    .where('forgottenAt', 'is', null)
    .forKeyShare()
    .executeTakeFirst()
  return row !== undefined
}

/** Not somebody who was suspended. */
export const staffToTell = (db: Tables<'staffMembers'>, id: string) =>
  db
    .selectFrom('staffMembers')
    .where('id', '=', id)
    .where('suspendedAt', 'is', null)
    .select(['email', 'firstName', 'lastName', 'language'])
    .executeTakeFirst()
