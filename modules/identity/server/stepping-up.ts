import { getStepUp, stepUp } from '#contract/identity'
import { Platform } from '#platform/server/errors.ts'
import { stepUpMinutes } from '#platform/server/mount.ts'
import { found, handle, type Handler } from '#platform/server/requests.ts'
import { heldFactors } from './factors/queries.ts'
import { boundTo, methodsOf, passkeyOptions } from './factors/offering.ts'
import { relyingPartyAt } from './factors/passkeys.ts'
import { checkFactor, takeFactor } from './factors/showing.ts'
import { tellOfFactors } from './factors/telling.ts'
import type { Parts } from './parts.ts'
import { sessionById } from './queries.ts'
import { rotate } from './sessions.ts'

/** A second factor, shown again in the middle of a session before something that matters. */
export function steppingUp(parts: Parts): Handler[] {
  return [
    handle(getStepUp, async (ctx) => {
      const held = await heldFactors(ctx.db, ctx.actor.staffId)
      const party = relyingPartyAt(parts.backofficeUrl)
      const bound = boundTo.stepUp(ctx.actor.sessionId)
      const { passkeys } = held
      return {
        methods: methodsOf(held),
        passkey: await passkeyOptions(parts.vault, { party, passkeys, bound, now: ctx.clock.now() }),
      }
    }),

    handle(
      stepUp,
      (ctx, { body }) => {
        const { staffId, sessionId } = ctx.actor
        return checkFactor(parts, ctx, { staffId, bound: boundTo.stepUp(sessionId) }, body)
      },
      async (ctx, _input, checked) => {
        const { staffId, factor } = await takeFactor(parts, ctx, checked)
        const now = ctx.clock.now()
        const fresh = await rotate(ctx.db, ctx.actor, ctx.request, now)
        // Another answer gave this browser its next token meanwhile: the app asks once more, with that.
        if (!fresh) throw new Platform('signed_out')
        ctx.setCookie('session', fresh.token, fresh)
        await parts.guard.steppedUp(ctx, { staffId, factor })
        if (factor === 'recovery_code') {
          const person = { ...found(await sessionById(ctx.db, ctx.actor.sessionId)), id: staffId }
          await tellOfFactors(parts, ctx, person, 'recovery_code_used')
        }
        ctx.record({ object: 'staff_member', id: staffId, after: { factor } })
        return { until: new Date(now.getTime() + stepUpMinutes * 60_000).toISOString() }
      },
    ),
  ]
}
