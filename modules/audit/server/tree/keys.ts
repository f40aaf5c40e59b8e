/** Ed25519 keys in the writing of C2SP signed-note: verifier keys to hand out, and Go's writing of private ones. */
import {
  createPrivateKey,
  createPublicKey,
  hash,
  randomBytes,
  sign as signBytes,
  verify as verifyBytes,
  type KeyObject,
} from 'node:crypto'
import { fromBase64 } from './base64.ts'

/** The assigned signature types that we speak: a note's own signature, and a witness' timestamped cosignature. */
export const signatureTypes = { note: 0x01, cosignature: 0x04 } as const
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes]

/** A public key under its name: `text` is `name+id+base64(type ‖ key)`. */
export type Vkey = {
  name: string
  id: string
  type: SignatureType
  publicKey: Buffer
  key: KeyObject
  text: string
}

export type Signer = { vkey: Vkey; sign(message: Uint8Array): Buffer }

/** @throws {KeyError} a sentence */
export class KeyError extends Error {
  override name = 'KeyError'
}

/** Key names hold no Unicode space and no plus (C2SP signed-note, "Format"). */
export const isKeyName = (name: string): boolean => name !== '' && !/[\p{White_Space}\p{Cc}+]/u.test(name)

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key), its first four bytes in hex (C2SP signed-note, "Signatures"). */
export const keyIdOf = (name: string, type: SignatureType, publicKey: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]), 'hex').slice(0, 8)

/** @param publicKey 32 bytes (RFC 8032) */
export function vkeyOf(name: string, type: SignatureType, publicKey: Buffer): Vkey {
  if (!isKeyName(name)) throw new KeyError(`"${name}" is no name for a key`)
  if (publicKey.length !== 32) throw new KeyError('an Ed25519 key has 32 bytes')
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' })
  const id = keyIdOf(name, type, publicKey)
  const text = `${name}+${id}+${Buffer.concat([Buffer.of(type), publicKey]).toString('base64')}`
  return { name, id, type, publicKey, key, text }
}

/** @throws {KeyError} a sentence */
export function parseVkey(text: string): Vkey {
  const { name, id, type, bytes } = parts('vkey', text.trim())
  const vkey = vkeyOf(name, type, bytes)
  if (vkey.id !== id) throw new KeyError(`the id of the key "${name}" is ${vkey.id}, not ${id}`)
  return vkey
}

export const formatVkey = (vkey: Vkey): string => vkey.text

export const verifies = (vkey: Vkey, message: Uint8Array, signature: Uint8Array): boolean =>
  signature.length === 64 && verifyBytes(null, message, vkey.key, signature)

/** A new key pair. @returns skey: `PRIVATE+KEY+name+id+base64(type ‖ seed)`, to be kept by its one reader */
export function generateKey(
  name: string,
  type: SignatureType = signatureTypes.note,
): { skey: string; signer: Signer } {
  const seed = randomBytes(32)
  const signer = signerOf(name, type, seed)
  return {
    skey: `${privateMark}${name}+${signer.vkey.id}+${Buffer.concat([Buffer.of(type), seed]).toString('base64')}`,
    signer,
  }
}

/** @throws {KeyError} a sentence that holds nothing of the key */
export function parseSkey(text: string): Signer {
  const line = text.trim()
  if (!line.startsWith(privateMark)) throw new KeyError(`a signing key begins with ${privateMark}`)
  const { name, id, type, bytes } = parts('signing key', line.slice(privateMark.length))
  if (bytes.length !== 32) throw new KeyError('an Ed25519 seed has 32 bytes')
  const signer = signerOf(name, type, bytes)
  if (signer.vkey.id !== id)
    throw new KeyError(`the id of the signing key "${name}" is ${signer.vkey.id}, not ${id}`)
  return signer
}

function signerOf(name: string, type: SignatureType, seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    vkey: vkeyOf(name, type, spki.subarray(spkiPrefix.length)),
    sign: (message) => signBytes(null, message, key),
  }
}

function parts(what: string, text: string): { name: string; id: string; type: SignatureType; bytes: Buffer } {
  // Base64 may hold a plus of its own, the name and the id do not.
  const [, name, id, base64] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  const bytes = base64 === undefined ? undefined : fromBase64(base64)
  if (name === undefined || id === undefined || !bytes) throw new KeyError(`this is no ${what}`)
  const type = Object.values(signatureTypes).find((one) => one === bytes[0])
  if (type === undefined) throw new KeyError(`a ${what} of an unknown type`)
  return { name, id, type, bytes: bytes.subarray(1) }
}

const privateMark = 'PRIVATE+KEY+'
// RFC 8410: what stands in DER before the 32 bytes of a public key and of a seed.
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
