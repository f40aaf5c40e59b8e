import { keySeconds, makeImpersonationKey, nobodyThere, notNow } from '#contract/impersonation'
import { handoverPage } from '#platform/server/handover.ts'
import { found, handle, NotFound, refuse, type CentralHandler } from '#platform/server/requests.ts'
import { hashOf, newToken } from '#platform/server/random.ts'
import type { Parts } from './parts.ts'
import { impersonationById, lockImpersonation, setKey } from './queries.ts'
import { stateNow } from './state.ts'

/**
 * The key is bound to who asked, to the session that makes it, to the member and practice that were asked for, and to the
 * browser the practice host gave a half of its own before: somebody else's browser has not got that half.
 */
export function keys(parts: Parts): CentralHandler {
  return handle(makeImpersonationKey, async (ctx, { params: { id }, body: { browser } }) => {
    await lockImpersonation(ctx.db, id)
    const now = ctx.clock.now()
    const row = found(await impersonationById(ctx.db, id, now))
    if (row.staffId !== ctx.actor.staffId) throw new NotFound()
    const state = stateNow(row, now)
    if (state !== 'ready') throw refuse(notNow, { details: { state } })
    if (!(await parts.members.asking(row.memberId))) throw refuse(nobodyThere)
    const key = newToken()
    const keyExpiresAt = new Date(now.getTime() + keySeconds * 1_000)
    await setKey(ctx.db, id, {
      keyHash: hashOf(key),
      browserHash: Buffer.from(browser, 'base64url'),
      keyExpiresAt,
      staffSessionId: ctx.actor.sessionId,
    })
    ctx.record({ object: 'impersonation', id, tenant: row.tenantId })
    const postTo = new URL(handoverPage, parts.practiceUrl).href
    return { key, postTo, expiresAt: keyExpiresAt.toISOString() }
  })
}
