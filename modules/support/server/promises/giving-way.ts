/** Work that nobody waits for, among people who do: where both want the same row it is the work that begins again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { pgCode, sql, type CentralDb } from '#platform/server/db.ts'

/** Well before PostgreSQL looks for a deadlock (a second): it might end the person's transaction, not this one. */
const patienceMs = 300
const restMs = 50
/** Half a minute in all: whoever holds a ticket for longer is no request. */
const tries = 80

/** A lock that was not to be had, a deadlock, two that could not be put in an order: another time it works. */
const passing = ['55P03', '40P01', '40001']

/**
 * A transaction that lets go of all it holds as soon as it is in somebody's way, and is tried again.
 * @throws what is no such clash, and the last of too many
 */
export async function givingWay<Result>(
  db: CentralDb,
  work: (transaction: CentralDb) => Promise<Result>,
): Promise<Result> {
  for (let left = tries; ; left--) {
    try {
      return await db.transaction().execute(async (transaction) => {
        await sql`select set_config('lock_timeout', ${`${patienceMs}ms`}, true)`.execute(transaction)
        return await work(transaction)
      })
    } catch (error) {
      if (left <= 1 || !passing.includes(pgCode(error) ?? '')) throw error
      await sleep(restMs)
    }
  }
}
