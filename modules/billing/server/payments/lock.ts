import { sql, type CentralDb } from '#platform/server/db.ts'

/** So few that a file of ten thousand collections does not fill the database's table of locks. */
const places = 1_024
/** What tells these locks from those of others. */
const space = 1_398_359_876

/**
 * Whatever gives or takes a client's money goes one after the other: who checks what an invoice still owes acts on what is true
 * when the transaction commits. Held to its end. Who moves the money of several clients names them all at once, and first of all:
 * everybody takes them in the same order, so nobody waits in a circle. Rows of collections, files and mandates are held after it.
 */
export async function lockMoneyOf(db: CentralDb, ...clientIds: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${space}, place) from (
    select distinct (hashtextextended('money:' || id, 0) & ${places - 1})::integer as place
    from unnest(${clientIds}::text[]) id order by place) taken`.execute(db)
}
