import type { Selectable } from 'kysely'
import { ticketPutAway } from '#contract/support'
import { sql, type Database, type Tables } from '#platform/server/db.ts'
import { found, refuse } from '#platform/server/requests.ts'

/** A ticket as it stands, which nobody else changes until the transaction ends. */
export type Held = Selectable<Database['tickets']>

/** @throws NotFound, also where it was forgotten: nobody writes anew about whom it was about */
export async function lockTicket(db: Tables<'tickets'>, id: string): Promise<Held> {
  return found(
    await db
      .selectFrom('tickets')
      .selectAll()
      .where('id', '=', id)
      .where('forgottenAt', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
  )
}

/** One in which something is to change. @throws NotFound, ticketPutAway where it lives elsewhere, or lies in the trash */
export async function holdStanding(db: Tables<'tickets'>, id: string): Promise<Held> {
  return standing(await lockTicket(db, id))
}

/** @throws ticketPutAway */
export function standing(held: Held): Held {
  if (held.mergedIntoId !== null || held.trashedAt !== null) throw refuse(ticketPutAway)
  return held
}

/** Several at once, always in the order of their ids, so that no two wait for each other. Who is not there is left out. */
export const lockTickets = (db: Tables<'tickets'>, ids: readonly string[]): Promise<Held[]> =>
  db
    .selectFrom('tickets')
    .selectAll()
    .where((eb) => eb.or([eb('id', 'in', ids), eb('mergedIntoId', 'in', ids)]))
    .where('forgottenAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()

/** A ticket, or the one it was put into: its address, its number and mails to it lead there. */
export async function livesIn(db: Tables<'tickets'>, id: string): Promise<string> {
  const row = await db.selectFrom('tickets').select('mergedIntoId').where('id', '=', id).executeTakeFirst()
  return row?.mergedIntoId ?? id
}

/**
 * One that was put into another while it was waited for is let go again before that one is asked for: whoever takes them
 * apart holds both in the order of their ids, and would be waited for with one of them in hand.
 * @throws NotFound
 */
export async function lockWhereItLives(db: Tables<'tickets'>, id: string): Promise<Held> {
  for (;;) {
    const at = await livesIn(db, id)
    await sql`savepoint before_lock`.execute(db)
    const held = await lockTicket(db, at)
    if (held.mergedIntoId === null) return held
    await sql`rollback to savepoint before_lock`.execute(db)
  }
}
