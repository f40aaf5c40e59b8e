import {
  addPasskey,
  getNewPasskey,
  lastFactor,
  passkeyRefused,
  removePasskey,
  renamePasskey,
} from '#contract/identity'
import { found, handle, NotFound, refuse, type Handler } from '#platform/server/requests.ts'
import { openChallenge } from '../factors/challenges.ts'
import {
  deletePasskey,
  insertPasskey,
  ofStaff,
  setPasskeyName,
  takeChallenge,
} from '../factors/kept-queries.ts'
import { boundTo, newPasskeyOptions } from '../factors/offering.ts'
import { readNewPasskey, relyingPartyAt } from '../factors/passkeys.ts'
import { heldFactors, lockFactors } from '../factors/queries.ts'
import { tellOfFactors } from '../factors/telling.ts'
import type { Parts } from '../parts.ts'
import { sessionById } from '../queries.ts'
import { accountOf } from './showing.ts'

export function passkeys(parts: Parts): Handler[] {
  const { vault } = parts
  const party = relyingPartyAt(parts.backofficeUrl)

  const offer = handle(getNewPasskey, async (ctx) => {
    const { staffId, sessionId, name } = ctx.actor
    const { email } = found(await sessionById(ctx.db, sessionId))
    const held = await heldFactors(ctx.db, staffId)
    return {
      passkey: await newPasskeyOptions(vault, {
        party,
        person: { id: staffId, email, name },
        exclude: held.passkeys,
        bound: boundTo.anotherPasskey(sessionId),
        now: ctx.clock.now(),
      }),
    }
  })

  const add = handle(
    addPasskey,
    async (ctx, { body }) => {
      const open = (text: string) =>
        openChallenge(vault, text, boundTo.anotherPasskey(ctx.actor.sessionId), ctx.clock.now())
      const made = await readNewPasskey(party, body.response, open)
      if (!made) throw refuse(passkeyRefused)
      return made
    },
    async (ctx, { body: { name } }, made) => {
      const { staffId } = ctx.actor
      const person = await lockFactors(ctx.db, staffId)
      if (!(await takeChallenge(ctx.db, made.challenge))) throw refuse(passkeyRefused)
      const id = await insertPasskey(ctx.db, ofStaff, staffId, { ...made, name, createdAt: ctx.clock.now() })
      if (!id) throw refuse(passkeyRefused)
      await tellOfFactors(parts, ctx, { ...person, id: staffId }, 'passkey_added')
      ctx.record({ object: 'staff_member', id: staffId, after: { name } })
      return accountOf(ctx.db, staffId)
    },
  )

  const rename = handle(renamePasskey, async (ctx, { params, body }) => {
    const { staffId } = ctx.actor
    const before = found(await setPasskeyName(ctx.db, ofStaff, staffId, params.id, body.name))
    ctx.record({ object: 'staff_member', id: staffId, before: { name: before }, after: body })
    return accountOf(ctx.db, staffId)
  })

  const remove = handle(removePasskey, async (ctx, { params: { id } }) => {
    const { staffId } = ctx.actor
    const person = await lockFactors(ctx.db, staffId)
    const held = await heldFactors(ctx.db, staffId)
    if (!held.passkeys.some((passkey) => passkey.id === id)) throw new NotFound()
    if (!held.authenticator && held.passkeys.length === 1) throw refuse(lastFactor)
    const name = await deletePasskey(ctx.db, ofStaff, staffId, id)
    await tellOfFactors(parts, ctx, { ...person, id: staffId }, 'passkey_removed')
    ctx.record({ object: 'staff_member', id: staffId, before: { name } })
    return accountOf(ctx.db, staffId)
  })

  return [offer, add, rename, remove]
}
