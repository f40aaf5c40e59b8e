/** Every statement by which mail that came in is shown to the team. */
import type { ReceivedMail, ReceivedMailRow, ReceivedState } from '#contract/support'
import { sql, type Tables } from '#platform/server/db.ts'
import { plainText } from '#platform/server/plain-text.ts'

type Db = Tables<'incomingMails' | 'tickets' | 'clients' | 'staffMembers'>
type TicketSaid = NonNullable<ReceivedMailRow['ticket']>

/** Where a list goes on. */
export type Place = { at: string; id: string }
export type Asked = { state: ReceivedState; q?: string | undefined }

/** Nobody pages further than this to find out how many there are. */
export const countedUpTo = 10_000

const excerptLetters = 240

const filtered = ({ state, q }: Asked) =>
  sql`m.state = ${state} and (${q ?? null}::text is null
    or strpos(plain_text(m.from_name || ' ' || m.from_email || ' ' || m.subject), ${plainText(q ?? '')}) > 0)`

const ticketSaid = sql`json_build_object('id', t.id, 'number', t.number, 'subject', t.subject, 'status', t.status,
  'requester', t.requester_name)`

const columns = sql`m.id, m.received_at as "receivedAt", m.from_name as "fromName", m.from_email as "fromEmail", m.subject,
  left(m.body, ${excerptLetters}) as excerpt, m.state, m.why, jsonb_array_length(m.files) as files, m.revision,
  m.decided_at as "decidedAt",
  (select s.first_name || ' ' || s.last_name from staff_members s where s.id = m.decided_by) as "decidedBy",
  (select ${ticketSaid} from tickets t where t.id = m.ticket_id) as ticket,
  (select json_build_object('id', c.id, 'name', trim(c.first_name || ' ' || c.last_name)) from clients c
    where c.id = m.client_id) as client`

type Line = {
  id: string
  receivedAt: Date
  fromName: string
  fromEmail: string
  subject: string
  excerpt: string
  state: ReceivedState
  why: string
  files: number
  revision: number
  decidedAt: Date | null
  decidedBy: string | null
  ticket: TicketSaid | null
  client: { id: string; name: string } | null
}

/** The latest first. `at` is written with all six decimals. */
export async function mailLines(
  db: Db,
  { asked, before, limit }: { asked: Asked; before: Place | undefined; limit: number },
): Promise<(Line & { exactAt: string })[]> {
  const { rows } = await sql<Line & { exactAt: string }>`
    select ${columns}, to_char(m.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "exactAt"
    from incoming_mails m
    where ${filtered(asked)} and (${before?.at ?? null}::timestamptz is null
      or (m.received_at, m.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by m.received_at desc, m.id desc limit ${limit}`.execute(db)
  return rows
}

export async function mailsCounted(db: Db, asked: Asked): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select from incoming_mails m where ${filtered(asked)} limit ${countedUpTo + 1}) counted`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export async function mailLine(
  db: Db,
  id: string,
): Promise<(Line & { bytes: number; body: string; quoted: string; fileList: unknown }) | undefined> {
  const { rows } = await sql<Line & { bytes: number; body: string; quoted: string; fileList: unknown }>`
    select ${columns}, m.bytes::double precision as bytes, m.body, m.quoted, m.files as "fileList" from incoming_mails m
    where m.id = ${id}`.execute(db)
  return rows[0]
}

/** Open ones and those resolved within a month: the one it names first, then those of its sender and their clients. */
export async function ticketsLikely(
  db: Tables<'tickets'>,
  of: { ticketId: string | null; email: string; clientIds: readonly string[]; now: Date },
  most = 8,
): Promise<ReceivedMail['suggestions']> {
  const { ticketId, email, clientIds, now } = of
  const { rows } = await sql<{ said: TicketSaid }>`
    select ${ticketSaid} as said from tickets t
    where t.trashed_at is null and t.merged_into_id is null and t.forgotten_at is null
      and (t.id = ${ticketId} or (t.requester_email = ${email} or t.client_id = any(${clientIds}::uuid[]))
        and (t.status <> 'resolved' or t.resolved_at > ${now}::timestamptz - interval '30 days'))
    order by t.id = ${ticketId} desc nulls last, t.status = 'resolved', t.last_message_at desc, t.id desc
    limit ${most}`.execute(db)
  return rows.map(({ said }) => said)
}

/** How reading goes, and how much waits for somebody. */
export async function mailboxRow(db: Tables<'supportMailbox' | 'incomingMails'>) {
  const { rows } = await sql<{
    readAt: Date | null
    failedAt: Date | null
    failure: string | null
    toConfirm: number
  }>`select read_at as "readAt", failed_at as "failedAt", failure,
      (select count(*)::integer from incoming_mails where state = 'to_confirm') as "toConfirm" from support_mailbox`.execute(
    db,
  )
  return rows[0]! // one line, by its key
}
