import {
  cancelSubscription,
  reactivateSubscription,
  returnsTooSoon,
  subscriptionCannot,
} from '#contract/billing'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { startsTwice, stopsTwice, type Change, type Held } from './act-queries.ts'
import { after, doingOf, recorded, settle, today } from './acting.ts'
import { upToDate } from './catching-up.ts'
import { endOn } from './ending.ts'
import { beginsLater, stopsOn } from './paying-days.ts'
import { takenBack } from './taking-back.ts'

export const cancelling = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(cancelSubscription, async (ctx, { params: { id }, body }) => {
    const doing = doingOf(ctx)
    const day = today(ctx)
    const { row, house } = await upToDate(doing, id, body.revision)
    // What is paid for lasts until the next period begins; of what is not, there is nothing to wait for.
    const end =
      row.cancelOn ?? (row.status === 'trialing' ? (row.trialEndsOn ?? day) : (row.nextPeriodOn ?? day))
    const atOnce = body.when === 'now' || end <= day || row.status === 'paused' || beginsLater(row, day)
    if (atOnce) {
      after(row, 'end')
      if (!beginsLater(row, day)) await refuseSecondStop(ctx.db, row, stopsOn(row, day))
      const { period, back } = body.credit
        ? await takenBack(doing, parts, row)
        : { period: undefined, back: [] }
      const change = await endOn(doing, row, day, { house, back, period, why: body.why })
      return recorded(ctx, row, change, body.why)
    }
    const status = after(row, 'cancel')
    await refuseSecondStop(ctx.db, row, end)
    const change: Change = {
      status,
      cancelOn: end,
      nextPeriodOn: null,
      nextPlan: null,
      payingUntil: row.payingFrom === null ? null : end,
    }
    await settle(doing, row, change, { kind: 'cancelled', data: { on: end, why: body.why } })
    return recorded(ctx, row, change, body.why)
  }),

  handle(reactivateSubscription, async (ctx, { params: { id }, body: { revision } }) => {
    const doing = doingOf(ctx)
    const { row } = await upToDate(doing, id, revision)
    const status = after(row, 'reactivate')
    if (row.cancelOn === null) throw refuse(subscriptionCannot, { details: { status: row.status } })
    if (row.payingFrom === null && (await startsTwice(ctx.db, row.clientId, row.cancelOn, id)))
      throw refuse(returnsTooSoon)
    const change = { status, cancelOn: null, payingUntil: null, nextPeriodOn: row.cancelOn }
    await settle(doing, row, change, { kind: 'reactivated' })
    return recorded(ctx, row, change)
  }),
]

async function refuseSecondStop(db: Parameters<typeof stopsTwice>[0], row: Held, day: string): Promise<void> {
  if (row.payingFrom !== null && row.status !== 'paused' && (await stopsTwice(db, row.clientId, day, row.id)))
    throw refuse(returnsTooSoon)
}
