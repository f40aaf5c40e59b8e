import type { SubscriptionLine } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Doing } from './acting.ts'
import type { PeriodLine, RunningPeriod } from './running-period.ts'

/** Lines that stand on the next invoice. */
export async function waitFor(
  { db, clock, byStaffId }: Doing,
  subscriptionId: string,
  lines: readonly SubscriptionLine[],
): Promise<void> {
  if (lines.length === 0) return
  await db
    .insertInto('subscriptionExtras')
    .values(
      lines.map(({ description, quantity, unitPriceCents, vatBasisPoints }) => ({
        subscriptionId,
        description,
        quantity,
        unitPriceCents,
        vatBasisPoints,
        createdBy: byStaffId,
        createdAt: clock.now(),
      })),
    )
    .execute()
}

export async function tellPrice(
  db: CentralDb,
  subscriptionId: string,
  { on, from, to }: { on: string; from: number; to: number },
): Promise<void> {
  await db
    .insertInto('subscriptionPriceChanges')
    .values({ subscriptionId, changedOn: on, oldMonthlyCents: from, newMonthlyCents: to })
    .execute()
}

export async function monthlyOf(db: CentralDb, id: string): Promise<number> {
  const row = await db
    .selectFrom('subscriptions')
    .where('id', '=', id)
    .select('monthlyCents')
    .executeTakeFirstOrThrow()
  return row.monthlyCents
}

type Discount = Pick<PeriodLine, 'discountBasisPoints' | 'discountCents'>

/** What a coupon takes off a period; undefined where none does. */
export async function discountOfPeriod(
  db: CentralDb,
  subscriptionId: string,
  { from }: RunningPeriod,
): Promise<Discount | undefined> {
  const { rows } = await sql<Discount>`
    select coalesce(percent_basis_points, 0) as "discountBasisPoints", coalesce(amount_cents, 0) as "discountCents"
    from subscription_periods period join coupons on coupons.id = used_coupon
    where period.subscription_id = ${subscriptionId}::uuid and starts_on = ${from}::date`.execute(db)
  return rows[0]
}
