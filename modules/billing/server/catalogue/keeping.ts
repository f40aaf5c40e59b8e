import {
  addCoupon,
  addPlan,
  addPlanOption,
  addPlanPrice,
  catalogueKeyTaken,
  couponCodeTaken,
  getCatalogue,
  getPriceEffect,
  priceDayTaken,
  priceInThePast,
  updateCoupon,
  updatePlan,
  updatePlanOption,
} from '#contract/billing'
import { found, handle, refuse, type Context, type Handler } from '#platform/server/requests.ts'
import { dayOf } from '#platform/server/clock.ts'
import { couponsOf, insertPrice, optionsOf, plansOf, priceEffect } from './queries.ts'

type Asking = Pick<Context, 'db' | 'clock'>

const today = ({ clock }: Asking) => dayOf(clock.now())
const planNow = async (ctx: Asking, id: string) => found((await plansOf(ctx.db, today(ctx), id))[0])
const optionNow = async (ctx: Asking, id: string) => found((await optionsOf(ctx.db, id))[0])
const couponNow = async (ctx: Asking, id: string) => found((await couponsOf(ctx.db, id))[0])

/** Archived once; taken out of the archive, it is as if it had never been. */
const archivedAt = (archived: boolean, now: Date) => (archived ? now : null)

export const catalogueHandlers: readonly Handler[] = [
  handle(getCatalogue, async (ctx) => {
    const [plans, options, coupons] = await Promise.all([
      plansOf(ctx.db, today(ctx)),
      optionsOf(ctx.db),
      couponsOf(ctx.db),
    ])
    return { plans, options, coupons }
  }),

  handle(addPlan, async (ctx, { body: { vatBasisPoints, ...plan } }) => {
    const row = await ctx.db
      .insertInto('plans')
      .values({ ...plan, vatBasisPoints })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw refuse(catalogueKeyTaken)
    await insertPrice(ctx.db, row.id, {
      intervalMonths: 1,
      inForceFrom: today(ctx),
      priceCents: plan.monthlyCents,
      vatBasisPoints,
      appliesTo: 'next_periods',
      createdBy: ctx.actor.staffId,
      createdAt: ctx.clock.now(),
    })
    ctx.record({ object: 'plan', id: row.id, after: { ...plan, vatBasisPoints } })
    return planNow(ctx, row.id)
  }),

  handle(updatePlan, async (ctx, { params: { id }, body: { archived, ...words } }) => {
    const { name, description, trialDays, archived: was } = await planNow(ctx, id)
    await ctx.db
      .updateTable('plans')
      .set({ ...words, ...(archived === was ? {} : { archivedAt: archivedAt(archived, ctx.clock.now()) }) })
      .where('id', '=', id)
      .execute()
    ctx.record({
      object: 'plan',
      id,
      before: { name, description, trialDays, archived: was },
      after: { ...words, archived },
    })
    return planNow(ctx, id)
  }),

  handle(addPlanPrice, async (ctx, { params: { id }, body }) => {
    await planNow(ctx, id)
    if (body.inForceFrom < today(ctx)) throw refuse(priceInThePast)
    const price = { ...body, createdBy: ctx.actor.staffId, createdAt: ctx.clock.now() }
    if (!(await insertPrice(ctx.db, id, price))) throw refuse(priceDayTaken)
    ctx.record({ object: 'plan', id, after: body })
    return planNow(ctx, id)
  }),

  handle(getPriceEffect, async (ctx, { params: { id }, query }) => {
    await planNow(ctx, id)
    return priceEffect(ctx.db, id, query)
  }),

  handle(addPlanOption, async (ctx, { body }) => {
    const row = await ctx.db
      .insertInto('planOptions')
      .values(body)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw refuse(catalogueKeyTaken)
    ctx.record({ object: 'plan_option', id: row.id, after: body })
    return optionNow(ctx, row.id)
  }),

  handle(updatePlanOption, async (ctx, { params: { id }, body: { archived, ...words } }) => {
    const { name, monthlyCents, vatBasisPoints, archived: was } = await optionNow(ctx, id)
    await ctx.db
      .updateTable('planOptions')
      .set({ ...words, ...(archived === was ? {} : { archivedAt: archivedAt(archived, ctx.clock.now()) }) })
      .where('id', '=', id)
      .execute()
    ctx.record({
      object: 'plan_option',
      id,
      before: { name, monthlyCents, vatBasisPoints, archived: was },
      after: { ...words, archived },
    })
    return optionNow(ctx, id)
  }),

  handle(addCoupon, async (ctx, { body }) => {
    const row = await ctx.db
      .insertInto('coupons')
      .values({ ...body, createdBy: ctx.actor.staffId, createdAt: ctx.clock.now() })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw refuse(couponCodeTaken)
    ctx.record({ object: 'coupon', id: row.id, after: body })
    return couponNow(ctx, row.id)
  }),

  handle(updateCoupon, async (ctx, { params: { id }, body: { archived, ...words } }) => {
    const { validUntil, usesAtMost, archived: was } = await couponNow(ctx, id)
    await ctx.db
      .updateTable('coupons')
      .set({ ...words, ...(archived === was ? {} : { archivedAt: archivedAt(archived, ctx.clock.now()) }) })
      .where('id', '=', id)
      .execute()
    ctx.record({
      object: 'coupon',
      id,
      before: { validUntil, usesAtMost, archived: was },
      after: { ...words, archived },
    })
    return couponNow(ctx, id)
  }),
]
