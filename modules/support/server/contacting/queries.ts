/** Whom the team writes to first, and how a ticket begins. */
import { sql, type Tables } from '#platform/server/db.ts'
import type { MessageRow } from '../conversation/queries.ts'

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

export const firstMessageOf = (
  db: Tables<'ticketMessages'>,
  ticketId: string,
): Promise<MessageRow | undefined> =>
  db
    .selectFrom('ticketMessages')
    .selectAll()
    .where('ticketId', '=', ticketId)
    .orderBy('writtenAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
