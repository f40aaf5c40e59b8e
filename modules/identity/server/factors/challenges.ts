/**
 * Challenges nobody stores before they are answered: nonce (16) ‖ expiry (8, ms) ‖ MAC (32). The MAC binds one to what
 * it was made for, so that it answers nothing else; its nonce is written down when it is answered, so that it answers
 * once. Asking for challenges thus costs no row, however often somebody asks.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Vault } from '#platform/server/vault.ts'

export type Challenge = { nonce: Buffer; expiresAt: Date }

const minutes = 5

/** @param boundTo what for, and for whom: `step-up:<session id>` */
export function newChallenge(vault: Vault, boundTo: string, now: Date): Buffer {
  const head = Buffer.alloc(24)
  randomBytes(16).copy(head)
  head.writeBigUInt64BE(BigInt(now.getTime() + minutes * 60_000), 16)
  return Buffer.concat([head, macOf(vault, head, boundTo)])
}

/** The challenge behind what came back, base64url; null when it is not ours, was made for something else, or is too old. */
export function openChallenge(vault: Vault, text: string, boundTo: string, now: Date): Challenge | null {
  const bytes = Buffer.from(text, 'base64url')
  // The text that was given, to the character: what merely decodes to the same bytes is somebody's invention.
  if (bytes.length !== 56 || bytes.toString('base64url') !== text) return null
  const head = bytes.subarray(0, 24)
  if (!timingSafeEqual(bytes.subarray(24), macOf(vault, head, boundTo))) return null
  const expiresAt = new Date(Number(head.readBigUInt64BE(16)))
  return expiresAt > now ? { nonce: head.subarray(0, 16), expiresAt } : null
}

function macOf(vault: Vault, head: Buffer, boundTo: string): Buffer {
  return vault.mac(head, `passkey challenge for ${boundTo}`)
}
