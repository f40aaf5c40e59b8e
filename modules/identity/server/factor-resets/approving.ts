import {
  alreadyApproved,
  alreadySuspended,
  approveFactorReset,
  factorResetOpen,
  factorResetOver,
  notYourself,
  startFactorReset,
  type FactorReset,
} from '#contract/identity'
import { peopleWith } from '#server/access'
import { breaks } from '#platform/server/db.ts'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { lockPerson, personById } from '../staff/queries.ts'
import { approvalsNeeded, delayHours, isOpen, whoCounts } from './approvals.ts'
import { tellApprovers, tellOf } from './letters.ts'
import { insertApproval, insertReset, resetById, setEffect } from './queries.ts'
import { shownResets } from './showing.ts'

/** Two administrators, other than the person, reset a lost second factor: one asks, another agrees, a day passes. */
export function approving(parts: Parts): Handler[] {
  const start = handle(startFactorReset, async (ctx, { params: { id: staffId }, body: { reason } }) => {
    if (staffId === ctx.actor.staffId) throw refuse(notYourself)
    await lockPerson(ctx.db, staffId)
    const now = ctx.clock.now()
    const person = found(await personById(ctx.db, staffId, now))
    if (person.suspendedAt) throw refuse(alreadySuspended)
    const by = ctx.actor.staffId
    const id = await insertReset(ctx.db, { staffId, reason, requestedAt: now, requestedBy: by }).catch(
      (error: unknown) => {
        if (breaks(error, 'staff_factor_resets_one_open')) throw refuse(factorResetOpen)
        throw error
      },
    )
    await insertApproval(ctx.db, { resetId: id, approvedBy: by, approvedAt: now })
    await tellOf(parts, ctx.db, person, { what: 'requested', id, now, by: ctx.actor.name, reason })
    await tellApprovers(parts, ctx.db, person, { by, reason })
    ctx.record({ object: 'staff_member', id: staffId, reason })
    return shownAgain(ctx, id)
  })

  const approve = handle(approveFactorReset, async (ctx, { params: { id } }) => {
    const { staffId } = found(await resetById(ctx.db, id))
    await lockPerson(ctx.db, staffId)
    const now = ctx.clock.now()
    const reset = found(await resetById(ctx.db, id))
    if (staffId === ctx.actor.staffId) throw refuse(notYourself)
    if (!isOpen(reset)) throw refuse(factorResetOver)
    if (!(await insertApproval(ctx.db, { resetId: id, approvedBy: ctx.actor.staffId, approvedAt: now })))
      throw refuse(alreadyApproved)

    const approved = found(await resetById(ctx.db, id))
    const count = whoCounts(approved, await peopleWith(ctx.db, 'staff.reset_factors')).length
    const begins = reset.effectiveAt === null && count >= approvalsNeeded
    const effectiveAt = begins ? new Date(now.getTime() + delayHours * 3_600_000) : reset.effectiveAt
    if (begins) await setEffect(ctx.db, id, effectiveAt)
    const person = { ...reset, id: staffId }
    await tellOf(
      parts,
      ctx.db,
      person,
      effectiveAt
        ? { what: 'delayed', id, now, by: ctx.actor.name, effectiveAt }
        : { what: 'approved', id, now, by: ctx.actor.name },
    )
    ctx.record({
      object: 'staff_member',
      id: staffId,
      before: { effectiveAt: reset.effectiveAt },
      after: { effectiveAt },
    })
    return shownAgain(ctx, id)
  })

  return [start, approve]
}

export async function shownAgain(ctx: Context, id: string): Promise<FactorReset> {
  const [reset] = await shownResets(ctx, [found(await resetById(ctx.db, id))])
  return found(reset)
}
