import { sql, type CentralDb } from '#platform/server/db.ts'
import { pricing, type VatRule } from '../renewal/pricing.ts'
import { renewable } from '../renewal/renewing.ts'
import type { PeriodLine, RunningPeriod } from './running-period.ts'

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

/** What its next invoice asks for besides what waits for it, by rate as `rateKey` says it. */
export async function recurringByRate(
  db: CentralDb,
  subscriptionId: string,
  vat: VatRule,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ rate: string; cents: number }>`
    with ${pricing(sql`s.id = ${subscriptionId}::uuid and ${renewable}`, vat)}
    select vat_category || ' ' || vat_basis_points || ' ' || coalesce(vat_exemption, '') as rate, sum(excl_cents)::bigint as cents
    from priced_lines where sort < 2 group by 1`.execute(db)
  return new Map(rows.map(({ rate, cents }) => [rate, cents]))
}
