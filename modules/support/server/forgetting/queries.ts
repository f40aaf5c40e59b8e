/**
 * Every question about what may be forgotten, and what was. What somebody said in tickets who asks for something in the register of requests. Who they are is said once, in the
 * database (tickets_of_request, messages_of_request): what is counted and copied is what is forgotten.
 */
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'tickets' | 'ticketMessages' | 'ticketAttachments' | 'ticketRatings' | 'incomingMails'>

export type TicketsHeld = {
  tickets: number
  /** What they said in tickets of others. */
  messages: number
  /** What came from their address and stands in no ticket. */
  mails: number
}

export async function heldInTickets(db: Db, requestId: string): Promise<TicketsHeld> {
  const { rows } = await sql<TicketsHeld>`
    select cardinality(tickets_of_request(${requestId})) as tickets,
      (select count(*)::integer from ticket_messages where id = any(messages_of_request(${requestId}))
        and ticket_id <> all(tickets_of_request(${requestId}))) as messages,
      (select count(*)::integer from incoming_mails where ticket_id is null and forgotten_at is null
        and from_email = any(addresses_of_request(${requestId}))) as mails`.execute(db)
  return rows[0]!
}

/** Of a practice, whoever had them forgotten. */
export async function forgottenOf(db: Db, tenantId: string): Promise<number> {
  const { count } = await db
    .selectFrom('tickets')
    .where('tenantId', '=', tenantId)
    .where('forgottenAt', 'is not', null)
    .select(sql<number>`count(*)::integer`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

type CopiedMessage = {
  writtenAt: string
  /** `note`: what the team said among itself; who said it are other people's data. */
  by: 'you' | 'support' | 'note'
  body: string
  files: { name: string; mediaType: string; bytes: number; sha256: string }[]
}
export type CopiedTicket = {
  number: number
  subject: string | null
  openedAt: string
  messages: CopiedMessage[]
  rating: { score: number; comment: string } | null
}

/**
 * For their copy. What colleagues of theirs said in the same tickets is left out, and of tickets that others asked
 * everything but their own messages (GDPR article 15(4)).
 * @param whole with what they were answered and what was noted about it (article 15); else only what they gave (article 20)
 */
export async function ticketsOfPerson(
  db: Db,
  requestId: string,
  { whole }: { whole: boolean },
): Promise<CopiedTicket[]> {
  const { rows } = await sql<CopiedTicket>`
    with asked as (select unnest(tickets_of_request(${requestId})) as id),
    said as (select unnest(messages_of_request(${requestId})) as id),
    copied as (
      select m.id, m.ticket_id, m.written_at, m.body,
        case when m.kind = 'note' then 'note' when m.by_staff_id is not null or m.kind in ('reply', 'contact', 'auto') then 'support'
          else 'you' end as by
      from ticket_messages m
      where m.id in (select id from said)
        or m.ticket_id in (select id from asked) and m.taken_back_at is null and (
          -- On the telephone, or by mail: nobody else is known to have said it.
          m.kind = 'customer' and m.by_member_id is null and m.from_email is null
          or ${whole} and (m.kind = 'note' or m.kind in ('reply', 'contact', 'auto') and m.left_at is not null)))
    select t.number, case when t.id in (select id from asked) then t.subject end as subject, t.opened_at as "openedAt",
      (select json_agg(json_build_object('writtenAt', c.written_at, 'by', c.by, 'body', c.body, 'files', coalesce(
          (select json_agg(json_build_object('name', a.name, 'mediaType', a.media_type, 'bytes', a.bytes,
            'sha256', encode(a.sha256, 'hex')) order by a.created_at, a.id)
          from ticket_attachments a where a.message_id = c.id), '[]')) order by c.written_at, c.id)
        from copied c where c.ticket_id = t.id) as messages,
      (select json_build_object('score', r.score, 'comment', r.comment) from ticket_ratings r
        where r.ticket_id = t.id and t.id in (select id from asked)) as rating
    from tickets t where t.id in (select ticket_id from copied) order by t.number`.execute(db)
  return rows
}
