import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { createPublicKey } from 'node:crypto'

/** Bits; NIST SP 800-131A. */
const leastOfRsa = 2048

/**
 * Whether a passkey's public key (COSE, RFC 9052 section 7) is one: whole, on its curve, long enough. Without attestation
 * nothing is signed by it when it is made; a broken one would only be noticed when its holder stands before a closed door.
 */
export function isPublicKey(cose: Uint8Array): boolean {
  try {
    const key = decodeCredentialPublicKey(new Uint8Array(cose)) as unknown as Map<number, unknown> // CBOR's map
    const { modulusLength = leastOfRsa } =
      createPublicKey({ key: jwkOf(key), format: 'jwk' }).asymmetricKeyDetails ?? {}
    return modulusLength >= leastOfRsa
  } catch {
    return false
  }
}

/** Labels of RFC 9053 section 7 (EC2, OKP) and RFC 8230 section 4 (RSA). */
function jwkOf(key: Map<number, unknown>) {
  const part = (label: number) => Buffer.from(key.get(label) as Uint8Array).toString('base64url')
  switch (key.get(1)) {
    case 1:
      return { kty: 'OKP', crv: 'Ed25519', x: part(-2) }
    case 2:
      return { kty: 'EC', crv: 'P-256', x: part(-2), y: part(-3) }
    case 3:
      return { kty: 'RSA', n: part(-1), e: part(-2) }
    default:
      throw new Error('a key of no kind we know')
  }
}
