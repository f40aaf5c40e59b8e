/**
 * Whoever waits for a simulation waits half a second and no more. `lock_timeout` bounds what it waits for, not what it holds, and
 * the other limits are settings: this is outside, on a connection of its own, and ends the backend.
 */
import type pg from 'pg'
import type { Bounds } from './bounds.ts'

export type Watch = { stop(): Promise<'others_wait' | 'too_long' | undefined> }

const often = 100

/** @param open a connection that may end the backend: the same login may */
export function watch(open: () => Promise<pg.Client>, pid: number, bounds: Bounds): Watch {
  const began = performance.now()
  let ended: 'others_wait' | 'too_long' | undefined
  let stopped = false
  const waken: { now?: () => void } = {}
  const watching = (async () => {
    await pause()
    // Most are over before anybody could have waited.
    if (stopped) return
    const client = await open()
    try {
      while (!stopped) {
        const { rows } = await client.query<{ waiting: boolean }>(
          `SELECT EXISTS (SELECT FROM pg_locks
             WHERE NOT granted AND waitstart < clock_timestamp() - make_interval(secs => $2 / 1000.0)
               AND $1 = ANY (pg_blocking_pids(pid))) AS waiting`,
          [pid, bounds.others - often],
        )
        if (rows[0]?.waiting) ended = 'others_wait'
        else if (performance.now() - began > bounds.transaction) ended = 'too_long'
        if (ended) {
          await client.query('SELECT pg_terminate_backend($1)', [pid])
          return
        }
        await pause()
      }
    } finally {
      await client.end().catch(() => {})
    }
  })().catch(() => {})

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
      waken.now?.()
      await watching
      return ended
    },
  }
}
