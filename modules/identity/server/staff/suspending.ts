import {
  alreadySuspended,
  lastSuperAdministrator,
  notSuspended,
  reactivateStaff,
  suspendStaff,
} from '#contract/identity'
import { isLastSuperAdministrator } from '#server/access'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { stopReset } from '../factor-resets/stopping.ts'
import { momentFor, write } from '../letters.ts'
import { revokeLinks } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { endSessions } from '../queries.ts'
import { managed, managedOther } from './managing.ts'
import { endSignIns, setSuspension } from './queries.ts'
import { shownById } from './showing.ts'

export function suspending(parts: Parts): Handler[] {
  const suspend = handle(suspendStaff, async (ctx, { params: { id }, body: { reason } }) => {
    // Before the person's row: who is signing in at this moment locks them in this order.
    await endSignIns(ctx.db, id)
    const person = await managedOther(ctx, id)
    if (person.suspendedAt) throw refuse(alreadySuspended)
    const now = ctx.clock.now()
    const by = ctx.actor.staffId
    await setSuspension(ctx.db, id, { suspendedAt: now, suspendedBy: by, suspensionReason: reason }).catch(
      (error: unknown) => {
        if (isLastSuperAdministrator(error)) throw refuse(lastSuperAdministrator)
        throw error
      },
    )
    await endSessions(ctx.db, { staffId: id }, { reason: 'suspended', by, now })
    await revokeLinks(ctx.db, { staffId: id }, now)
    await stopReset(ctx.db, id, { by, now })
    await write(parts, ctx.db, person, { about: 'suspended', values: { at: momentFor(person, now) } })
    await ctx.tell({ topic: 'sessions' })
    await ctx.tell({ topic: 'session', only: id })
    await ctx.tell({ topic: 'factor_resets', needs: 'staff.reset_factors' })
    ctx.record({ object: 'staff_member', id, reason })
    return shownById(ctx, id)
  })

  const reactivate = handle(reactivateStaff, async (ctx, { params: { id } }) => {
    const person = await managed(ctx, id)
    if (!person.suspendedAt) throw refuse(notSuspended)
    await setSuspension(ctx.db, id, null)
    const values = { at: momentFor(person, ctx.clock.now()) }
    await write(parts, ctx.db, person, { about: 'reactivated', values })
    ctx.record({ object: 'staff_member', id, before: { reason: person.suspensionReason } })
    return shownById(ctx, id)
  })

  return [suspend, reactivate]
}
