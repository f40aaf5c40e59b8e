/**
 * Connections to very many databases under one cap: few a login, the least recently used one makes room, and who finds
 * none waits for a turn. pg.Pool knows one database, and PgBouncer 1.18 gives none's idle connection up for another's
 * (decisions/0019).
 */
import type pg from 'pg'
import { Platform } from './errors.ts'
import { pgCode } from './db.ts'
import { openCircuits } from './tenant-connections/circuits.ts'
import { connect, hangUp, isUnreachable, sayGoodbye, type Way } from './tenant-connections/connecting.ts'

export type { Way }

/** Of one tenant in one role. */
const mostOfALogin = 2
const idleMs = 10_000
/** Who comes when so many wait already is sent away at once. */
const mostWaiting = 2_000

/** Lent: whoever took it gives it back. */
export type Lent = { client: pg.Client; giveBack(how?: { broken: boolean }): void }

type Connection = {
  way: Way
  /** A bare one is not kept for the next. */
  kept: boolean
  client?: pg.Client
  state: 'opening' | 'busy' | 'idle' | 'ended'
  /** Ends when it comes back. */
  doomed: boolean
  idleSince: number
  gone: Promise<void>
  isGone(): void
}

type Waiter = {
  way: Way
  kept: boolean
  give(lent: Lent): void
  refuse(error: Error): void
  timer?: NodeJS.Timeout
}

/** The tenant was forgotten while somebody waited: where it is now, the catalogue says. */
export class Forgotten extends Error {}

/** Milliseconds. */
export type Patience = {
  /** Until it is one's turn to have a connection. */
  turn: number
  /** Until a connection is open and has said where it leads. */
  connection: number
  /** For so long a cluster that did not answer is not asked again. */
  leftAlone: number
}

const patient: Patience = { turn: 5_000, connection: 3_000, leftAlone: 3_000 }

