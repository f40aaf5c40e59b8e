/** Whom the team writes to first, and how a ticket begins. */
import { sql, type Tables } from '#platform/server/db.ts'

/** Not one that was thrown away. */
export const clientToContact = (
  db: Tables<'clients'>,
  id: string,
): Promise<{ email: string; name: string } | undefined> =>
  db
    .selectFrom('clients')
    .select([
      sql<string>`lower(email)`.as('email'),
      sql<string>`trim(first_name || ' ' || last_name)`.as('name'),
    ])
    .where('id', '=', id)
    .where('trashedAt', 'is', null)
    .executeTakeFirst()

/** Who began a ticket, for whom, and its first message that stands; null while there is none. */
export const startOf = (
  db: Tables<'tickets' | 'ticketMessages'>,
  id: string,
): Promise<{ openedBy: string | null; clientId: string | null; messageId: string | null } | undefined> =>
  db
    .selectFrom('tickets')
    .select([
      'openedBy',
      'clientId',
      sql<string | null>`(select m.id from ticket_messages m where m.ticket_id = tickets.id
        and m.taken_back_at is null order by m.written_at, m.id limit 1)`.as('messageId'),
    ])
    .where('id', '=', id)
    .executeTakeFirst()
