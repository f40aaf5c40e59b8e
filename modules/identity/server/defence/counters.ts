import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Logger } from '#platform/server/log.ts'
import { TooMany } from '#platform/server/requests.ts'
import * as limits from './limits.ts'

/** What is counted: how many there may be, and for how many seconds after the first. */
const kinds = {
  account: [limits.perAccount, limits.window],
  factor: [limits.perFactor, limits.window],
  device: [limits.perDevice, limits.window],
  address: [limits.perAddress, limits.window],
  site: [limits.perSite, limits.window],
  pair: [limits.freeOfDelay, limits.window],
  delay: [1, limits.window],
  everybody: [limits.perMinute, 60],
  'mail-account': [limits.mailsPerAccount, limits.mailWindow],
  'mail-address': [limits.mailsPerAddress, limits.mailWindow],
  'mail-site': [limits.mailsPerSite, limits.mailWindow],
  alert: [1, 60 * 60],
} as const

export type Kind = keyof typeof kinds
export type Key = readonly [kind: Kind, key: string]

/** A key that is closed or has no room. */
export class Full extends TooMany {
  readonly key: Key
  constructor(key: Key, seconds: number) {
    super(seconds)
    this.key = key
  }
}

export type Counters = {
  /**
   * Makes room for one try under each of these keys, until it is known whether it failed. While the try is under way it
   * counts like a failure: of many at once no more are heard than the limit.
   * @param open keys that must merely not be closed; they are looked at first, in their order
   * @returns gives the room back; a minute later it is given back in any case
   * @throws {Full}
   */
  hold(keys: readonly Key[], open?: readonly Key[]): Promise<() => void>
  /** Counts one. @returns how many there are, and whether the limit is reached */
  add(key: Key): Promise<{ count: number; isLast: boolean }>
  /** Counts one unless the limit is reached. @throws {TooMany} */
  spend(key: Key): Promise<void>
  /** Nobody may try under this key for so many seconds, whatever was counted. */
  close(key: Key, seconds: number): Promise<void>
  /** Seconds a closed key still waits; 0 when it is open. */
  wait(key: Key): Promise<number>
  forget(...keys: Key[]): Promise<void>
  /** Closed keys are known in memory, so that a blocked network costs no query; this forgets them. */
  forgetClosed(): void
}

/** More than anybody counts to: what a closed key holds. */
const closed = 1_000_000
const heldForMs = 60_000

/**
 * Failures are counted by connections of their own, outside the request's transaction: a refusal rolls that back and
 * must still count, and a try must not wait for a connection its own request holds. While the store is out of reach,
 * counts in memory hold, at half the limits.
 */
