import { enterImpersonation, keyRefused, leaveImpersonation } from '#contract/impersonation'
import { putToSleep } from '#server/identity'
import { breaks } from '#platform/server/db.ts'
import { found, handle, refuse, type CentralHandler, type Impersonator } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import { end } from './ending.ts'
import type { Parts } from './parts.ts'
import { begin, behindKey, idBehindCookie, impersonationById } from './queries.ts'
import { isPermitted } from './reading.ts'
import { shown } from './state.ts'
import { newsOf, tellBegin } from './telling.ts'

/** Longer than any of them lasts: a cookie that went by itself would leave whoever else is signed in in this browser. */
const cookieSeconds = 12 * 3_600

export function entering(parts: Parts): CentralHandler[] {
  return [
    handle(
      enterImpersonation,
      // Before the key is spent: a practice that cannot be reached is come back to.
      async (ctx, { body: { key } }) => {
        const known = await behindKey(ctx.db, hashOf(key))
        if (!known) throw refuse(keyRefused)
        const [actor, member] = await Promise.all([
          parts.actorOf(known.staffSessionId, null),
          parts.members.asking(known.memberId),
        ])
        if (!actor || actor.staffId !== known.staffId || !isPermitted(actor, known) || !member)
          throw refuse(keyRefused)
        // By the way the first page is then read.
        const practice = await parts.databases.reading(member.tenantId, member.role, {
          held: !known.mayWrite,
        })
        await practice.selectFrom('practice').select('tenantId').execute()
        return { actor }
      },
      async (ctx, { body: { key } }, { actor }) => {
        const now = ctx.clock.now()
        const token = newToken()
        const begun = await begin(ctx.db, {
          keyHash: hashOf(key),
          browserHash: hashOf(ctx.request.cookies['handover'] ?? ''),
          sessionHash: hashOf(token),
          now,
        }).catch((error: unknown) => {
          throw breaks(error, 'impersonations_one_at_a_time') ? refuse(keyRefused) : error
        })
        // Nobody is two people at once: an index says so where two keys are used at the same moment.
        if (!begun) throw refuse(keyRefused)
        const { id, memberId, tenantId, staffSessionId, endsAt } = begun
        const slept = await putToSleep(ctx.db, staffSessionId, { until: endsAt, impersonation: id, now })
        if (!slept) throw refuse(keyRefused)
        const one = shown(found(await impersonationById(ctx.db, id, now)), now)
        await tellBegin(parts, ctx.db, one, now)
        for (const whisper of newsOf({ id, tenantId })) await ctx.tell(whisper)
        await ctx.tell({ topic: 'session', only: actor.staffId })
        const impersonator: Impersonator = {
          id,
          staffId: actor.staffId,
          staffSessionId,
          name: actor.name,
          reason: one.reason,
          reference: one.reference,
          mayWrite: one.mayWrite,
          notesOpen: one.notesOpenedAt !== null,
          endsAt,
        }
        ctx.setCookie('impersonation', token, { maxAgeSeconds: cookieSeconds })
        ctx.setCookie('handover', '', { maxAgeSeconds: 0 })
        ctx.record({
          object: 'impersonation',
          id,
          tenant: tenantId,
          actor: { memberId, impersonator },
          reason: one.reason,
          ticket: one.reference || undefined,
          after: { mayWrite: one.mayWrite, endsAt: endsAt.toISOString() },
        })
        return parts.members.impersonatedMe(ctx.db, { memberId, impersonator })
      },
    ),

    // By the cookie: whoever was shown the door in the middle of it may still close it behind them.
    handle(leaveImpersonation, async (ctx) => {
      const token = ctx.request.cookies['impersonation']
      const id = token ? await idBehindCookie(ctx.db, hashOf(token)) : undefined
      const one = id ? await end(parts, ctx.db, id, { by: 'actor' }) : undefined
      ctx.setCookie('impersonation', '', { maxAgeSeconds: 0 })
      ctx.record({ object: 'impersonation', id, tenant: one?.tenant.id, after: { ended: one !== undefined } })
      const page = id ? `/impersonations/${id}` : '/'
      return { backTo: new URL(page, parts.backofficeUrl).href }
    }),
  ]
}
