/**
 * Whoever waits for a simulation waits half a second and no more. `lock_timeout` bounds what it waits for, not what it holds, and
 * the other limits are settings: this is outside, on a connection of its own, and ends the backend. Where it cannot look, it
 * ends it too.
 */
import type pg from 'pg'
import type { Bounds } from './bounds.ts'
import { answered, opened, type Line } from './lines.ts'
import type { Ending } from './simulation.ts'

export type Watch = { stop(): Promise<void> }
export type Watched = {
  pid: number
  xid: string
  /** Of our own, that may wait for each other. */
  beside: number
  cut: (why: Ending) => void
}

const often = 100
/** Whoever does not answer so soon is not relied upon. */
const patience = 600

/** @param open a connection that may end the backend: the same login may */
export function watch(open: () => Promise<pg.Client>, watched: Watched, bounds: Bounds): Watch {
  const began = performance.now()
  const waken: { now?: () => void } = {}
  let stopped = false
  // Whatever becomes of the rest.
  const last = setTimeout(() => watched.cut('too_long'), bounds.transaction + often)

  async function why(line: Line): Promise<Ending | undefined> {
    if (performance.now() - began > bounds.transaction) return 'too_long'
    const { rows } = await answered(
      line,
      patience,
      line.client.query<{ waiting: boolean }>(
        `SELECT EXISTS (SELECT FROM pg_locks
           WHERE NOT granted AND waitstart < clock_timestamp() - make_interval(secs => $2 / 1000.0) AND pid <> $3
             AND $1 = ANY (pg_blocking_pids(pid))) AS waiting`,
        [watched.pid, bounds.others - often, watched.beside],
      ),
    )
    return rows[0]?.waiting ? 'others_wait' : undefined
  }

  async function look(): Promise<void> {
    await pause()
    // Most are over before anybody could have waited.
    if (stopped) return
    const line = await opened(open, patience)
    try {
      while (!stopped) {
        const reason = await why(line)
        if (reason) {
          watched.cut(reason)
          await answered(line, patience, endBackend(line.client, watched))
          return
        }
        await pause()
      }
    } finally {
      await line.close()
    }
  }

  const watching = look().catch(() => {
    if (!stopped) watched.cut('unwatched')
  })

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, often)
      waken.now = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
  return {
    async stop() {
      stopped = true
      clearTimeout(last)
      waken.now?.()
      await watching
    },
  }
}

/** That one and no other that has its number meanwhile. */
export const endBackend = (client: pg.Client, { pid, xid }: Pick<Watched, 'pid' | 'xid'>) =>
  client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_xid = ($2::xid8)::xid',
    [pid, xid],
  )
