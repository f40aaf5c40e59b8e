import { hash, randomBytes } from 'node:crypto'
import type { Vault } from '#platform/server/vault.ts'
import { canonicalJson } from './canonical-json.ts'

/** What is about people and may be erased: kept apart from the leaf, which only commits to it. */
export type Payload = {
  before?: unknown
  after?: unknown
  ip?: string | undefined
  userAgent?: string | undefined
  requestId?: string | undefined
}

const saltBytes = 32

/**
 * Seals a payload for its entry.
 * @returns `sealed` for audit_payloads, `commitment`: SHA-256(salt ‖ JSON) in hex, for the leaf; `ipIndex`: 16 bytes
 */
export function sealPayload(
  vault: Vault,
  entryId: string,
  payload: Payload,
): { sealed: Buffer; commitment: string; ipIndex: Buffer | null } {
  const salted = Buffer.concat([randomBytes(saltBytes), Buffer.from(canonicalJson(payload))])
  return {
    sealed: vault.seal(salted, placeOf(entryId)),
    commitment: commitmentOf(salted),
    ipIndex: payload.ip === undefined ? null : ipIndexOf(vault, payload.ip),
  }
}

/** @throws when the bytes were changed, or belong to another entry */
export function openPayload(
  vault: Vault,
  entryId: string,
  sealed: Uint8Array,
): { payload: Payload; salted: Buffer } {
  // Written before payloads were sealed: the migration had no key.
  const salted = sealed[0] === 0 ? Buffer.from(sealed.subarray(1)) : vault.open(sealed, placeOf(entryId))
  // Written by sealPayload or by the migration, which keep the shape.
  return { payload: JSON.parse(salted.toString('utf8', saltBytes)) as Payload, salted }
}

/** What the leaf says of a payload: SHA-256 in hex. Without the salt nobody finds the payload by guessing. */
export const commitmentOf = (salted: Uint8Array): string => hash('sha256', salted, 'hex')

/** An address can be looked for by whoever holds the key, and by nobody read. */
export const ipIndexOf = (vault: Vault, ip: string): Buffer =>
  vault.mac(Buffer.from(ip), 'audit.ip').subarray(0, 16)

const placeOf = (entryId: string) => `audit_payloads.sealed:${entryId}`
