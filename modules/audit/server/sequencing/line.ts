/** The sequencer's one connection. It holds the lock, and everything is written on it: who lost it can write nothing. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export type Line = {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>
  /** @throws {LineLost} */
  mustHold(): void
  end(): Promise<void>
}

export class LineLost extends Error {
  override name = 'LineLost'
}

const lockName = 'magestionpsy audit sequencer'

/** So often a standby asks whether the lock is free. It asks and does not wait in the database, where a statement that
 *  waits for days keeps old rows from being cleared away. */
const askMs = 300

/**
 * Waits until no other sequencer of this database works.
 * @param standingBy called once when another one does
 * @returns undefined when the signal came first
 */
export async function takeLine(
  url: string,
  { signal, standingBy }: { signal: AbortSignal; standingBy?: () => void },
): Promise<Line | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'magestionpsy sequencer',
    connectionTimeoutMillis: 5_000,
    // An answer that never comes is a lost line; the first look at a large log takes its time.
    query_timeout: 600_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    options: [
      // What was told to be numbered is numbered, whatever the cluster's default.
      'synchronous_commit=on',
      // Four times a second a few hundred rows: helpers take longer to start than that takes.
      'max_parallel_workers_per_gather=0',
      'jit=off',
      // The database gives up a machine that went away within seconds, so that a standby may take over.
      'tcp_keepalives_idle=5',
      'tcp_keepalives_interval=2',
      'tcp_keepalives_count=3',
    ]
      .map((setting) => `-c ${setting}`)
      .join(' '),
  })
  let lost: Error | undefined
  client.on('error', (error) => (lost = error))
  client.on('end', () => (lost ??= new Error('the connection ended')))
  const end = () => client.end().catch(() => {})

  try {
    await client.connect()
    for (let asked = 0; !(await hasLock(client)); asked++) {
      if (asked === 0) standingBy?.()
      await sleep(askMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) {
        await end()
        return undefined
      }
    }
  } catch (error) {
    await end()
    throw error
  }
  const mustHold = () => {
    if (lost) throw new LineLost(`the line to the database was lost: ${lost.message}`)
  }
  return {
    query(text, values) {
      mustHold()
      return client.query(text, values)
    },
    mustHold,
    end,
  }
}

async function hasLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    'SELECT pg_try_advisory_lock(hashtext($1)) AS held',
    [lockName],
  )
  return rows[0]?.held === true
}
