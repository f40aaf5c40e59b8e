import type pg from 'pg'
import { hangUp, sayGoodbye, type Way } from './connecting.ts'

/** Of one tenant in one role; of those that only look as many again. */
export const mostOfALogin = 2
const idleMs = 10_000

export type Connection = {
  way: Way
  /** A bare one is not kept for the next. */
  kept: boolean
  client?: pg.Client
  state: 'opening' | 'busy' | 'idle' | 'ended'
  /** Ends when it comes back. */
  doomed: boolean
  idleSince: number
  /** Resolves once it has left its place. */
  gone: Promise<void>
  isGone(): void
}

export type Held = ReturnType<typeof openHeld>

/**
 * The connections there are, each in its place from before it is opened until it is gone.
 * @param onRoom called when a place or a login has become free
 */
export function openHeld(onRoom: () => void) {
  const all = new Set<Connection>()
  // In the order of their last use: the first is the one to part with.
  const idle = new Set<Connection>()
  const logins = new Map<string, Set<Connection>>()
  let ending = 0

  /** Its place is free once it is gone. */
  async function end(connection: Connection): Promise<void> {
    if (connection.state === 'ended') return connection.gone
    connection.state = 'ended'
    idle.delete(connection)
    ending++
    if (connection.client) await sayGoodbye(connection.client)
    ending--
    forget(connection)
    onRoom()
  }

  function forget(connection: Connection): void {
    connection.state = 'ended'
    idle.delete(connection)
    all.delete(connection)
    const own = logins.get(connection.way.login)
    own?.delete(connection)
    if (own?.size === 0) logins.delete(connection.way.login)
    connection.isGone()
  }

  const sweep = setInterval(() => {
    const before = performance.now() - idleMs
    for (const connection of idle) {
      if (connection.idleSince > before) break
      void end(connection)
    }
  }, 1_000)
  sweep.unref()

  return {
    size: () => all.size,
    /** Without those that are leaving their places. */
    staying: () => all.size - ending,
    each: (): Iterable<Connection> => all,
    leastRecent: (): Connection | undefined => idle.values().next().value,
    isFull: (login: string) => (logins.get(login)?.size ?? 0) >= mostOfALogin,

    /** The one of this login that was used last. */
    idleOf(login: string): Connection | undefined {
      let latest: Connection | undefined
      for (const connection of logins.get(login) ?? []) if (connection.state === 'idle') latest = connection
      return latest
    },

    /** Takes a place for what is about to be opened. */
    place(way: Way, kept: boolean): Connection {
      const { promise: gone, resolve: isGone } = Promise.withResolvers<void>()
      const connection: Connection = {
        way,
        kept,
        state: 'opening',
        doomed: false,
        idleSince: 0,
        gone,
        isGone,
      }
      all.add(connection)
      if (kept) logins.set(way.login, (logins.get(way.login) ?? new Set()).add(connection))
      return connection
    },

    forget,
    end,

    busy(connection: Connection): void {
      idle.delete(connection)
      connection.state = 'busy'
    },

    /** Kept for the next who comes with this login. */
    keep(connection: Connection): void {
      connection.state = 'idle'
      connection.idleSince = performance.now()
      idle.add(connection)
    },

    /** The other side hung up. Whoever holds it learns of it with the next question, and gives it back as broken. */
    lost(connection: Connection): void {
      connection.doomed = true
      if (connection.state === 'idle') void end(connection)
    },

    endIdle(which: (connection: Connection) => boolean): void {
      for (const connection of idle) if (which(connection)) void end(connection)
    },

    /** Those at work end when they are back, or at once: hard. Resolves when all are gone. */
    async endAll(which: (connection: Connection) => boolean, { hard }: { hard: boolean }): Promise<void> {
      const ending = [...all].filter(which)
      for (const connection of ending) {
        connection.doomed = true
        if (connection.state === 'idle') void end(connection)
        else if (hard && connection.client) hangUp(connection.client)
      }
      await Promise.all(ending.map((connection) => connection.gone))
    },

    stopSweeping: () => clearInterval(sweep),
  }
}
