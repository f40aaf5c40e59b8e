import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Logger } from '#platform/server/log.ts'
import { TooMany } from '#platform/server/requests.ts'
import * as limits from './limits.ts'

/** One kind of count, by key. While the store is out of reach a count in memory holds, at half the limit. */
export type Counter = {
  /** Counts one try. @returns how many there are with it @throws {TooMany} beyond the limit */
  take(key: string): Promise<number>
  /** Gives tries back. */
  give(key: string): Promise<void>
  /** Counts one without a limit. @returns how many there are with it */
  add(key: string): Promise<number>
  /** Seconds until the key may try again; 0 when it may. */
  wait(key: string): Promise<number>
  /** Closes the key for some seconds, whatever was counted. */
  close(key: string, seconds: number): Promise<void>
  forget(key: string): Promise<void>
}

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
  | 'alert',
  Counter
> & {
  /** Closed keys are kept in memory too, so that a blocked network costs no query; this forgets them. */
  forgetClosed(): void
}

/** More than anybody counts to: the key is closed by hand alone. */
const noLimit = 1_000_000

/**
 * Tries are counted by connections of their own, outside the request's transaction: a refusal rolls that back and must
 * still count, and a try must not wait for a connection its own request holds.
 */
export function openCounters(pool: pg.Pool, log: Logger): Counters {
  const store = breakable(pool, log)
  const limiters: RateLimiterPostgres[] = []

  function counter(
    name: string,
    points: number,
    duration: number,
    over: { keepClosed?: boolean } = {},
  ): Counter {
    const limiter = new RateLimiterPostgres({
      storeClient: store,
      storeType: 'pool',
      tableName: 'attempt_counters',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points,
      duration,
      ...(over.keepClosed ? { inMemoryBlockOnConsumed: points + 1 } : {}),
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points: Math.ceil(points / 2), duration }),
    })
    limiters.push(limiter)
    return {
      async take(key) {
        try {
          return (await limiter.consume(key)).consumedPoints
        } catch (reason) {
          if (reason instanceof RateLimiterRes) throw new TooMany(secondsOf(reason))
          throw reason
        }
      },
      give: async (key) => void (await limiter.reward(key)),
      add: async (key) => (await limiter.penalty(key)).consumedPoints,
      async wait(key) {
        const found = await limiter.get(key)
        return found && found.consumedPoints > points ? secondsOf(found) : 0
      },
      close: async (key, seconds) => void (await limiter.block(key, seconds)),
      forget: async (key) => void (await limiter.delete(key)),
    }
  }

  return {
    account: counter('account', limits.perAccount, limits.window),
    factor: counter('factor', limits.perFactor, limits.window),
    device: counter('device', limits.perDevice, limits.window),
    address: counter('address', limits.perAddress, limits.window, { keepClosed: true }),
    site: counter('site', noLimit, limits.window),
    pair: counter('pair', noLimit, limits.window),
    delay: counter('delay', 1, limits.window),
    everybody: counter('everybody', limits.perMinute, 60),
    mailToAccount: counter('mail-account', limits.mailsPerAccount, limits.mailWindow),
    mailFromAddress: counter('mail-address', limits.mailsPerAddress, limits.mailWindow),
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
