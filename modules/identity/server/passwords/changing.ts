import { changePassword, passwordWrong } from '#contract/identity'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { hashPassword, passwordIs } from './hashing.ts'
import { mustBeGood } from './policy.ts'
import { personWithPassword } from './queries.ts'
import { takeEffect } from './taking-effect.ts'

/** Guessing the current one here counts where signing in does. */
export function changing(parts: Parts): Handler {
  const { guard } = parts
  return handle(
    changePassword,
    async (ctx, { body: { current, password } }) => {
      const person = found(await personWithPassword(ctx.db, ctx.actor.staffId))
      await guard.beforePassword(ctx.request, person.email)
      if (!(await passwordIs(person.passwordHash ?? undefined, current))) {
        await guard.failed(ctx.request, { kind: 'password_wrong', staffId: person.id, signedIn: true })
        throw refuse(passwordWrong)
      }
      guard.passed(ctx.request)
      await mustBeGood(password, person, parts.breached)
      return { person, passwordHash: await hashPassword(password) }
    },
    async (ctx, { body }, { person, passwordHash }) => {
      const { staffId: by, sessionId } = ctx.actor
      const ends = body.endOtherSessions
      await takeEffect(parts, ctx, { person, passwordHash, by, but: sessionId, endSessions: ends })
      ctx.record({ object: 'staff_member', id: person.id, after: { endOtherSessions: ends } })
      return undefined
    },
  )
}
