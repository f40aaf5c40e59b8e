import { applyCoupon, couponUnusable, removeCoupon } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { changeSubscription, tellEvent } from './act-queries.ts'
import { doingOf, held, recorded, today, type Doing } from './acting.ts'
import { followFirstPrice } from './first-price.ts'
import { houseOf } from './house.ts'

export const coupons: readonly Handler[] = [
  handle(applyCoupon, async (ctx, { params: { id }, body: { revision, code } }) => {
    const row = await held(ctx.db, id, revision)
    await giveCoupon(doingOf(ctx), row, code)
    await changeSubscription(ctx.db, id, {})
    await followFirstPrice(ctx.db, id, (await houseOf(ctx)).vat)
    return recorded(ctx, row, { couponCode: code })
  }),

  handle(removeCoupon, async (ctx, { params: { id, couponId } }) => {
    const row = await held(ctx.db, id)
    const removed = found(
      await ctx.db
        .deleteFrom('subscriptionCoupons')
        .where('subscriptionId', '=', id)
        .where('couponId', '=', couponId)
        .returning([
          'couponId',
          (query) => query.selectFrom('coupons').whereRef('id', '=', 'couponId').select('code').as('code'),
        ])
        .executeTakeFirst(),
    )
    const doing = doingOf(ctx)
    await tellEvent(ctx.db, {
      subscriptionId: id,
      kind: 'coupon_removed',
      byStaffId: doing.byStaffId,
      at: ctx.clock.now(),
      data: removed,
    })
    await changeSubscription(ctx.db, id, {})
    await followFirstPrice(ctx.db, id, (await houseOf(ctx)).vat)
    return recorded(ctx, row, removed)
  }),
]

/** @throws Refused where it is over, used up, or another one still takes something off */
export async function giveCoupon(doing: Doing, { id }: { id: string }, code: string): Promise<void> {
  const { db, clock, byStaffId } = doing
  const coupon = await usableCoupon(db, code, { subscriptionId: id, day: today(doing) })
  if (!coupon) throw refuse(couponUnusable)
  await db
    .insertInto('subscriptionCoupons')
    .values({ subscriptionId: id, couponId: coupon.id, appliedOn: today(doing), periodsLeft: coupon.periods })
    .execute()
  await tellEvent(db, {
    subscriptionId: id,
    kind: 'coupon_applied',
    byStaffId,
    at: clock.now(),
    data: { code, periods: coupon.periods },
  })
}

/** Locked, so that the last use is given once. */
async function usableCoupon(db: CentralDb, code: string, about: { subscriptionId: string; day: string }) {
  const { rows } = await sql<{ id: string; periods: number | null }>`
    select id, periods from coupons where code = ${code} and archived_at is null
      and (valid_until is null or valid_until >= ${about.day}::date)
      and not exists (select from subscription_coupons where subscription_id = ${about.subscriptionId}::uuid
        and (coupon_id = coupons.id or coalesce(periods_left, 1) > 0))
    for no key update`.execute(db)
  const coupon = rows[0]
  if (!coupon) return undefined
  const { rows: uses } = await sql<{ free: boolean }>`
    select uses_at_most is null or uses_at_most > (select count(*) from subscription_coupons where coupon_id = coupons.id) as free
    from coupons where id = ${coupon.id}::uuid`.execute(db)
  return uses[0]?.free ? coupon : undefined
}
