/** Which second factors somebody can show, and what a browser needs to show a passkey. */
import type { Factor } from '#contract/identity'
import type { Vault } from '#platform/server/vault.ts'
import { newChallenge } from './challenges.ts'
import { askForNewPasskey, askForPasskey, type KeptPasskey, type RelyingParty } from './passkeys.ts'

/** What challenges are bound to. */
export const boundTo = {
  signIn: 'sign-in by a passkey alone',
  secondStep: (tokenHash: Buffer) => `second step ${tokenHash.toString('base64url')}`,
  stepUp: (sessionId: string) => `step-up ${sessionId}`,
  memberSignIn: 'sign-in of a member by a passkey alone',
  firstPasskey: (tokenHash: Buffer) => `first passkey ${tokenHash.toString('base64url')}`,
  anotherPasskey: (sessionId: string) => `another passkey ${sessionId}`,
}

export function methodsOf(held: {
  authenticator: unknown
  passkeys: readonly unknown[]
  codesLeft: number
}): Factor[] {
  return [
    ...(held.authenticator ? (['totp'] as const) : []),
    ...(held.passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(held.codesLeft > 0 ? (['recovery_code'] as const) : []),
  ]
}

/** What the browser needs to show one of these passkeys; null when there is none. */
export async function passkeyOptions(
  vault: Vault,
  about: { party: RelyingParty; passkeys: readonly KeptPasskey[]; bound: string; now: Date },
): Promise<Record<string, unknown> | null> {
  const { party, passkeys, bound, now } = about
  if (passkeys.length === 0) return null
  return askForPasskey(party, { challenge: newChallenge(vault, bound, now), allow: passkeys })
}

/** What the browser needs to make a passkey. */
export async function newPasskeyOptions(
  vault: Vault,
  about: {
    party: RelyingParty
    person: { id: string; email: string; name: string }
    exclude: readonly KeptPasskey[]
    bound: string
    now: Date
  },
): Promise<Record<string, unknown>> {
  const { party, person, exclude, bound, now } = about
  return askForNewPasskey(party, { challenge: newChallenge(vault, bound, now), person, exclude })
}
