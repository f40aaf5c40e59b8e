/** One process at a time: by a lock that falls with whoever holds it, and with its connection to the central database. */
import type pg from 'pg'

/**
 * @param work is told when it has to stop: the process leaves, or the lock was lost
 * @returns nothing where another process holds it
 */
export async function holding<T>(
  pool: pg.Pool,
  key: string,
  leaving: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const client = await pool.connect()
  const lost = new AbortController()
  const lose = () => lost.abort(new Error('the lock was lost with its connection'))
  client.once('error', lose).once('end', lose)
  let held = false
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
      [key],
    )
    held = rows[0]?.held ?? false
    if (!held) return undefined
    return await work(AbortSignal.any([leaving, lost.signal]))
  } finally {
    client.off('error', lose).off('end', lose)
    // A connection that may still hold the lock goes away with it.
    const free = !held || (await unlock(client, key))
    client.release(!free)
  }
}

async function unlock(client: pg.PoolClient, key: string): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key])
    return true
  } catch {
    return false
  }
}
