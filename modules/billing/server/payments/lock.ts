import { sql, type CentralDb } from '#platform/server/db.ts'

/**
 * Whatever gives or takes a client's money goes one after the other: who checks what an invoice still owes acts on what is true
 * when the transaction commits. Held to its end.
 */
export async function lockMoneyOf(db: CentralDb, clientId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`money:${clientId}`}, 0))`.execute(db)
}
