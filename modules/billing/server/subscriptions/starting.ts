import {
  clientCannotSubscribe,
  planHasNoPrice,
  returnsTooSoon,
  startSubscription,
  subscriptionExists,
} from '#contract/billing'
import { found, handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { mainCompany } from '../settings/in-force.ts'
import { doingOf, followedByClient, held, today } from './acting.ts'
import { planById, priceOn, startsTwice, tellEvent } from './act-queries.ts'
import { giveCoupon } from './coupons.ts'
import { followFirstPrice } from './first-price.ts'
import { houseOf } from './house.ts'
import { shownSubscription } from './showing.ts'

/** Nobody is invoiced for what lies further back by the first run. */
const daysBack = 31

export const startingSubscriptions: readonly Handler[] = [
  handle(startSubscription, async (ctx, { body }) => {
    const { clientId, planId, intervalMonths, startsOn, trialDays, afterTrial } = body
    const doing = doingOf(ctx)
    const now = today(ctx)
    const client = found(
      await ctx.db
        .selectFrom('clients')
        .where('id', '=', clientId)
        .select(['id', 'status', 'trashedAt'])
        .forNoKeyUpdate()
        .executeTakeFirst(),
    )
    if (client.trashedAt !== null || client.status === 'excluded') throw refuse(clientCannotSubscribe)
    const current = await ctx.db
      .selectFrom('subscriptions')
      .where('clientId', '=', clientId)
      .where('isCurrent', '=', true)
      .where('status', '<>', 'ended')
      .select('id')
      .executeTakeFirst()
    if (current) throw refuse(subscriptionExists, { details: { id: current.id } })
    const plan = await planById(ctx.db, planId)
    if (!plan || plan.archivedAt !== null) throw new WrongField('body', 'planId', 'plan_unavailable')
    if (startsOn < Temporal.PlainDate.from(now).subtract({ days: daysBack }).toString())
      throw new WrongField('body', 'startsOn', 'subscription_start_too_early', { days: daysBack })

    const trialEndsOn =
      trialDays > 0 ? Temporal.PlainDate.from(startsOn).add({ days: trialDays }).toString() : null
    const firstPeriodOn = trialEndsOn ?? startsOn
    const price = await priceOn(ctx.db, planId, {
      months: intervalMonths,
      day: firstPeriodOn,
      startedOn: startsOn,
    })
    if (!price) throw refuse(planHasNoPrice)
    const pays = trialEndsOn === null || afterTrial === 'pays'
    if (pays && (await startsTwice(ctx.db, clientId, firstPeriodOn))) throw refuse(returnsTooSoon)

    const monthlyCents = Math.round(price.priceCents / intervalMonths)
    const company = await mainCompany(ctx.db)
    const { id } = await ctx.db
      .insertInto('subscriptions')
      .values({
        clientId,
        planId,
        companyId: company.id,
        intervalMonths,
        monthlyCents,
        firstMonthlyCents: monthlyCents,
        status: trialEndsOn === null ? 'active' : 'trialing',
        startedOn: startsOn,
        trialEndsOn,
        payingFrom: trialEndsOn === null ? startsOn : null,
        anchorOn: firstPeriodOn,
        nextPeriodOn: pays ? firstPeriodOn : null,
        cancelOn: pays ? null : trialEndsOn,
        paymentMeans: body.paymentMeans,
        holdForReview: body.holdForReview,
        createdAt: ctx.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const data = { planId, plan: plan.name, intervalMonths, startsOn, trialEndsOn }
    await tellEvent(ctx.db, {
      subscriptionId: id,
      kind: 'started',
      byStaffId: doing.byStaffId,
      at: ctx.clock.now(),
      data,
    })
    if (body.couponCode) await giveCoupon(doing, { id }, body.couponCode)
    await followFirstPrice(ctx.db, id, (await houseOf(doing)).vat)
    await followedByClient(doing, await held(ctx.db, id))
    ctx.record({ object: 'subscription', id, after: { clientId, ...data } })
    return shownSubscription(ctx, id)
  }),
]