export function openCounters(pool: pg.Pool, log: Logger): Counters {
  const store = breakable(pool, log)
  const limiters = Object.fromEntries(
    Object.entries(kinds).map(([kind, [, duration]]) => {
      const common = { keyPrefix: kind, points: closed, duration }
      const limiter = new RateLimiterPostgres({
        ...common,
        storeClient: store,
        storeType: 'pool',
        tableName: 'attempt_counters',
        tableCreated: true,
        clearExpiredByTimeout: false,
        insuranceLimiter: new RateLimiterMemory(common),
      })
      return [kind, limiter]
    }),
  ) as Record<Kind, RateLimiterPostgres> // one for each
  const most = (kind: Kind) => (store.isBroken() ? Math.ceil(kinds[kind][0] / 2) : kinds[kind][0])
  /** Tries under way, by key, in the order they came. */
  const held = new Map<string, Set<number>>()
  let lastTicket = 0
  /** What this process counted a moment ago: a question asked before may not have seen it. */
  const justAdded = new Map<string, { count: number; until: number }>()
  const closedUntil = new Map<string, number>()

  /** All in one question: it is asked at every sign-in. */
  async function read(keys: readonly Key[]): Promise<{ count: number; msLeft: number }[]> {
    const now = Date.now()
    try {
      const { rows } = await store.query<{ key: string; points: number; expire: number }>({
        name: 'tries so far',
        text: 'select key, points, expire from attempt_counters where key = any($1) and expire > $2',
        values: [keys.map(nameOf), now],
      })
      const found = new Map(rows.map((row) => [row.key, row]))
      return keys.map((key) => {
        const row = found.get(nameOf(key))
        return row ? { count: row.points, msLeft: row.expire - now } : nothing
      })
    } catch {
      return Promise.all(
        keys.map(async ([kind, key]) => {
          const kept = await limiters[kind].get(key)
          return kept ? { count: kept.consumedPoints, msLeft: kept.msBeforeNext } : nothing
        }),
      )
    }
  }

  function rememberClosed(key: Key, msLeft: number): void {
    if (closedUntil.size > 50_000) closedUntil.clear()
    closedUntil.set(nameOf(key), Date.now() + msLeft)
  }

  function take(keys: readonly Key[]): { ticket: number; giveBack: () => void } {
    const ticket = ++lastTicket
    for (const key of keys) {
      const tickets = held.get(nameOf(key)) ?? new Set()
      held.set(nameOf(key), tickets.add(ticket))
    }
    const giveBack = () => {
      clearTimeout(timer)
      for (const key of keys) {
        const tickets = held.get(nameOf(key))
        tickets?.delete(ticket)
        if (tickets?.size === 0) held.delete(nameOf(key))
      }
    }
    const timer = setTimeout(giveBack, heldForMs).unref()
    return { ticket, giveBack }
  }

  /** How many that came earlier are still under way. */
  function earlier(key: Key, ticket: number): number {
    let count = 0
    for (const other of held.get(nameOf(key)) ?? []) if (other < ticket) count++
    return count
  }

  function countedHere(key: Key): number {
    const added = justAdded.get(nameOf(key))
    return added && added.until > Date.now() ? added.count : 0
  }

  return {
    async hold(keys, open = []) {
      const all = [...open, ...keys]
      for (const key of all) {
        const left = (closedUntil.get(nameOf(key)) ?? 0) - Date.now()
        if (left > 0) throw new Full(key, secondsOf(left))
      }
      // First held, then read: each other try is seen as one under way or as one that failed.
      const { ticket, giveBack } = take(keys)
      try {
        for (const key of keys) if (earlier(key, ticket) >= most(key[0])) throw new Full(key, 1)
        const found = await read(all)
        for (const [at, key] of all.entries()) {
          const { count, msLeft } = found[at] ?? nothing
          if (count > closed) {
            rememberClosed(key, msLeft)
            throw new Full(key, secondsOf(msLeft))
          }
          if (at < open.length) continue
          if (count >= most(key[0])) throw new Full(key, secondsOf(msLeft))
          if (Math.max(count, countedHere(key)) + earlier(key, ticket) >= most(key[0])) throw new Full(key, 1)
        }
      } catch (error) {
        giveBack()
        throw error
      }
      return giveBack
    },
    async add([kind, key]) {
      const { consumedPoints: count } = await limiters[kind].penalty(key)
      if (justAdded.size > 10_000) justAdded.clear()
      justAdded.set(nameOf([kind, key]), { count, until: Date.now() + 5_000 })
      return { count, isLast: count >= most(kind) }
    },
    async spend([kind, key]) {
      const spent = await limiters[kind].consume(key).catch((reason: unknown) => {
        throw reason instanceof RateLimiterRes ? new TooMany(secondsOf(reason.msBeforeNext)) : reason
      })
      if (spent.consumedPoints > most(kind)) throw new TooMany(secondsOf(spent.msBeforeNext))
    },
    async close([kind, key], seconds) {
      await limiters[kind].block(key, seconds)
      rememberClosed([kind, key], seconds * 1_000)
    },
    async wait(key) {
      const [{ count, msLeft } = nothing] = await read([key])
      return count > closed ? secondsOf(msLeft) : 0
    },
    async forget(...keys) {
      for (const key of keys) {
        closedUntil.delete(nameOf(key))
        justAdded.delete(nameOf(key))
      }
      await Promise.all(keys.map(([kind, key]) => limiters[kind].delete(key)))
    },
    forgetClosed() {
      closedUntil.clear()
      justAdded.clear()
    },
  }
}

const nothing = { count: 0, msLeft: 0 }

/** As the library writes it. */
const nameOf = ([kind, key]: Key) => `${kind}:${key}`

function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}

/**
 * The pool as the limiters see it. After a failure the next question is asked a second later: until then nobody waits
 * for a store that does not answer.
 */
function breakable(pool: pg.Pool, log: Logger) {
  let brokenUntil = 0
  return {
    isBroken: () => performance.now() < brokenUntil,
    async query<Row extends pg.QueryResultRow>(question: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
      if (performance.now() < brokenUntil) throw new Error('the counters are out of reach')
      try {
        return await pool.query<Row>(question)
      } catch (error) {
        if (performance.now() >= brokenUntil)
          log.warn({ err: error }, 'tries are counted in memory: the counters are out of reach')
        brokenUntil = performance.now() + 1_000
        throw error
      }
    },
  }
}
