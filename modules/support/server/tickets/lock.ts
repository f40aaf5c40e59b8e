import type { Selectable } from 'kysely'
import type { Database, Tables } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'

/** A ticket as it stands, which nobody else changes until the transaction ends. */
export type Held = Selectable<Database['tickets']>

/** @throws NotFound */
export async function lockTicket(db: Tables<'tickets'>, id: string): Promise<Held> {
  return found(await db.selectFrom('tickets').selectAll().where('id', '=', id).forUpdate().executeTakeFirst())
}
