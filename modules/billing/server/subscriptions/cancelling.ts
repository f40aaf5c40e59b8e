import {
  cancelSubscription,
  reactivateSubscription,
  returnsTooSoon,
  subscriptionCannot,
} from '#contract/billing'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import type { Parts } from '../parts.ts'
import { mainCompany } from '../settings/in-force.ts'
import { stopsTwice, type Change, type Held } from './act-queries.ts'
import { after, doingOf, held, recorded, settle, today } from './acting.ts'
import { giveBack, unused } from './giving-back.ts'
import { runningPeriod } from './running-period.ts'
import { unusedWords } from './words.ts'

export const cancelling = (parts: Pick<Parts, 'sentences'>): readonly Handler[] => [
  handle(cancelSubscription, async (ctx, { params: { id }, body }) => {
    const row = await held(ctx.db, id, body.revision)
    const day = today(ctx)
    const doing = doingOf(ctx)
    // What is paid for lasts until the next period begins; of what is not, there is nothing to wait for.
    const end =
      row.cancelOn ?? (row.status === 'trialing' ? (row.trialEndsOn ?? day) : (row.nextPeriodOn ?? day))
    const atOnce = body.when === 'now' || end <= day || row.status === 'paused'
    if (atOnce) {
      after(row, 'end')
      await refuseSecondStop(ctx.db, row, day)
      const period = body.credit ? await runningPeriod(ctx.db, id, day) : undefined
      const creditNoteId = period
        ? await giveBack(doing, row, {
            period,
            companyId: (await mainCompany(ctx.db)).id,
            lines: unused(period, day, await unusedWords(ctx.db, parts.sentences, row, period)),
          })
        : null
      const change = ended(row, day)
      await settle(doing, row, change, {
        kind: 'ended',
        data: { on: day, why: body.why, ...(creditNoteId ? { creditNoteId } : {}) },
      })
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
    const row = await held(ctx.db, id, revision)
    const status = after(row, 'reactivate')
    if (row.cancelOn === null) throw refuse(subscriptionCannot, { details: { status: row.status } })
    const change = { status, cancelOn: null, payingUntil: null, nextPeriodOn: row.cancelOn }
    await settle(doingOf(ctx), row, change, { kind: 'reactivated' })
    return recorded(ctx, row, change)
  }),
]

async function refuseSecondStop(db: Parameters<typeof stopsTwice>[0], row: Held, day: string): Promise<void> {
  if (row.payingFrom !== null && row.status !== 'paused' && (await stopsTwice(db, row.clientId, day, row.id)))
    throw refuse(returnsTooSoon)
}

/** The end of a subscription on a day. Who paused has stopped paying already; who never paid has nothing to stop. */
export function ended(row: Held, day: string): Change {
  const pays = row.payingFrom !== null && row.status !== 'paused'
  const until = pays && row.payingFrom !== null && day <= row.payingFrom ? nextDay(row.payingFrom) : day
  return {
    status: 'ended',
    cancelOn: null,
    resumesOn: null,
    nextPeriodOn: null,
    nextPlan: null,
    ...(pays ? { payingUntil: until } : {}),
  }
}

/** A day is paid for at least: who stops on the first one has paid it. */
export const nextDay = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString()
