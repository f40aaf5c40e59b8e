import { activateSubscription, extendTrial, planHasNoPrice, returnsTooSoon } from '#contract/billing'
import { handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { priceOn, startsTwice } from './act-queries.ts'
import { after, doingOf, recorded, settle, today } from './acting.ts'
import { upToDate } from './catching-up.ts'
import { followFirstPrice } from './first-price.ts'

export const trials: readonly Handler[] = [
  handle(activateSubscription, async (ctx, { params: { id }, body: { revision } }) => {
    const doing = doingOf(ctx)
    const { row, house } = await upToDate(doing, id, revision)
    const status = after(row, 'activate')
    const day = today(ctx)
    const price = await priceOn(ctx.db, row.planId, {
      months: row.intervalMonths,
      day,
      startedOn: row.startedOn,
    })
    if (!price) throw refuse(planHasNoPrice)
    if (await startsTwice(ctx.db, row.clientId, day, id)) throw refuse(returnsTooSoon)
    const change = {
      status,
      trialEndsOn: day < (row.trialEndsOn ?? day) ? day : row.trialEndsOn,
      payingFrom: day,
      anchorOn: day,
      nextPeriodOn: day,
      cancelOn: null,
    }
    await settle(doing, row, change, { kind: 'activated', data: { on: day } })
    await followFirstPrice(ctx.db, id, house.vat)
    return recorded(ctx, row, change)
  }),

  handle(extendTrial, async (ctx, { params: { id }, body: { revision, endsOn, afterTrial } }) => {
    const doing = doingOf(ctx)
    const { row } = await upToDate(doing, id, revision)
    after(row, 'extend_trial')
    if (endsOn < today(ctx)) throw new WrongField('body', 'endsOn', 'trial_end_past')
    if (endsOn > Temporal.PlainDate.from(today(ctx)).add({ days: 90 }).toString())
      throw new WrongField('body', 'endsOn', 'trial_end_too_late')
    const pays = afterTrial === 'pays'
    if (pays && (await startsTwice(ctx.db, row.clientId, endsOn, id))) throw refuse(returnsTooSoon)
    const change = {
      trialEndsOn: endsOn,
      anchorOn: endsOn,
      nextPeriodOn: pays ? endsOn : null,
      cancelOn: pays ? null : endsOn,
    }
    await settle(doing, row, change, { kind: 'trial_extended', data: { endsOn, afterTrial } })
    return recorded(ctx, row, change)
  }),
]
