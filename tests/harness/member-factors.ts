/** What an authenticator does, for members: takes a secret, and shows the code of a moment. */
import { codeOfStep } from '../../modules/identity/server/factors/totp.ts'
import { Secret } from 'otpauth'

/** @param later so many codes after the present one: each is good once */
export function codeFrom(secret: string, now = new Date(), later = 0): string {
  const step = Math.floor(now.getTime() / 30_000) + later
  return codeOfStep(new Uint8Array(Secret.fromBase32(secret).buffer), step)
}
