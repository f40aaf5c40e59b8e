import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Logger } from '#platform/server/log.ts'
import { TooMany } from '#platform/server/requests.ts'
import * as limits from './limits.ts'

/** One kind of count, by key. While the store is out of reach a count in memory holds, at half the limit. */
export type Counter = {
  /** Counts one try. @throws {TooMany} when the key is closed, or so many are under way already that this one is too much */
  take(key: string): Promise<Count>
  /** Gives a try back. */
  give(key: string): Promise<void>
  /** Counts one, whatever the limit. */
  add(key: string): Promise<Count>
  /** Nobody may try for so many seconds, whatever was counted. */
  close(key: string, seconds: number): Promise<void>
  /** Seconds a closed key still waits; 0 when it is open. */
  wait(key: string): Promise<number>
  forget(key: string): Promise<void>
}

/** How many there are, and whether the limit is reached: a failure now closes the key. */
export type Count = { count: number; isLast: boolean }

export type Counters = Record<
  | 'account'
  | 'factor'
  | 'device'
  | 'address'
  | 'site'
  | 'pair'
  | 'delay'
  | 'everybody'
  | 'mailToAccount'
  | 'mailFromAddress'
  | 'mailFromSite'
  | 'alert',
  Counter
> & {
  /** Closed keys are kept in memory too, so that a blocked network costs no query; this forgets them. */
  forgetClosed(): void
}

/** How long a key with too many tries under way refuses more of them unasked. */
const fullForMs = 250

/** More than anybody counts to: what a closed key holds. */
const closed = 1_000_000

/**
 * Tries are counted by connections of their own, outside the request's transaction: a refusal rolls that back and must
 * still count, and a try must not wait for a connection its own request holds.
 */
export function openCounters(pool: pg.Pool, log: Logger): Counters {
  const store = breakable(pool, log)
  const limiters: RateLimiterPostgres[] = []

  function counter(name: string, limit: number, seconds: number): Counter {
    const common = { keyPrefix: name, points: closed, duration: seconds }
    const limiter = new RateLimiterPostgres({
      ...common,
      storeClient: store,
      storeType: 'pool',
      tableName: 'attempt_counters',
      tableCreated: true,
      clearExpiredByTimeout: false,
      inMemoryBlockOnConsumed: closed + 1,
      insuranceLimiter: new RateLimiterMemory(common),
    })
    limiters.push(limiter)
    const most = () => (store.isBroken() ? Math.ceil(limit / 2) : limit)
    const full = new Map<string, number>()
    const countOf = ({ consumedPoints: count }: RateLimiterRes) => ({ count, isLast: count >= most() })
    return {
      async take(key) {
        const until = full.get(key) ?? 0
        if (until > performance.now()) throw new TooMany(1)
        const taken = await limiter.consume(key).catch((reason: unknown) => {
          throw reason instanceof RateLimiterRes ? new TooMany(secondsOf(reason)) : reason
        })
        if (taken.consumedPoints <= most()) return countOf(taken)
        // What is refused unheard was no guess. Those that come with it are not even counted: a flood that waits for
        // its first guesses to be heard must not keep the store busy.
        if (full.size > 10_000) full.clear()
        full.set(key, performance.now() + fullForMs)
        await limiter.reward(key)
        throw new TooMany(secondsOf(taken))
      },
      give: async (key) => void (await limiter.reward(key)),
      add: async (key) => countOf(await limiter.penalty(key)),
      close: async (key, forSeconds) => void (await limiter.block(key, forSeconds)),
      async wait(key) {
        const found = await limiter.get(key)
        return found && found.consumedPoints > closed ? secondsOf(found) : 0
      },
      forget: async (key) => void (await limiter.delete(key)),
    }
  }

  return {
    account: counter('account', limits.perAccount, limits.window),
    factor: counter('factor', limits.perFactor, limits.window),
    device: counter('device', limits.perDevice, limits.window),
    address: counter('address', limits.perAddress, limits.window),
    site: counter('site', limits.perSite, limits.window),
    pair: counter('pair', limits.freeOfDelay, limits.window),
    delay: counter('delay', 1, limits.window),
    everybody: counter('everybody', limits.perMinute, 60),
    mailToAccount: counter('mail-account', limits.mailsPerAccount, limits.mailWindow),
    mailFromAddress: counter('mail-address', limits.mailsPerAddress, limits.mailWindow),
    mailFromSite: counter('mail-site', limits.mailsPerSite, limits.mailWindow),
    alert: counter('alert', 1, 60 * 60),
    forgetClosed: () => limiters.forEach((limiter) => limiter.deleteInMemoryBlockedAll()),
  }
}

function secondsOf(found: RateLimiterRes): number {
  return Math.max(1, Math.ceil(found.msBeforeNext / 1000))
}

/**
 * The pool as the limiters see it. After a failure the next question is asked a second later: until then nobody waits
 * for a store that does not answer.
 */
function breakable(pool: pg.Pool, log: Logger) {
  let brokenUntil = 0
  return {
    isBroken: () => performance.now() < brokenUntil,
    async query(question: pg.QueryConfig) {
      if (performance.now() < brokenUntil) throw new Error('the counters are out of reach')
      try {
        return await pool.query(question)
      } catch (error) {
        if (performance.now() >= brokenUntil)
          log.warn({ err: error }, 'tries are counted in memory: the counters are out of reach')
        brokenUntil = performance.now() + 1_000
        throw error
      }
    },
  }
}
