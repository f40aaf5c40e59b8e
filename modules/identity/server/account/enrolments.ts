/**
 * A new authenticator's secret on its way through the browser and back: nonce (16) ‖ expiry (8, ms) ‖ secret, sealed for
 * one session. Nothing is stored until its first code comes back, and then it was used.
 */
import { randomBytes } from 'node:crypto'
import type { Vault } from '#platform/server/vault.ts'
import type { Challenge } from '../factors/challenges.ts'

const minutes = 15

export function sealEnrolment(vault: Vault, secret: Buffer, sessionId: string, now: Date): string {
  const head = Buffer.alloc(24)
  randomBytes(16).copy(head)
  head.writeBigUInt64BE(BigInt(now.getTime() + minutes * 60_000), 16)
  return vault.seal(Buffer.concat([head, secret]), placeOf(sessionId)).toString('base64url')
}

/** Null when it is not ours, another session's, or too old. */
export function openEnrolment(
  vault: Vault,
  text: string,
  sessionId: string,
  now: Date,
): (Challenge & { secret: Buffer }) | null {
  const bytes = opened(vault, Buffer.from(text, 'base64url'), sessionId)
  if (!bytes) return null
  const expiresAt = new Date(Number(bytes.readBigUInt64BE(16)))
  return expiresAt > now ? { nonce: bytes.subarray(0, 16), expiresAt, secret: bytes.subarray(24) } : null
}

function opened(vault: Vault, sealed: Buffer, sessionId: string): Buffer | null {
  try {
    return vault.open(sealed, placeOf(sessionId))
  } catch {
    return null
  }
}

function placeOf(sessionId: string): string {
  return `authenticator enrolment:${sessionId}`
}
