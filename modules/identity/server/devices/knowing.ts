/**
 * A browser somebody signed in from is known again by a cookie of its own, for a year. It opens nothing and skips no
 * factor; its tries are only counted apart, so that an attacker elsewhere cannot lock the right person out.
 */
import type { CentralDb } from '#platform/server/db.ts'
import type { Context, RequestFacts } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { deviceOf, seeDevice, type Device } from './queries.ts'

const yearInSeconds = 365 * 24 * 3600

/** @param whose null: anybody's, where a passkey has not yet said who comes */
export async function knownDevice(
  db: CentralDb,
  { cookies }: RequestFacts,
  whose: { staffId: string } | { email: string } | null,
): Promise<Device | null> {
  const token = cookies['device']
  return token ? ((await deviceOf(db, hashOf(token), whose)) ?? null) : null
}

/** Makes the asking browser known to somebody who just signed in. */
export async function makeKnown(ctx: Context, staffId: string): Promise<{ id: string; isNew: boolean }> {
  // Only a token that came from here is kept, another person's on a shared computer say: one that somebody planted
  // would be known to whoever planted it.
  const token = (await knownDevice(ctx.db, ctx.request, null)) ? ctx.request.cookies['device'] : undefined
  const kept = token ?? newToken()
  ctx.setCookie('device', kept, { maxAgeSeconds: yearInSeconds })
  return seeDevice(ctx.db, {
    staffId,
    tokenHash: hashOf(kept),
    userAgent: ctx.request.userAgent,
    now: ctx.clock.now(),
  })
}