export function openConnections(on: {
  cap: number
  patience?: Patience
  heard: (clusterId: string, trouble: string | null) => void
}) {
  const patience = on.patience ?? patient
  const atOnce = Math.max(2, Math.floor(on.cap / 4))
  const circuits = openCircuits({ atOnce, leftAloneMs: patience.leftAlone }, on.heard)
  // Both in the order of their last use: the first is the one to part with.
  const all = new Set<Connection>()
  const idle = new Set<Connection>()
  const logins = new Map<string, Set<Connection>>()
  const waiting = new Set<Waiter>()
  let evicted = 0
  let closed = false

  /** @throws {Platform} unavailable, tenant_unreachable; {Forgotten}; or what the database or the greeting said */
  function take(way: Way, { kept }: { kept: boolean }): Promise<Lent> {
    if (closed || waiting.size >= mostWaiting) return Promise.reject(new Platform('unavailable'))
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { way, kept, give: resolve, refuse: reject }
      if (serve(waiter)) return
      waiting.add(waiter)
      waiter.timer = setTimeout(() => sendAway(waiter, new Platform('unavailable')), patience.turn)
    })
  }

  function sendAway(waiter: Waiter, error: Error): void {
    clearTimeout(waiter.timer)
    waiting.delete(waiter)
    waiter.refuse(error)
  }

  /** Whoever waits, in turn; who waits for their own login or cluster alone holds up nobody behind them. */
  function serveAll(): void {
    for (const waiter of waiting) {
      if (!serve(waiter)) continue
      clearTimeout(waiter.timer)
      waiting.delete(waiter)
    }
  }

  /** @returns whether the waiter has been seen to: has a connection, is getting one, or is refused */
  function serve(waiter: Waiter): boolean {
    const { way, kept } = waiter
    const own = logins.get(way.login)
    if (kept && own) {
      const known = [...own].findLast((connection) => connection.state === 'idle')
      if (known?.way.to === way.to) return lend(known, waiter)
      // The tenant moved: what leads to the old place is of no use.
      if (known) end(known)
      if (own.size >= mostOfALogin) return false
    }
    const answer = circuits.ask(way.clusterId)
    if (answer === 'down') {
      waiter.refuse(new Platform('tenant_unreachable'))
      return true
    }
    if (answer === 'wait') return false
    if (all.size < on.cap) {
      void open(waiter)
      return true
    }
    const [leastRecent] = idle
    if (!leastRecent) return false
    evicted++
    // One that is ending keeps its place until it is gone; what follows it has the place already.
    void open(waiter, leastRecent)
    return true
  }

  async function open(waiter: Waiter, insteadOf?: Connection): Promise<void> {
    const connection = place(waiter)
    circuits.begin(waiter.way.clusterId)
    let trouble: string | undefined
    try {
      if (insteadOf) await end(insteadOf)
      connection.client = await connect(waiter.way, patience.connection, () => lost(connection))
    } catch (error) {
      forgetIt(connection)
      if (isUnreachable(error)) trouble = (error as Error).message
      waiter.refuse(inWords(error as Error))
    } finally {
      circuits.end(waiter.way.clusterId, trouble)
    }
    if (trouble !== undefined) leaveAlone(waiter.way.clusterId)
    else if (connection.client) {
      if (connection.doomed || closed) {
        void end(connection)
        waiter.refuse(new Forgotten())
      } else lend(connection, waiter)
    }
    serveAll()
  }

  function place({ way, kept }: Waiter): Connection {
    const { promise: gone, resolve: isGone } = Promise.withResolvers<void>()
    const connection: Connection = { way, kept, state: 'opening', doomed: false, idleSince: 0, gone, isGone }
    all.add(connection)
    if (kept) logins.set(way.login, (logins.get(way.login) ?? new Set()).add(connection))
    return connection
  }

  function lend(connection: Connection, waiter: Waiter): true {
    const client = connection.client! // it is open
    idle.delete(connection)
    connection.state = 'busy'
    let isBack = false
    waiter.give({
      client,
      giveBack({ broken } = { broken: false }) {
        if (isBack) return
        isBack = true
        if (connection.state !== 'busy') return
        // Who comes next must not stand in a transaction somebody left open.
        const isClean = client.getTransactionStatus() === 'I'
        if (broken || !isClean || connection.doomed || !connection.kept || closed) void end(connection)
        else {
          connection.state = 'idle'
          connection.idleSince = performance.now()
          idle.add(connection)
        }
        serveAll()
      },
    })
    return true
  }

  /** Its place is free once it is gone. */
  async function end(connection: Connection): Promise<void> {
    if (connection.state === 'ended') return connection.gone
    connection.state = 'ended'
    idle.delete(connection)
    if (connection.client) await sayGoodbye(connection.client)
    forgetIt(connection)
    serveAll()
  }

  function forgetIt(connection: Connection): void {
    connection.state = 'ended'
    idle.delete(connection)
    all.delete(connection)
    const own = logins.get(connection.way.login)
    own?.delete(connection)
    if (own?.size === 0) logins.delete(connection.way.login)
    connection.isGone()
  }

  /** The other side hung up. Whoever holds it learns of it with the next question, and gives it back as broken. */
  function lost(connection: Connection): void {
    connection.doomed = true
    if (connection.state === 'idle') void end(connection)
  }

  /** What is idle towards a cluster that does not answer would only be found dead by the next who takes it. */
  function leaveAlone(clusterId: string): void {
    for (const connection of idle) if (connection.way.clusterId === clusterId) void end(connection)
  }

  const sweep = setInterval(() => {
    const before = performance.now() - idleMs
    for (const connection of idle) {
      if (connection.idleSince > before) break
      void end(connection)
    }
  }, 1_000)
  sweep.unref()

  async function endAll(which: (connection: Connection) => boolean, hard: boolean): Promise<void> {
    const ending = [...all].filter(which)
    for (const connection of ending) {
      connection.doomed = true
      if (connection.state === 'idle') void end(connection)
      else if (hard && connection.client) hangUp(connection.client)
    }
    await Promise.all(ending.map((connection) => connection.gone))
  }

  return {
    take,

    /** Ends the kept ones of a tenant; resolves when they are gone. */
    async forget(tenantId: string, { hard = false }: { hard?: boolean } = {}): Promise<void> {
      for (const waiter of waiting)
        if (waiter.kept && waiter.way.tenantId === tenantId) sendAway(waiter, new Forgotten())
      await endAll((connection) => connection.kept && connection.way.tenantId === tenantId, hard)
    },

    figures: () => ({
      open: all.size,
      busy: [...all].filter(({ state }) => state === 'busy').length,
      waiting: waiting.size,
      tenants: new Set([...all].map((connection) => connection.way.tenantId)).size,
      evicted,
    }),

    async close(): Promise<void> {
      closed = true
      clearInterval(sweep)
      for (const waiter of waiting) sendAway(waiter, new Platform('unavailable'))
      const hangUpAll = setTimeout(() => void endAll(() => true, true), patience.turn)
      await endAll(() => true, false)
      clearTimeout(hangUpAll)
    },
  }
}

function inWords(error: Error): Error {
  if (isUnreachable(error)) return new Platform('tenant_unreachable', { cause: error })
  // 53300: no more room for connections. 55000: the database takes none just now, it is being moved or replaced.
  if (pgCode(error) === '53300') return new Platform('unavailable', { cause: error })
  if (pgCode(error) === '55000') return new Platform('tenant_unreachable', { cause: error })
  return error
}
