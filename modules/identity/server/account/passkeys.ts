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
import { boundToAccount, newPasskeyOptions } from '../factors/enrolling.ts'
import { readNewPasskey, relyingPartyAt } from '../factors/passkeys.ts'
import {
  deletePasskey,
  heldFactors,
  insertPasskey,
  lockFactors,
  setPasskeyName,
  takeChallenge,
} from '../factors/queries.ts'
import { tellOfFactors } from '../factors/telling.ts'
import type { Parts } from '../parts.ts'
import { sessionById } from '../queries.ts'
import { accountOf } from './showing.ts'

export function passkeys(parts: Parts): Handler[] {
  const { vault, backofficeUrl } = parts

  const offer = handle(getNewPasskey, async (ctx) => {
    const { staffId, sessionId, name } = ctx.actor
    const { email } = found(await sessionById(ctx.db, sessionId))
    const held = await heldFactors(ctx.db, staffId)
    return {
      passkey: await newPasskeyOptions(parts, {
        person: { id: staffId, email, name },
        exclude: held.passkeys,
        bound: boundToAccount(sessionId),
        now: ctx.clock.now(),
      }),
    }
  })

  const add = handle(
    addPasskey,
    async (ctx, { body }) => {
      const open = (text: string) =>
        openChallenge(vault, text, boundToAccount(ctx.actor.sessionId), ctx.clock.now())
      const made = await readNewPasskey(relyingPartyAt(backofficeUrl), body.response, open)
      if (!made) throw refuse(passkeyRefused)
      return made
    },
    async (ctx, { body: { name } }, made) => {
      const { staffId } = ctx.actor
      const person = await lockFactors(ctx.db, staffId)
      if (!(await takeChallenge(ctx.db, made.challenge))) throw refuse(passkeyRefused)
      const id = await insertPasskey(ctx.db, { ...made, staffId, name, createdAt: ctx.clock.now() })
      if (!id) throw refuse(passkeyRefused)
      await tellOfFactors(parts, ctx, { ...person, id: staffId }, 'passkey_added')
      ctx.record({ object: 'staff_member', id: staffId, after: { name } })
      return accountOf(ctx.db, staffId)
    },
  )

  const rename = handle(renamePasskey, async (ctx, { params, body }) => {
    const { staffId } = ctx.actor
    const before = found(await setPasskeyName(ctx.db, staffId, params.id, body.name))
    ctx.record({ object: 'staff_member', id: staffId, before: { name: before }, after: body })
    return accountOf(ctx.db, staffId)
  })

  const remove = handle(removePasskey, async (ctx, { params: { id } }) => {
    const { staffId } = ctx.actor
    const person = await lockFactors(ctx.db, staffId)
    const held = await heldFactors(ctx.db, staffId)
    if (!held.passkeys.some((passkey) => passkey.id === id)) throw new NotFound()
    if (!held.authenticator && held.passkeys.length === 1) throw refuse(lastFactor)
    const name = await deletePasskey(ctx.db, staffId, id)
    await tellOfFactors(parts, ctx, { ...person, id: staffId }, 'passkey_removed')
    ctx.record({ object: 'staff_member', id: staffId, before: { name } })
    return accountOf(ctx.db, staffId)
  })

  return [offer, add, rename, remove]
}
