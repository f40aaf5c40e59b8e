/**
 * Passkeys (WebAuthn level 3), whoever's they are: what browsers are asked, and whether what they answer is true. The
 * person is always verified (PIN, finger, face), so that a passkey is two factors in one.
 */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import type { Challenge } from './challenges.ts'
import { isPublicKey } from './public-keys.ts'

/** Whom passkeys are made for: a host (`id`), and the one origin that may ask for them. */
export type RelyingParty = { name: string; id: string; origin: string }

/** What is kept of a passkey. */
export type KeptPasskey = { credentialId: Buffer; publicKey: Buffer; signCount: number; transports: string[] }

export type NewPasskey = KeptPasskey & { backedUp: boolean; challenge: Challenge }

/** A true answer. Whether its challenge was answered before, or its count went back, is for the caller to see. */
export type Answer = { challenge: Challenge; signCount: number; backedUp: boolean }

/** What a browser sent, its shape unchecked: the library reads it, and whatever it stumbles over is no answer. */
export type Response = Record<string, unknown> & { id: string }

type OpenChallenge = (text: string) => Challenge | null

// EdDSA, ES256 and RS256: what authenticators speak (COSE's numbers).
const algorithms = [-8, -7, -257]
const timeout = 5 * 60_000
const knownTransports = ['usb', 'nfc', 'ble', 'hybrid', 'internal', 'smart-card', 'cable']
/** WebAuthn section 5.8.3: a credential's id has 1023 bytes at most. */
const longestId = 1023

export function relyingPartyAt(url: URL): RelyingParty {
  return { name: 'MaGestionPsy', id: url.hostname, origin: url.origin }
}

/** For `navigator.credentials.create`. `exclude`: those the person has, so that no authenticator makes a second one. */
export async function askForNewPasskey(
  party: RelyingParty,
  about: {
    challenge: Buffer
    person: { id: string; email: string; name: string }
    exclude: readonly KeptPasskey[]
  },
): Promise<Record<string, unknown>> {
  const { challenge, person, exclude } = about
  return {
    ...(await generateRegistrationOptions({
      rpName: party.name,
      rpID: party.id,
      challenge: new Uint8Array(challenge),
      userID: new Uint8Array(handleOf(person.id)),
      userName: person.email,
      userDisplayName: person.name,
      attestationType: 'none',
      supportedAlgorithmIDs: algorithms,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: exclude.map(described),
      timeout,
    })),
  }
}

/** For `navigator.credentials.get`. `allow`: the person's passkeys; left out, whoever holds one says who they are. */
export async function askForPasskey(
  party: RelyingParty,
  about: { challenge: Buffer; allow?: readonly KeptPasskey[] },
): Promise<Record<string, unknown>> {
  return {
    ...(await generateAuthenticationOptions({
      rpID: party.id,
      challenge: new Uint8Array(about.challenge),
      userVerification: 'required',
      allowCredentials: (about.allow ?? []).map(described),
      timeout,
    })),
  }
}

/** A passkey the browser made, or null for whatever is not one. */
export async function readNewPasskey(
  party: RelyingParty,
  response: Response,
  open: OpenChallenge,
): Promise<NewPasskey | null> {
  let challenge: Challenge | null = null
  try {
    if (isFramed(response) || isCertified(response)) return null
    const { registrationInfo: made } = await verifyRegistrationResponse({
      response: response as never, // read and checked by the library, within the catch
      expectedChallenge: (text) => (challenge = open(text)) !== null,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!made || !challenge) return null
    const { id, publicKey, counter, transports } = made.credential
    const credentialId = Buffer.from(id, 'base64url')
    if (credentialId.length === 0 || credentialId.length > longestId || id !== response.id) return null
    if (!isPublicKey(publicKey)) return null
    return {
      challenge,
      credentialId,
      publicKey: Buffer.from(publicKey),
      signCount: counter,
      transports: Array.isArray(transports)
        ? knownTransports.filter((known) => transports.includes(known))
        : [],
      backedUp: made.credentialBackedUp,
    }
  } catch {
    return null
  }
}

/** The answer of a passkey, or null for whatever is not one. */
export async function readAnswer(
  party: RelyingParty,
  response: Response,
  passkey: KeptPasskey,
  open: OpenChallenge,
): Promise<Answer | null> {
  let challenge: Challenge | null = null
  try {
    if (isFramed(response)) return null
    const { verified, authenticationInfo: answer } = await verifyAuthenticationResponse({
      response: response as never, // read and checked by the library, within the catch
      expectedChallenge: (text) => (challenge = open(text)) !== null,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId.toString('base64url'),
        publicKey: new Uint8Array(passkey.publicKey),
        // The library looks at the count before the signature; only a true answer's count says anything.
        counter: 0,
      },
    })
    if (!verified || !challenge) return null
    return { challenge, signCount: answer.newCounter, backedUp: answer.credentialBackedUp }
  } catch {
    return null
  }
}

/** An authenticator that counts and did not count on was copied, or somebody plays its answers again. */
export function wentBack(kept: Pick<KeptPasskey, 'signCount'>, answer: Pick<Answer, 'signCount'>): boolean {
  return (kept.signCount > 0 || answer.signCount > 0) && answer.signCount <= kept.signCount
}

/** A credential's id as bytes; null when it cannot be one. */
export function credentialIdOf({ id }: Response): Buffer | null {
  const bytes = Buffer.from(id, 'base64url')
  return bytes.length > 0 && bytes.length <= longestId && bytes.toString('base64url') === id ? bytes : null
}

/** Whom an answer says its holder is: the sixteen bytes the passkey was made with, as a person's id. Null: it does not. */
export function holderOf(response: Response): string | null {
  const { userHandle } = (response.response ?? {}) as { userHandle?: unknown }
  if (typeof userHandle !== 'string') return null
  const hex = Buffer.from(userHandle, 'base64url').toString('hex')
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}

function handleOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function described({ credentialId, transports }: KeptPasskey) {
  return { id: credentialId.toString('base64url'), transports }
}

/** Asked for inside somebody else's page. We never do; the library lets it pass where the browser names no top page. */
function isFramed(response: Response): boolean {
  const { clientDataJSON } = response.response as { clientDataJSON: string }
  const said = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as { crossOrigin?: unknown }
  return said.crossOrigin !== undefined && said.crossOrigin !== false
}

/**
 * Whether a maker's certificates came along, which we ask browsers to leave out (attestation none) and would trust in
 * nothing: what parses and follows them is not reached by whoever sends some all the same.
 */
export function isCertified(response: Response): boolean {
  const { attestationObject } = response.response as { attestationObject: string }
  const made = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
  // Signed by the passkey itself, `packed` brings none; every other format does.
  return made.get('fmt') === 'packed'
    ? made.get('attStmt').get('x5c') !== undefined
    : made.get('fmt') !== 'none'
}
