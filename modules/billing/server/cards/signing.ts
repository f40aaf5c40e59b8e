/** Signed calls as standardwebhooks.com has them: HMAC-SHA-256 over id, time and the very bytes. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export type SignedCall = { id: string; timestamp: string; signature: string; body: Uint8Array }
/** Seconds by which clocks may differ, and a call be late. */
const tolerance = 300

/** @param secret the bytes both sides share. @returns `v1,` and base64 */
export function signatureOf(secret: Uint8Array, call: Omit<SignedCall, 'signature'>): string {
  const mac = createHmac('sha256', secret).update(`${call.id}.${call.timestamp}.`).update(call.body)
  return `v1,${mac.digest('base64')}`
}

/** `stale`: signed well, and too long ago or too far ahead: somebody says again what was said once. */
export function verdictOn(call: SignedCall, secret: Uint8Array, now: Date): 'genuine' | 'forged' | 'stale' {
  const expected = Buffer.from(signatureOf(secret, call))
  // A provider that changes its secret signs with both for a while.
  const isSigned = call.signature
    .split(' ')
    .slice(0, 8)
    .map((one) => Buffer.from(one))
    .some((one) => one.length === expected.length && timingSafeEqual(one, expected))
  if (!isSigned || !/^\d{1,12}$/.test(call.timestamp)) return 'forged'
  return Math.abs(now.getTime() / 1_000 - Number(call.timestamp)) <= tolerance ? 'genuine' : 'stale'
}
