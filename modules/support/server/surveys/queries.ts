/** Every statement about asking how it was. */
import { sql, type CentralDb, type Tables } from '#platform/server/db.ts'

export type Window = {
  /** Resolved no later, and not before. */
  until: Date
  from: Date
  /** An address that was asked since then is left alone. */
  askedSince: Date
}

/**
 * Whose help has come to its end, and who may be asked how it was: see `asking.ts` for the rule in words.
 * @param only that one alone, to look again while it is held
 */
export async function ticketsToAskAbout(
  db: CentralDb,
  { until, from, askedSince }: Window,
  { limit, only = null }: { limit: number; only?: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from tickets t left join ticket_surveys s on s.ticket_id = t.id
    where t.resolved_at between ${from}::timestamptz and ${until}::timestamptz and t.status = 'resolved'
      and t.trashed_at is null and t.merged_into_id is null and t.forgotten_at is null
      and t.forgotten_at is null and (${only}::uuid is null or t.id = ${only}::uuid)
      and (s.asked_at is null or s.asked_at < t.resolved_at)
      and not exists (select from ticket_ratings r where r.ticket_id = t.id)
      and exists (select from ticket_messages m where m.ticket_id = t.id and m.kind = 'customer')
      and (t.requester_member_id is not null or (
        exists (select from ticket_messages m where m.ticket_id = t.id and m.kind in ('reply', 'contact')
          and m.left_at is not null and m.taken_back_at is null)
        and not exists (select from ticket_mails l where l.ticket_id = t.id and l.direction = 'out'
          and l.email = lower(t.requester_email) and l.bounced_at is not null)
        and not exists (select from ticket_surveys before join tickets other on other.id = before.ticket_id
          where lower(other.requester_email) = lower(t.requester_email) and other.requester_member_id is null
            and before.asked_at > ${askedSince}::timestamptz)))
    order by t.resolved_at, t.id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** One is asked after the other, so that nobody is asked twice by two processes. */
export async function holdSurveys(db: Tables<'ticketSurveys'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('support surveys', 0))`.execute(db)
}

export async function saveAsked(db: Tables<'ticketSurveys'>, ticketId: string, askedAt: Date): Promise<void> {
  await db
    .insertInto('ticketSurveys')
    .values({ ticketId, askedAt })
    .onConflict((clash) => clash.column('ticketId').doUpdateSet({ askedAt }))
    .execute()
}

export const ratingOf = (db: Tables<'ticketRatings'>, ticketId: string) =>
  db
    .selectFrom('ticketRatings')
    .select(['score', 'byEmail'])
    .where('ticketId', '=', ticketId)
    .executeTakeFirst()

/** Whose the ticket is that a link was given for, wherever it lives by now. */
export const surveyedTicket = (db: Tables<'tickets'>, id: string) =>
  db
    .selectFrom('tickets')
    .where('id', '=', id)
    .where('forgottenAt', 'is', null)
    .select(['tenantId', 'clientId', 'requesterMemberId', 'requesterEmail'])
    .executeTakeFirst()
