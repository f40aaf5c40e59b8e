import { pauseDunning, resumeDunning } from '#contract/billing'
import { dayOf } from '#platform/server/clock.ts'
import { found, handle, NotFound, WrongField, type Handler } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { clientSeen } from './client-queries.ts'
import { endPause, holdClient, insertPause, pauseOf } from './letter-queries.ts'
import { shownPause } from './showing.ts'

export const pausing: readonly Handler[] = [
  handle(pauseDunning, async (ctx, { params: { id }, body: { untilOn, why } }) => {
    if (!(await clientSeen(ctx.db, id, within(ctx.actor, 'invoices.read')))) throw new NotFound()
    const begunAt = ctx.clock.now()
    const today = dayOf(begunAt)
    if (untilOn !== null && untilOn < today) throw new WrongField('body', 'untilOn', 'last_day_over')
    await holdClient(ctx.db, id)
    const before = await endPause(ctx.db, id, { endedBy: ctx.actor.staffId, endedAt: begunAt })
    await insertPause(ctx.db, { clientId: id, untilOn, why, begunBy: ctx.actor.staffId, begunAt })
    ctx.record({ object: 'client', id, ...(before && { before }), after: { untilOn, why } })
    const pause = found(await pauseOf(ctx.db, id, today))
    return shownPause({ ...pause, since: pause.begunAt })
  }),

  handle(resumeDunning, async (ctx, { params: { id } }) => {
    if (!(await clientSeen(ctx.db, id, within(ctx.actor, 'invoices.read')))) throw new NotFound()
    const before = found(await endPause(ctx.db, id, { endedBy: ctx.actor.staffId, endedAt: ctx.clock.now() }))
    ctx.record({ object: 'client', id, before })
    return undefined
  }),
]
