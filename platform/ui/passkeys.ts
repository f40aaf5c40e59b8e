/** Passkeys as the browser itself offers them: it reads and writes the JSON of WebAuthn level 3 without a library. */
/** What the server asks of the browser; the server's library made it and checks the answer. */
export type PasskeyOptions = Record<string, unknown>
export type PasskeyAnswer = { id: string; type: 'public-key'; [part: string]: unknown }

/**
 * - `cancelled` the person closed the browser's window, or let it run out: nothing to say
 * - `known`     this device or manager already holds a passkey of this account
 * - `unfit`     it cannot check who holds it (no PIN, finger or face)
 * - `failed`    anything else
 */
export type PasskeyProblem = 'cancelled' | 'known' | 'unfit' | 'failed'

export class PasskeyError extends Error {
  readonly problem: PasskeyProblem

  constructor(problem: PasskeyProblem, cause: unknown) {
    super(`The browser made no passkey answer: ${problem}`, { cause })
    this.name = 'PasskeyError'
    this.problem = problem
  }
}

/** Browsers keep passkeys for a host with a name, over TLS or on this very machine. */
export function passkeysWork({ hostname }: Pick<Location, 'hostname'> = location): boolean {
  return (
    isSecureContext &&
    !isIpAddress(hostname) &&
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  )
}

export function isIpAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname)
}

/** Whether passkeys may be offered among the addresses that the browser fills in. */
export async function passkeysAutofill(): Promise<boolean> {
  if (!passkeysWork()) return false
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false
}

export async function makePasskey(options: PasskeyOptions): Promise<PasskeyAnswer> {
  return asked(() =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
        options as unknown as PublicKeyCredentialCreationOptionsJSON, // the server's library made them
      ),
    }),
  )
}

type Showing = { signal?: AbortSignal; mediation?: CredentialMediationRequirement }

/** @param showing `mediation: 'conditional'` waits, without a window, until one is chosen among what the browser fills in */
export async function showPasskey(options: PasskeyOptions, showing: Showing = {}): Promise<PasskeyAnswer> {
  return asked(() =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
        options as unknown as PublicKeyCredentialRequestOptionsJSON, // the server's library made them
      ),
      ...showing,
    }),
  )
}

/** @throws {PasskeyError} */
async function asked(ask: () => Promise<Credential | null>): Promise<PasskeyAnswer> {
  try {
    const credential = await ask()
    if (!(credential instanceof PublicKeyCredential)) throw new DOMException('', 'NotAllowedError')
    // Its shape is WebAuthn's, which the type only outlines.
    return { ...credential.toJSON(), type: 'public-key' }
  } catch (reason) {
    throw new PasskeyError(problemOf(reason), reason)
  }
}

const problems: Readonly<Record<string, PasskeyProblem>> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'known',
  ConstraintError: 'unfit',
  NotSupportedError: 'unfit',
}

export function problemOf(reason: unknown): PasskeyProblem {
  return (reason instanceof DOMException && problems[reason.name]) || 'failed'
}
