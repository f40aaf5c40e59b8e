/** Which second factors somebody can show, and what a browser needs to show a passkey. */
import type { Factor } from '#contract/identity'
import type { Parts } from '../parts.ts'
import { newChallenge } from './challenges.ts'
import { askForPasskey, relyingPartyAt, type KeptPasskey } from './passkeys.ts'

/** What challenges are bound to. */
export const boundTo = {
  signIn: 'sign-in by a passkey alone',
  secondStep: (tokenHash: Buffer) => `second step ${tokenHash.toString('base64url')}`,
  stepUp: (sessionId: string) => `step-up ${sessionId}`,
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
  { vault, backofficeUrl }: Pick<Parts, 'vault' | 'backofficeUrl'>,
  passkeys: readonly KeptPasskey[],
  bound: string,
  now: Date,
): Promise<Record<string, unknown> | null> {
  if (passkeys.length === 0) return null
  const challenge = newChallenge(vault, bound, now)
  return askForPasskey(relyingPartyAt(backofficeUrl), { challenge, allow: passkeys })
}
