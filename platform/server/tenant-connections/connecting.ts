import pg from 'pg'
import { isOutage, pgCode } from '../db.ts'

/** Who does not say goodbye within this time is hung up on. */
const goodbyeMs = 500

/** Where a connection leads, as whom, and how one makes sure of it. Two with the same `to` lead to the same. */
export type Way = {
  tenantId: string
  clusterId: string
  /** Tenant, role and whether it only looks: of these only few are kept. */
  login: string
  to: string
  /** With the password: made when it is needed. */
  config(): pg.ClientConfig
  /** The first question of a connection. @throws when it did not arrive where it should have */
  greet(client: pg.Client): Promise<void>
}

/**
 * @param patienceMs of the connection and its greeting together
 * @throws what PostgreSQL or the network said, or what the greeting found
 */
export async function connect(way: Way, patienceMs: number, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ ...way.config(), connectionTimeoutMillis: patienceMs, keepAlive: true })
  // A connection that breaks while no question is open tells nobody but these, and without one the process ends.
  client.on('error', onLost)
  client.on('end', onLost)
  const tooLong = setTimeout(() => hangUp(client, new Error('timeout expired')), patienceMs)
  try {
    await client.connect()
    await way.greet(client)
    return client
  } catch (error) {
    hangUp(client)
    throw error
  } finally {
    clearTimeout(tooLong)
  }
}

export async function sayGoodbye(client: pg.Client): Promise<void> {
  const tooLong = setTimeout(() => hangUp(client), goodbyeMs)
  await client.end().catch(() => {})
  clearTimeout(tooLong)
}

export function hangUp(client: pg.Client, because?: Error): void {
  client.connection.stream.destroy(because)
}

/** Whether the cluster could not be reached; one that answers "no" has been. */
export function isUnreachable(error: unknown): boolean {
  // 53300: it has no more room for connections, which it said itself.
  if (pgCode(error) === '53300') return false
  return isOutage(error) || (error instanceof Error && /timeout expired|read timeout/i.test(error.message))
}
