import {
  cancelSubscription,
  previewCancellation,
  reactivateSubscription,
  returnsTooSoon,
  subscriptionCannot,
} from '#contract/billing'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { startsTwice, stopsTwice, type Change, type Held } from './act-queries.ts'
import { after, doingOf, held, recorded, settle, today, type Doing } from './acting.ts'
import { upToDate } from './catching-up.ts'
import { endOn } from './ending.ts'
import { houseOf, type House } from './house.ts'
import { beginsLater, stopsOn } from './paying-days.ts'
import { effectOf } from './stop-effect.ts'
import { takenBack } from './taking-back.ts'
import { tried } from './tried.ts'

type Wanted = { when: 'now' | 'period_end'; credit: boolean; why: string }

export const cancelling = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(cancelSubscription, async (ctx, { params: { id }, body }) => {
    const doing = doingOf(ctx)
    const { row, house } = await upToDate(doing, id, body.revision)
    const change = await cancelled(doing, parts, { row, house, wanted: body })
    return recorded(ctx, row, change, body.why)
  }),

  handle(previewCancellation, (ctx, { params: { id }, query: { when, credit } }) =>
    tried(ctx, async (doing) => {
      const { row, house } = await upToDate(doing, id)
      const wanted: Wanted = { when, credit: credit === 'yes', why: '' }
      // Of who has ended in between, the end brings nothing more.
      if (when === 'period_end' && row.status === 'ended')
        return effectOf(doing.db, id, async () => today(doing))
      return effectOf(doing.db, id, async () => {
        if (when === 'now' || row.cancelOn === null) await cancelled(doing, parts, { row, house, wanted })
        const left = await held(doing.db, id)
        if (left.status === 'ended' || left.cancelOn === null) return today(doing)
        await endedLater(doing, left, left.cancelOn)
        return left.cancelOn
      })
    }),
  ),

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

async function cancelled(
  doing: Doing,
  parts: Pick<Parts, 'sentences'>,
  { row, house, wanted: { when, credit, why } }: { row: Held; house: House; wanted: Wanted },
): Promise<Change> {
  const day = today(doing)
  // What is paid for lasts until the next period begins; of what is not, there is nothing to wait for.
  const end =
    row.cancelOn ?? (row.status === 'trialing' ? (row.trialEndsOn ?? day) : (row.nextPeriodOn ?? day))
  if (when === 'now' || end <= day || row.status === 'paused' || beginsLater(row, day)) {
    after(row, 'end')
    if (!beginsLater(row, day)) await refuseSecondStop(doing.db, row, stopsOn(row, day))
    const { period, back } = credit
      ? await takenBack(doing, parts, row, house)
      : { period: undefined, back: [] }
    return endOn(doing, row, day, { house, back, period, why })
  }
  const status = after(row, 'cancel')
  await refuseSecondStop(doing.db, row, end)
  const change: Change = {
    status,
    cancelOn: end,
    nextPeriodOn: null,
    nextPlan: null,
    payingUntil: row.payingFrom === null ? null : end,
  }
  await settle(doing, row, change, { kind: 'cancelled', data: { on: end, why } })
  return change
}

/** As the clock will end it on its day. */
async function endedLater(doing: Doing, row: Held, day: string): Promise<void> {
  const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '12:00' })
  const then = { ...doing, clock: { now: () => new Date(noon.epochMilliseconds) } }
  await endOn(then, row, day, { house: await houseOf(then) })
}

async function refuseSecondStop(db: Parameters<typeof stopsTwice>[0], row: Held, day: string): Promise<void> {
  if (row.payingFrom !== null && row.status !== 'paused' && (await stopsTwice(db, row.clientId, day, row.id)))
    throw refuse(returnsTooSoon)
}
