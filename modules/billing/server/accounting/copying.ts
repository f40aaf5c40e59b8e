import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Readable } from 'node:stream'

/**
 * A question's answer as PostgreSQL writes it, while it writes it: nothing is held. What changes meanwhile is not seen: a statement
 * sees one instant.
 */
export async function withCopy<Result>(
  pool: pg.Pool,
  copy: string,
  taking: (text: Readable) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin read only')
    await client.query('set local statement_timeout = 0')
    const result = await taking(client.query(copyTo(copy)))
    await client.query('commit')
    return result
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // In the middle of a COPY a connection is good for nothing else.
    client.release(broken)
  }
}
