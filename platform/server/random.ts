import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as base64url: what a cookie or a link holds. Only its hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 of a token. No salt and no stretching: 256 random bits need neither. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
