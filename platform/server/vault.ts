import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Seals small secrets with AES-256-GCM under a key derived from the master key (decision 15). What is sealed is bound
 * to its place (`staff_second_factors.secret_sealed:<id>`): moved to another row or column it does not open.
 */
export type Vault = {
  /** @returns version (1 byte) ‖ nonce (12) ‖ tag (16) ‖ ciphertext */
  seal(secret: Uint8Array, place: string): Buffer
  /** @throws when the bytes were changed, moved, or sealed under another key */
  open(sealed: Uint8Array, place: string): Buffer
  /** Proves later that these bytes came from here, for this purpose: HMAC-SHA-256 (32 bytes) under a key of its own. */
  mac(bytes: Uint8Array, purpose: string): Buffer
}

export function vaultOf(masterKey: Uint8Array): Vault {
  if (masterKey.length !== 32) throw new Error('the master key must be 32 bytes')
  const derived = (use: string) => new Uint8Array(hkdfSync('sha256', masterKey, '', use, 32))
  const key = derived('magestionpsy vault 1')
  const macKey = derived('magestionpsy mac 1')
  return {
    seal(secret, place) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(secret), cipher.final()])
      return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body])
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== 1) throw new Error('sealed by an unknown version')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(13, 29))
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()])
    },
    mac(bytes, purpose) {
      // A digest has one length, whatever the purpose says: no two pairs read the same.
      const about = createHash('sha256').update(purpose).digest()
      return createHmac('sha256', macKey).update(about).update(bytes).digest()
    },
  }
}
