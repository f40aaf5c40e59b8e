import { passkeyRefused, type Factor } from '#contract/identity'
import { refuse, type Context } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import type { Guard } from './defence/guard.ts'
import { insertSession } from './queries.ts'
import { sessionHours } from './sessions.ts'

declare const shown: unique symbol

/** That somebody showed a second factor: made by `provenBy` alone, where a factor was checked and taken. */
export type Proof = { readonly staffId: string; readonly factor: Factor; readonly [shown]: true }

/** Called where a code was taken or a passkey's answer verified, and nowhere else (a wall counts the callers). */
export function provenBy(factor: Factor, staffId: string): Proof {
  return { staffId, factor } as Proof // the brand exists for the compiler only
}

/** The only way to a session, for whoever holds the proof of a second factor. @returns its id */
export async function openSession(
  ctx: Context,
  guard: Guard,
  { staffId, factor }: Proof,
  email: string,
): Promise<string> {
  const deviceId = await guard.entered(ctx, { staffId, email, factor })
  const now = ctx.clock.now()
  const token = newToken()
  const id = await insertSession(ctx.db, {
    staffId,
    tokenHash: hashOf(token),
    factor,
    deviceId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionHours * 3_600_000),
    ip: ctx.request.ip,
    userAgent: ctx.request.userAgent,
  })
  // What every way in here may answer, whoever is suspended.
  if (id === undefined) throw refuse(passkeyRefused)
  ctx.setCookie('session', token, { maxAgeSeconds: sessionHours * 3600 })
  ctx.setCookie('sign_in', '', { maxAgeSeconds: 0 })
  return id
}
