/** What the promises read and write of tickets. */
import { sql, type CentralDb } from '#platform/server/db.ts'

/** Open tickets by the version of a policy that they stand under. */
export async function ticketsUnder(db: CentralDb): Promise<Map<string, number>> {
  const { rows } = await sql<{ version: string; count: number }>`
    select clocks ->> 'policyVersion' as version, count(*) as count from tickets
    where status <> 'resolved' and trashed_at is null and merged_into_id is null and clocks ->> 'policyVersion' is not null
    group by 1`.execute(db)
  return new Map(rows.map(({ version, count }) => [version, count]))
}

/** Some open tickets, in the order of their ids. */
export const openTicketsAfter = (db: CentralDb, after: string | null, limit: number): Promise<string[]> =>
  db
    .selectFrom('tickets')
    .select('id')
    .where('status', '<>', 'resolved')
    .where('trashedAt', 'is', null)
    .$if(after !== null, (query) => query.where('id', '>', after))
    .orderBy('id')
    .limit(limit)
    .execute()
    .then((rows) => rows.map(({ id }) => id))

/** Those of them that are open still, which nobody else changes until the transaction ends. */
export const holdOpenTickets = (db: CentralDb, ids: readonly string[]): Promise<string[]> =>
  db
    .selectFrom('tickets')
    .select('id')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('status', '<>', 'resolved')
    .where('trashedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
    .then((rows) => rows.map(({ id }) => id))

export const openTicketCount = (db: CentralDb): Promise<number> =>
  db
    .selectFrom('tickets')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '<>', 'resolved')
    .where('trashedAt', 'is', null)
    .executeTakeFirstOrThrow()
    .then(({ count }) => count)

/**
 * What time alone made late since it was last looked at: few rows, found by their due dates. One that somebody is changing
 * is left to them, who work its clocks out anew, or to the next minute: nobody is waited for with other tickets in hand.
 */
export const markBreached = (db: CentralDb, now: Date): Promise<string[]> =>
  db
    .updateTable('tickets')
    .set({ breached: true })
    .where('id', 'in', (tickets) =>
      tickets
        .selectFrom('tickets')
        .select('id')
        .where('status', '<>', 'resolved')
        .where('trashedAt', 'is', null)
        .where('dueAt', '<=', now)
        .where('breached', '=', false)
        .forUpdate()
        .skipLocked(),
    )
    .returning('id')
    .execute()
    .then((rows) => rows.map(({ id }) => id))
