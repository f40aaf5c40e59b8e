import { choosePassword, linkGone } from '#contract/identity'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { hashPassword } from '../passwords/hashing.ts'
import { mustBeGood } from '../passwords/policy.ts'
import { takeEffect } from '../passwords/taking-effect.ts'
import { endSignIns, lockPerson } from '../staff/queries.ts'
import { linkFor, useLink } from './tokens.ts'

const kinds = ['invitation', 'password_reset'] as const

/** By a link, for whoever was invited or forgot theirs. It opens no session and leaves the second factor alone. */
export function choosingPassword(parts: Parts): Handler {
  return handle(
    choosePassword,
    async (ctx, { body: { token, password } }) => {
      // Nobody without a link makes the server work on a password.
      const link = await linkFor(ctx.db, token, kinds, ctx.clock.now())
      if (!link) throw refuse(linkGone)
      await mustBeGood(password, link, parts.breached)
      return { link, passwordHash: await hashPassword(password) }
    },
    async (ctx, { body: { token } }, { link, passwordHash }) => {
      const { staffId } = link
      await endSignIns(ctx.db, staffId)
      await lockPerson(ctx.db, staffId)
      // After the wait: a link that somebody revoked meanwhile expired then.
      const now = ctx.clock.now()
      if (!(await useLink(ctx.db, token, link.kind, now))) throw refuse(linkGone)
      await takeEffect(parts, ctx, { person: { ...link, id: staffId }, passwordHash, by: staffId })
      ctx.record({
        object: 'staff_member',
        id: staffId,
        after: { kind: link.kind },
        actor: { staffId, label: `${link.firstName} ${link.lastName}` },
      })
      return { email: link.email }
    },
  )
}
