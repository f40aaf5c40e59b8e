/**
 * Connections to very many databases under one cap: few a login, the least recently used one makes room, and who finds
 * none waits for a turn. pg.Pool knows one database, and PgBouncer 1.18 gives none's idle connection up for another's
 * (decisions/0019).
 */
import type pg from 'pg'
import { Platform } from './errors.ts'
import { pgCode } from './db.ts'
import { openCircuits } from './tenant-connections/circuits.ts'
import { connect, isUnreachable, type Way } from './tenant-connections/connecting.ts'
import { openHeld, type Connection } from './tenant-connections/held.ts'

/** Who comes when so many wait already is sent away at once. */
const mostWaiting = 2_000

/** Lent: whoever took it gives it back. */
export type Lent = { client: pg.Client; giveBack(how?: { broken: boolean }): void }

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
  const keptFree = Math.floor(on.cap / 20)
  const circuits = openCircuits({ atOnce, leftAloneMs: patience.leftAlone }, on.heard)
  const waiting = new Set<Waiter>()
  const held = openHeld(serveAll)
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
    if (kept) {
      const known = held.idleOf(way.login)
      if (known?.way.to === way.to) return lend(known, waiter)
      // The tenant moved: what leads to the old place is of no use.
      if (known) void held.end(known)
      if (held.isFull(way.login)) return false
    }
    const answer = circuits.ask(way.clusterId)
    if (answer === 'down') {
      waiter.refuse(new Platform('tenant_unreachable'))
      return true
    }
    if (answer === 'wait') return false
    if (held.size() < on.cap) {
      void open(waiter)
      return true
    }
    const leastRecent = held.leastRecent()
    if (!leastRecent) return false
    evicted++
    // One that is ending keeps its place until it is gone; what follows it has the place already.
    void open(waiter, leastRecent)
    return true
  }

  async function open({ way, kept, refuse, give }: Waiter, insteadOf?: Connection): Promise<void> {
    const connection = held.place(way, kept)
    circuits.begin(way.clusterId)
    let trouble: string | undefined
    try {
      if (insteadOf) await held.end(insteadOf)
      connection.client = await connect(way, patience.connection, () => held.lost(connection))
    } catch (error) {
      held.forget(connection)
      if (isUnreachable(error)) trouble = (error as Error).message
      refuse(inWords(error as Error))
    } finally {
      circuits.end(way.clusterId, trouble)
    }
    // What is idle towards a cluster that does not answer would only be found dead by the next who takes it.
    if (trouble !== undefined) held.endIdle((idle) => idle.way.clusterId === way.clusterId)
    else if (connection.client && (connection.doomed || closed)) {
      void held.end(connection)
      refuse(new Forgotten())
    } else if (connection.client) lend(connection, { give })
    serveAll()
  }

  function lend(connection: Connection, { give }: Pick<Waiter, 'give'>): true {
    const client = connection.client! // it is open
    held.busy(connection)
    let isBack = false
    give({
      client,
      giveBack({ broken } = { broken: false }) {
        // By now it may be somebody else's.
        if (isBack) return
        isBack = true
        // Who comes next must not stand in a transaction somebody left open.
        const isClean = client.getTransactionStatus() === 'I'
        if (broken || !isClean || connection.doomed || !connection.kept || closed) void held.end(connection)
        else held.keep(connection)
        serveAll()
        keepSomeFree()
      },
    })
    return true
  }

  /** Whoever comes next finds a place, and waits for nobody's goodbye. */
  function keepSomeFree(): void {
    while (held.staying() > on.cap - keptFree) {
      const leastRecent = held.leastRecent()
      if (!leastRecent) return
      evicted++
      void held.end(leastRecent)
    }
  }

  return {
    take,

    /** Ends the kept ones of a tenant; resolves when they are gone. */
    async forget(tenantId: string, { hard = false }: { hard?: boolean } = {}): Promise<void> {
      for (const waiter of waiting)
        if (waiter.kept && waiter.way.tenantId === tenantId) sendAway(waiter, new Forgotten())
      await held.endAll(({ kept, way }) => kept && way.tenantId === tenantId, { hard })
    },

    figures() {
      const all = [...held.each()]
      return {
        open: all.length,
        busy: all.filter(({ state }) => state === 'busy').length,
        waiting: waiting.size,
        tenants: new Set(all.map(({ way }) => way.tenantId)).size,
        evicted,
      }
    },

    async close(): Promise<void> {
      closed = true
      held.stopSweeping()
      for (const waiter of waiting) sendAway(waiter, new Platform('unavailable'))
      const hangUpAll = setTimeout(() => void held.endAll(() => true, { hard: true }), patience.turn)
      await held.endAll(() => true, { hard: false })
      clearTimeout(hangUpAll)
    },
  }
}

function inWords(error: Error): Error {
  if (isUnreachable(error)) return new Platform('tenant_unreachable', { cause: error })
  // 53300: no more room for connections.
  if (pgCode(error) === '53300') return new Platform('unavailable', { cause: error })
  // The database takes none just now (55000), or this login no more (42501): it has been moved or replaced since the
  // catalogue was asked, which is asked again a second later.
  if (['55000', '42501'].includes(pgCode(error) ?? ''))
    return new Platform('tenant_unreachable', { cause: error })
  return error
}
