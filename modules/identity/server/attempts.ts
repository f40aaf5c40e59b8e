import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { TooMany } from '#platform/server/requests.ts'

const minutes = 15

/** An IPv6 address stands for its /64: one subscriber holds all of it. IPv4-mapped addresses are their IPv4. */
export function addressBucket(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  if (!ip.includes(':')) return ip
  const [head = '', tail] = ip.toLowerCase().split('%')[0]!.split('::') // split gives at least one part
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`
}

export type Attempts = {
  /** Counts one try before it is made. @throws {TooMany} with the seconds to wait */
  password(email: string, ip: string): Promise<void>
  code(staffId: string): Promise<void>
  /** A try that succeeded leaves its account's count at zero. */
  forget(key: { email: string } | { staffId: string }): Promise<void>
}

/**
 * Tries are counted outside the request's transaction: a refusal rolls that back and must still count. With the store
 * down a stricter count in memory holds (facts: security, rule 7).
 */
export function openAttempts(pool: pg.Pool): Attempts {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      tableName: 'attempt_counters',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: minutes * 60,
      insuranceLimiter: new RateLimiterMemory({
        keyPrefix,
        points: Math.ceil(points / 2),
        duration: minutes * 60,
      }),
    })
  const byAccount = limiter('password', 10)
  const byAddress = limiter('address', 100)
  const byCode = limiter('code', 10)

  return {
    async password(email, ip) {
      await count(byAddress, addressBucket(ip))
      await count(byAccount, email.toLowerCase())
    },
    code: (staffId) => count(byCode, staffId),
    async forget(key) {
      if ('email' in key) await byAccount.delete(key.email.toLowerCase())
      else await byCode.delete(key.staffId)
    },
  }
}

async function count(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (reason) {
    if (reason instanceof RateLimiterRes) throw new TooMany(Math.ceil(reason.msBeforeNext / 1000))
    throw reason
  }
}
