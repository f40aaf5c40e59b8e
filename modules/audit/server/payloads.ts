import { hash, randomBytes } from 'node:crypto'
import type { Vault } from '#platform/server/vault.ts'
import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'

/** What is about people and may be erased: kept apart from the leaf, which only commits to it. */
export type Payload = {
  before?: unknown
  after?: unknown
  ip?: string | undefined
  userAgent?: string | undefined
  requestId?: string | undefined
  /** Of whoever stands in for a member: where in the app they were. */
  page?: string | undefined
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

const Told = z.looseObject({
  ip: z.string().optional(),
  userAgent: z.string().optional(),
  requestId: z.string().optional(),
  page: z.string().optional(),
})

/** `damaged`: something stands there, and it is not what was written with the entry. */
export type Opened = { payload?: Payload; salted?: Buffer; damaged: boolean }

/**
 * A payload for whoever reads the log: one that cannot be opened must not hide its entry, nor the others beside it.
 * @param commitment what the leaf says of it, where that is known: null, it commits to none
 */
export function tryPayload(
  vault: Vault,
  { id, sealed, commitment }: { id: string; sealed: Uint8Array | null; commitment?: string | null },
): Opened {
  if (!sealed) return { damaged: false }
  try {
    const { payload, salted } = openPayload(vault, id, sealed)
    const told: Payload = Told.parse(payload)
    if (commitment !== undefined && commitment !== commitmentOf(salted)) return { damaged: true }
    return { payload: told, salted, damaged: false }
  } catch {
    return { damaged: true }
  }
}

/** What the leaf says of a payload: SHA-256 in hex. Without the salt nobody finds the payload by guessing. */
export const commitmentOf = (salted: Uint8Array): string => hash('sha256', salted, 'hex')

/** An address can be looked for by whoever holds the key, and by nobody read. */
export const ipIndexOf = (vault: Vault, ip: string): Buffer =>
  vault.mac(Buffer.from(ip), 'audit.ip').subarray(0, 16)

const placeOf = (entryId: string) => `audit_payloads.sealed:${entryId}`
