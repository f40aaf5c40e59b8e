import { Secret, TOTP } from 'otpauth'
import { toString as toQrCode } from 'qrcode'

export const stepSeconds = 30

/** 160 bits, as RFC 4226 section 4 recommends. */
export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: 20 }).bytes)
}

function totpOf(secret: Uint8Array, label = 'staff'): TOTP {
  return new TOTP({
    issuer: 'MaGestionPsy',
    label,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    period: stepSeconds,
  })
}

/** What authenticators scan, or accept typed: the secret in base32, `otpauth://totp/…`, and that as a picture. */
export async function authenticatorToScan(
  secret: Uint8Array,
  email: string,
): Promise<{ secret: string; uri: string; qrCode: string }> {
  const totp = totpOf(secret, email)
  const uri = totp.toString()
  const svg = await toQrCode(uri, { type: 'svg', margin: 2 })
  return { secret: totp.secret.base32, uri, qrCode: `data:image/svg+xml;utf8,${encodeURIComponent(svg)}` }
}

/** The 30 s step (counted since 1970) whose code this is, one step of clock drift allowed either way (RFC 6238 5.2); null when wrong. */
export function stepOfCode(secret: Uint8Array, code: string, now: Date): number | null {
  const drift = totpOf(secret).validate({
    token: code.replaceAll(/\s/g, ''),
    timestamp: now.getTime(),
    window: 1,
  })
  return drift === null ? null : Math.floor(now.getTime() / 1000 / stepSeconds) + drift
}

/** The code of a step. */
export function codeOfStep(secret: Uint8Array, step: number): string {
  return totpOf(secret).generate({ timestamp: step * stepSeconds * 1000 })
}
