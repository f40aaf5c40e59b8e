import { inside, type Within } from '#server/access'
import { sql, type CentralDb } from '#platform/server/db.ts'

/** Whether somebody may see the invoices of a client. */
export const clientSeen = (db: CentralDb, id: string, mine: Within): Promise<boolean> =>
  db
    .selectFrom('clients')
    .select('id')
    .where('id', '=', id)
    .where(inside(mine, sql`clients`))
    .executeTakeFirst()
    .then((row) => row !== undefined)
