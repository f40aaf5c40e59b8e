/** Every statement about mails: those that came in, and the names by which those of a ticket are known. */
import type { Insertable, Selectable } from 'kysely'
import type { TicketMessage } from '#contract/support'
import { sql, type Database, type Tables } from '#platform/server/db.ts'

type Bounce = NonNullable<TicketMessage['bounce']>
type NotKept = TicketMessage['filesNotKept']

export type MailRow = Selectable<Database['incomingMails']>

/** A file of a mail as `incoming_mails.files` has it. */
export type FileOfMail = {
  name: string
  mediaType: string | null
  bytes: number
  kept: boolean
  /** `room`: strangers sent too much that day. */
  why: 'type' | 'size' | 'count' | 'room' | null
}

// ───────────────────────────── what came in

/** Those of one sender come one after the other, so that they are counted rightly and none is filed twice. */
export async function holdSender(db: Tables<'incomingMails'>, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mail from ${email}`}, 0))`.execute(db)
}

/** @returns false where the same bytes came in before */
export async function insertMail(
  db: Tables<'incomingMails'>,
  mail: Insertable<Database['incomingMails']> & { id: string },
): Promise<boolean> {
  const row = await db
    .insertInto('incomingMails')
    .values(mail)
    .onConflict((known) => known.column('sha256').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What is known of a mail before it is decided on, by its bytes, its name and its sender. */
export async function seenBefore(
  db: Tables<'incomingMails' | 'ticketMails' | 'outgoingMails'>,
  mail: {
    sha256: Buffer
    messageId: string | null
    email: string
    since: Date
    /** The mail of ours that it says it is. */
    mark: string | null
  },
): Promise<Seen> {
  const { sha256, messageId, email, since } = mail
  const mark = uuid.test(mail.mark ?? '') ? mail.mark : null
  const { rows } = await sql<Seen>`
    select exists (select from incoming_mails where sha256 = ${sha256}) as "isKnown",
      exists (select from incoming_mails where message_id = ${messageId} and from_email = ${email}) as "isCopy",
      exists (select from ticket_mails where message_id = ${messageId} and direction = 'out') as "isSentByUs",
      exists (select from outgoing_mails where id = ${mark}::uuid) as "isMarked",
      (select count(*)::integer from incoming_mails where from_email = ${email} and received_at > ${since}
        and (state = 'filed' and decided_by is null or why = 'too_many')) as lately`.execute(db)
  return rows[0]! // of one row
}

type Seen = { isKnown: boolean; isCopy: boolean; isSentByUs: boolean; isMarked: boolean; lately: number }
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/**
 * How much lies sealed of mails that somebody has to decide on, of those that came in since.
 * @param largest of one that is larger only so much, or less, was fetched
 */
export async function bytesKept(db: Tables<'incomingMails'>, since: Date, largest: number): Promise<number> {
  const { bytes } = await db
    .selectFrom('incomingMails')
    .select(sql<number>`coalesce(sum(least(bytes, ${largest}::bigint)), 0)::double precision`.as('bytes'))
    .where('storageKey', 'is not', null)
    .where('receivedAt', '>', since)
    .executeTakeFirstOrThrow()
  return bytes
}

export const mailHeld = (db: Tables<'incomingMails'>, id: string): Promise<MailRow | undefined> =>
  db.selectFrom('incomingMails').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function changeMail(
  db: Tables<'incomingMails'>,
  id: string,
  change: Partial<
    Pick<MailRow, 'state' | 'why' | 'ticketId' | 'ticketMessageId' | 'clientId' | 'decidedBy' | 'decidedAt'>
  > & { storageKey?: null },
): Promise<void> {
  await db
    .updateTable('incomingMails')
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .execute()
}

// ───────────────────────────── the names of a ticket's mails

export async function nameMail(
  db: Tables<'ticketMails'>,
  mail: Insertable<Database['ticketMails']>,
): Promise<void> {
  await db
    .insertInto('ticketMails')
    .values(mail)
    // A name that somebody chose twice leads to where it led.
    .onConflict((known) => known.column('messageId').doNothing())
    .execute()
}

/** To which ticket these names lead; the first that leads anywhere counts. */
export async function ticketNamed(
  db: Tables<'ticketMails'>,
  ids: readonly string[],
): Promise<string | undefined> {
  if (ids.length === 0) return undefined
  const row = await db
    .selectFrom('ticketMails')
    .select('ticketId')
    .where('messageId', 'in', [...ids])
    .orderBy(sql`array_position(${[...ids]}::text[], message_id)`)
    .limit(1)
    .executeTakeFirst()
  return row?.ticketId
}

/** What somebody has of a ticket's mails, the oldest first: what the next one names. */
export const namesKnownTo = (db: Tables<'ticketMails'>, ticketId: string, email: string) =>
  db
    .selectFrom('ticketMails')
    .select(['messageId', 'direction'])
    .where('ticketId', '=', ticketId)
    .where('email', '=', email)
    .orderBy('at')
    .orderBy('messageId')
    .execute()

export const ticketNumbered = (db: Tables<'tickets'>, number: number) =>
  db.selectFrom('tickets').select('id').where('number', '=', number).executeTakeFirst()

/** Whose address it is, of those a ticket is about: who asked, their client, the practice's people, whom it was written to. */
export async function isOfTicket(
  db: Tables<'tickets' | 'clients' | 'members' | 'memberAccounts' | 'ticketMails'>,
  ticketId: string,
  email: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    select from tickets t where t.id = ${ticketId} and (
      t.requester_email = ${email}
      or exists (select from clients c where c.id = t.client_id and lower(c.email) = ${email} and c.trashed_at is null)
      or exists (select from members m join member_accounts a on a.id = m.account_id where m.tenant_id = t.tenant_id
        and lower(a.email) = ${email} and m.left_at is null and (m.ends_at is null or m.ends_at > ${now}))
      or exists (select from ticket_mails w where w.ticket_id = t.id and w.email = ${email}))`.execute(db)
  return rows.length > 0
}

/** Whom we know by an address. */
export type KnownAs = { clientId: string; tenantId: string | null; memberId: string | null }

export async function knownAs(
  db: Tables<'clients' | 'members' | 'memberAccounts' | 'tenants'>,
  email: string,
  now: Date,
): Promise<KnownAs[]> {
  const { rows } = await sql<KnownAs>`
    select t.client_id as "clientId", t.id as "tenantId", m.id as "memberId"
      from member_accounts a join members m on m.account_id = a.id join tenants t on t.id = m.tenant_id
      where lower(a.email) = ${email} and m.left_at is null and (m.ends_at is null or m.ends_at > ${now})
        and t.client_id is not null and t.state not in ('purging', 'purged')
    union all
    select c.id, null, null from clients c where lower(c.email) = ${email} and c.trashed_at is null`.execute(
    db,
  )
  return rows
}

// ───────────────────────────── what did not arrive

/** One of ours, by its name; by whom it went to where what comes back does not say which. */
export async function mailSent(
  db: Tables<'ticketMails'>,
  names: readonly string[],
  orTo: { ticketId: string; email: string } | undefined,
) {
  const sent = db.selectFrom('ticketMails').selectAll().where('direction', '=', 'out')
  const named =
    names.length === 0
      ? undefined
      : await sent
          .where('messageId', 'in', [...names])
          .orderBy('at', 'desc')
          .limit(1)
          .executeTakeFirst()
  if (named || !orTo) return named
  return sent
    .where('ticketId', '=', orTo.ticketId)
    .where('email', '=', orTo.email)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** @returns false where it was known before */
export async function setBounced(
  db: Tables<'ticketMails'>,
  messageId: string,
  bounce: { at: Date; said: string },
): Promise<boolean> {
  const row = await db
    .updateTable('ticketMails')
    .set({ bouncedAt: bounce.at, bounce: bounce.said })
    .where('messageId', '=', messageId)
    .where('bouncedAt', 'is', null)
    .returning('messageId')
    .executeTakeFirst()
  return row !== undefined
}

/** Nobody has read what did not arrive: all see that the ticket wants to be looked at. */
export async function setUnreadByAll(db: Tables<'ticketReads'>, ticketId: string): Promise<void> {
  await db.deleteFrom('ticketReads').where('ticketId', '=', ticketId).execute()
}

/** What the mails behind some messages say of them: files that were not taken, and that it did not arrive. */
export async function mailsOfMessages(
  db: Tables<'incomingMails' | 'ticketMails' | 'outgoingMails'>,
  messageIds: readonly string[],
): Promise<{ notKept: Map<string, NotKept>; bounces: Map<string, Bounce> }> {
  const notKept = new Map<string, NotKept>()
  const bounces = new Map<string, Bounce>()
  if (messageIds.length === 0) return { notKept, bounces }
  const { rows } = await sql<{ id: string; files: FileOfMail[] }>`
    select ticket_message_id as id, files from incoming_mails
    where ticket_message_id = any(${messageIds}::uuid[]) and files <> '[]'`.execute(db)
  for (const { id, files } of rows) {
    const left = files.flatMap(({ name, why }) => (why === null ? [] : [{ name, why }]))
    if (left.length > 0) notKept.set(id, left)
  }
  // What our own mail server would not take never left, and no other says so.
  const { rows: lost } = await sql<{ id: string; email: string; at: Date; said: string }>`
    select m.ticket_message_id as id, m.email, coalesce(m.bounced_at, m.at) as at, coalesce(m.bounce, o.last_error, '') as said
    from ticket_mails m left join outgoing_mails o on o.id = case when m.direction = 'out' and m.bounced_at is null
      then substring(m.message_id from '^[0-9a-f-]{36}(?=@)')::uuid end
    where m.ticket_message_id = any(${messageIds}::uuid[]) and (m.bounced_at is not null or o.state = 'failed')
    order by 3`.execute(db)
  for (const { id, email, at, said } of lost) bounces.set(id, { at: at.toISOString(), email, said })
  return { notKept, bounces }
}

// ───────────────────────────── what a machine of ours answered

/** How often an address was told that something came in. */
export async function acknowledgedLately(
  db: Tables<'ticketMails'>,
  email: string,
  since: Date,
): Promise<number> {
  const { count } = await db
    .selectFrom('ticketMails')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('email', '=', email)
    .where('direction', '=', 'out')
    .where('ticketMessageId', 'is', null)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}
