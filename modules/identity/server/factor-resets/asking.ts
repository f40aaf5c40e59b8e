import { askFactorReset, factorResetAsked, signInExpired } from '#contract/identity'
import { breaks } from '#platform/server/db.ts'
import { hashOf } from '#platform/server/random.ts'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { fromWhere } from '../letters.ts'
import type { Parts } from '../parts.ts'
import { lockPerson } from '../staff/queries.ts'
import { tellApprovers, tellOf } from './letters.ts'
import { insertReset, openResetFor, whoseSignIn } from './queries.ts'

/** Whoever has proved the password and has no factor any more asks; two administrators must agree. */
export function asking(parts: Parts): Handler {
  return handle(
    askFactorReset,
    async (ctx) => {
      const cookie = ctx.request.cookies['sign_in']
      const person = cookie && (await whoseSignIn(ctx.db, hashOf(cookie), ctx.clock.now()))
      if (!person) throw refuse(signInExpired)
      await parts.guard.beforeMail(ctx.request, person.email)
      return person
    },
    async (ctx, { body: { reason } }, person) => {
      const now = ctx.clock.now()
      await lockPerson(ctx.db, person.id)
      const open = await openResetFor(ctx.db, person.id)
      if (open) {
        const effectiveAt = open.effectiveAt?.toISOString() ?? null
        throw refuse(factorResetAsked, { details: { effectiveAt } })
      }
      const asked = { staffId: person.id, reason, requestedAt: now, requestedBy: null }
      const id = await insertReset(ctx.db, asked).catch((error: unknown) => {
        if (breaks(error, 'staff_factor_resets_one_open')) throw refuse(factorResetAsked)
        throw error
      })
      await tellOf(parts, ctx.db, person, { what: 'asked', id, now, reason, ...fromWhere(ctx.request) })
      await tellApprovers(parts, ctx.db, person, { by: null, reason })
      ctx.record({
        object: 'staff_member',
        id: person.id,
        // In the payload, which can be erased: it may say how to reach the person.
        after: { reason },
        actor: { staffId: person.id, label: `${person.firstName} ${person.lastName}` },
      })
      return undefined
    },
  )
}
