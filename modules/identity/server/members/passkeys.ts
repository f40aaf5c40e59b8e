/** A member's own passkeys, in the middle of a session: made for the practice host, and answering nowhere else. */
import {
  addMemberPasskey,
  getNewMemberPasskey,
  passkeyRefused,
  removeMemberPasskey,
  renameMemberPasskey,
} from '#contract/identity'
import { found, handle, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { openChallenge } from '../factors/challenges.ts'
import { ofMembers, setPasskeyName } from '../factors/kept-queries.ts'
import { boundTo, newPasskeyOptions } from '../factors/offering.ts'
import { readNewPasskey, relyingPartyAt } from '../factors/passkeys.ts'
import { newRecoveryCodes } from '../factors/recovery-codes.ts'
import { enrolMember } from '../member-factors/enrolling.ts'
import { heldMemberFactors } from '../member-factors/queries.ts'
import { goOnFresh } from './entering.ts'
import { accountOf, lockedPerson, removeOwnFactor } from './own-factors.ts'
import type { MemberParts } from './parts.ts'
import { accountById } from './queries.ts'

export function memberPasskeys(parts: MemberParts): CentralHandler[] {
  const { vault } = parts
  const party = relyingPartyAt(parts.practiceUrl)
  return [
    handle(getNewMemberPasskey, async (ctx) => {
      const { accountId, sessionId, name } = ctx.member
      const { email } = found(await accountById(ctx.db, accountId))
      const held = await heldMemberFactors(ctx.db, accountId)
      return {
        passkey: await newPasskeyOptions(vault, {
          party,
          person: { id: accountId, email, name },
          exclude: held.passkeys,
          bound: boundTo.anotherPasskey(sessionId),
          now: ctx.clock.now(),
        }),
      }
    }),

    handle(
      addMemberPasskey,
      async (ctx, { body }) => {
        const bound = boundTo.anotherPasskey(ctx.member.sessionId)
        const open = (text: string) => openChallenge(vault, text, bound, ctx.clock.now())
        const passkey = await readNewPasskey(party, body.response, open)
        if (!passkey) throw refuse(passkeyRefused)
        return { passkey, ...(await newRecoveryCodes()) }
      },
      async (ctx, { body: { name } }, { passkey, codes, kept }) => {
        const { accountId, sessionId } = ctx.member
        const person = await lockedPerson(ctx)
        const made = { factor: 'passkey', passkey, name } as const
        const enrolled = await enrolMember(parts, ctx, person, made, kept, sessionId)
        if (!enrolled) throw refuse(passkeyRefused)
        await goOnFresh(ctx, 'passkey')
        ctx.record({ object: 'member_account', id: accountId, after: { name } })
        return {
          account: await accountOf(parts, ctx.db, accountId),
          recoveryCodes: enrolled.isFirst ? codes : null,
        }
      },
    ),

    handle(renameMemberPasskey, async (ctx, { params, body }) => {
      const { accountId } = ctx.member
      const before = found(await setPasskeyName(ctx.db, ofMembers, accountId, params.id, body.name))
      ctx.record({ object: 'member_account', id: accountId, before: { name: before }, after: body })
      return accountOf(parts, ctx.db, accountId)
    }),

    handle(removeMemberPasskey, async (ctx, { params: { id } }) => {
      const { accountId } = ctx.member
      const { passkeys } = await heldMemberFactors(ctx.db, accountId)
      const { name } = found(passkeys.find((one) => one.id === id))
      const account = found(await removeOwnFactor(parts, ctx, { passkey: id }))
      ctx.record({ object: 'member_account', id: accountId, before: { name } })
      return account
    }),
  ]
}
