import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type pg from 'pg'
import { readAddress } from './addresses.ts'
import type { Logger } from './log.ts'

/** How many there may be, and for how many seconds after the first. */
export type Rate = { most: number; seconds: number }

/** How often somebody does what costs others something. All processes count together. */
export type Rates<Kind extends string> = {
  /**
   * Counts one, by a connection of its own: what is refused has been tried. So it stands before a handler's transaction.
   * @returns seconds until there is room again; 0: there is
   */
  spend(kind: Kind, key: string): Promise<number>
}

/** While the database does not count, each process does by itself. */
export function openRates<Kind extends string>(
  pool: pg.Pool,
  log: Logger,
  rates: Readonly<Record<Kind, Rate>>,
): Rates<Kind> {
  const limiters = new Map(
    Object.entries<Rate>(rates).map(([kind, { most, seconds }]) => {
      const common = { keyPrefix: `rate-${kind}`, points: most, duration: seconds }
      const limiter = new RateLimiterPostgres({
        ...common,
        storeClient: pool,
        storeType: 'pool',
        tableName: 'attempt_counters',
        tableCreated: true,
        clearExpiredByTimeout: false,
        insuranceLimiter: new RateLimiterMemory(common),
      })
      return [kind, limiter]
    }),
  )
  return {
    async spend(kind, key) {
      try {
        await limiters.get(kind)?.consume(key)
        return 0
      } catch (reason) {
        if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1_000))
        // What cannot be counted is let through: it is a courtesy to the others, no lock.
        log.warn({ err: reason, kind }, 'what is done too often is not counted')
        return 0
      }
    },
  }
}

/** What one subscriber holds: an IPv4 address, or the /64 around an IPv6 one. */
export function networkOf(ip: string): string {
  const read = readAddress(ip)
  if (!(read instanceof ipaddr.IPv6)) return read?.toString() ?? 'unknown'
  return read.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')
}
