/**
 * An authenticator in software: makes passkeys and answers with them as browsers do (WebAuthn level 3, ES256, no
 * attestation), and lies where a test wants it to.
 */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** What it can be made to do wrong, or otherwise. */
export type Twist = Partial<{
  origin: string
  rpId: string
  challenge: string
  type: string
  crossOrigin: boolean
  userVerified: boolean
  userPresent: boolean
  signCount: number
  userHandle: string | null
  /** Another attestation than none, in CBOR: `[format, statement]`. */
  attestation: [string, Buffer]
  /** Signs with a key of somebody else. */
  forged: boolean
}>

export type PasskeyOptions = Record<string, unknown>
export type PasskeyResponse = { id: string; type: 'public-key'; [part: string]: unknown }

export type Authenticator = {
  /** Answers `navigator.credentials.create`. */
  make(options: PasskeyOptions, twist?: Twist): PasskeyResponse
  /** Answers `navigator.credentials.get`, with the passkey it made last. */
  answer(options: PasskeyOptions, twist?: Twist): PasskeyResponse
}

type Kept = { id: Buffer; privateKey: KeyObject; userHandle: string }

/** @param on `counts`: whether it counts its uses, as security keys do and password managers do not */
export function openAuthenticator(on: { origin?: string; counts?: boolean } = {}): Authenticator {
  const origin = on.origin ?? 'http://localhost:3000'
  let kept: Kept | undefined
  let uses = 0

  const clientData = (type: string, options: PasskeyOptions, twist: Twist) =>
    Buffer.from(
      JSON.stringify({
        type: twist.type ?? type,
        challenge: twist.challenge ?? options.challenge,
        origin: twist.origin ?? origin,
        crossOrigin: twist.crossOrigin ?? false,
      }),
    )

  /** WebAuthn section 6.1: hash of the host, flags, count, and what a new credential adds. */
  function authenticatorData(rpId: string, twist: Twist, attested = Buffer.alloc(0)): Buffer {
    const flags =
      ((twist.userPresent ?? true) ? 0x01 : 0) |
      ((twist.userVerified ?? true) ? 0x04 : 0) |
      // Kept by a password manager, which does not count: eligible for backup, and backed up.
      (on.counts ? 0 : 0x18) |
      (attested.length > 0 ? 0x40 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(twist.signCount ?? (on.counts ? ++uses : 0))
    return Buffer.concat([sha256(twist.rpId ?? rpId), Buffer.of(flags), count, attested])
  }

  return {
    make(options, twist = {}) {
      const { rp, user } = options as { rp: { id: string }; user: { id: string } }
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const id = randomBytes(32)
      kept = { id, privateKey, userHandle: user.id }
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      // COSE: an elliptic curve key (1: 2) for ES256 (3: -7) on P-256 (-1: 1), x and y.
      const key = map(
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      )
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, key])
      const [format, statement] = twist.attestation ?? ['none', map()]
      const attestationObject = map(
        ['fmt', format],
        ['attStmt', { written: statement }],
        ['authData', authenticatorData(rp.id, twist, attested)],
      )
      return credential(id, {
        clientDataJSON: clientData('webauthn.create', options, twist).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal', 'hybrid'],
      })
    },

    answer(options, twist = {}) {
      if (!kept) throw new Error('this authenticator made no passkey yet')
      const data = authenticatorData(String(options.rpId), twist)
      const client = clientData('webauthn.get', options, twist)
      const { privateKey } = twist.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : kept
      return credential(kept.id, {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, sha256(client)]), privateKey).toString('base64url'),
        userHandle: twist.userHandle === undefined ? kept.userHandle : twist.userHandle,
      })
    },
  }
}

function credential(id: Buffer, response: Record<string, unknown>): PasskeyResponse {
  const name = id.toString('base64url')
  return { id: name, rawId: name, type: 'public-key', clientExtensionResults: {}, response }
}

function sha256(bytes: Buffer | string): Buffer {
  return createHash('sha256').update(bytes).digest()
}

type Cbor = number | string | Buffer | { written: Buffer }

/** As much CBOR (RFC 8949) as authenticators write: small maps of integers, short texts, bytes, and what was written before. */
function map(...entries: [number | string, Cbor][]): Buffer {
  return Buffer.concat([
    head(5, entries.length),
    ...entries.flatMap(([key, value]) => [cbor(key), cbor(value)]),
  ])
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)])
  return Buffer.isBuffer(value) ? Buffer.concat([head(2, value.length), value]) : value.written
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.of((major << 5) | count)
  return count < 256
    ? Buffer.of((major << 5) | 24, count)
    : Buffer.of((major << 5) | 25, count >> 8, count & 255)
}
