import { getPasskeySignIn, signInWithPasskey } from '#contract/identity'
import { handle, type Handler } from '#platform/server/requests.ts'
import { newChallenge } from './factors/challenges.ts'
import { askForPasskey, relyingPartyAt } from './factors/passkeys.ts'
import { boundTo } from './factors/offering.ts'
import { checkPasskeyAlone, takeFactor } from './factors/showing.ts'
import type { Parts } from './parts.ts'
import { enter } from './signing-in.ts'

/** Without e-mail address or password: the passkey knows whose it is, and its holder was verified. */
export function signingInByPasskey(parts: Parts): Handler[] {
  return [
    handle(getPasskeySignIn, async (ctx) => ({
      passkey: await askForPasskey(relyingPartyAt(parts.backofficeUrl), {
        challenge: newChallenge(parts.vault, boundTo.signIn, ctx.clock.now()),
      }),
    })),

    handle(
      signInWithPasskey,
      (ctx, { body }) => checkPasskeyAlone(parts, ctx, body.response),
      async (ctx, _input, { checked, person }) =>
        enter(parts, ctx, await takeFactor(parts, ctx, checked), person, null),
    ),
  ]
}
