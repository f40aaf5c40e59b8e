import { getMemberPasskeySignIn, passkeyRefused, signInMemberWithPasskey } from '#contract/identity'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { newChallenge } from '../factors/challenges.ts'
import { boundTo } from '../factors/offering.ts'
import { askForPasskey, relyingPartyAt } from '../factors/passkeys.ts'
import { checkMemberPasskeyAlone, takeMemberFactor } from '../member-factors/showing.ts'
import { enter, provenByFactor } from './entering.ts'
import type { MemberParts } from './parts.ts'
import { choicesAmong, placesOf } from './places.ts'
import { lockAccount } from './queries.ts'
import { begin, mustHaveOpenOne, onlyOne } from './started-sign-ins.ts'

/** Without e-mail address or password: the passkey knows whose it is, and its holder was verified. */
export function signingInMembersByPasskey(parts: MemberParts): Handler[] {
  return [
    handle(getMemberPasskeySignIn, async (ctx) => ({
      passkey: await askForPasskey(relyingPartyAt(parts.practiceUrl), {
        challenge: newChallenge(parts.vault, boundTo.memberSignIn, ctx.clock.now()),
      }),
    })),

    handle(
      signInMemberWithPasskey,
      async (ctx, { body }) => {
        const begunAt = ctx.clock.now()
        const { checked, person } = await checkMemberPasskeyAlone(parts, ctx, body.response)
        const { accountId } = person
        const places = await placesOf(parts, ctx.db, accountId)
        if (places.length === 0) {
          await parts.guard.members.failed(ctx.request, { kind: 'no_practice', accountId })
          throw refuse(passkeyRefused)
        }
        await mustHaveOpenOne(parts, ctx, places, accountId)
        const place = onlyOne(places)
        if (place) await parts.enterPractice({ ...person, ...place, memberId: place.id })
        return { checked, person, places, place, begunAt }
      },
      async (ctx, _input, { checked, person, places, place, begunAt }) => {
        const { accountId, email } = person
        // First, as whoever changes the factors at this moment does.
        await lockAccount(ctx.db, accountId)
        const factor = await takeMemberFactor(parts, ctx, checked, person)
        if (place) {
          const proof = provenByFactor({ accountId, email, begunAt, factor })
          return { step: 'entered' as const, me: await enter(parts, ctx, proof, place) }
        }
        await begin(ctx, { accountId, begunAt, factor }, places.length)
        return { step: 'choice' as const, practices: choicesAmong(places) }
      },
    ),
  ]
}
