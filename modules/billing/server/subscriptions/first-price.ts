// What a subscription will charge a month before its first period says so: options and coupon are in it, as they are on the invoice.
import { sql, type CentralDb } from '#platform/server/db.ts'
import { pricing, type VatRule } from '../renewal/pricing.ts'
import { renewable } from '../renewal/renewing.ts'

/** @returns cents a month of its next period, without what stands there once; undefined where none comes by itself */
export async function nextMonthly(db: CentralDb, id: string, vat: VatRule): Promise<number | undefined> {
  const { rows } = await sql<{ cents: number }>`
    with ${pricing(sql`s.id = ${id}::uuid and ${renewable}`, vat)}
    select round(recurring_cents::numeric / months)::bigint as cents from priced join summed on subscription_id = id`.execute(
    db,
  )
  return rows[0]?.cents
}

/** Whose first period is not invoiced yet pays what that one will charge: nothing moves by itself when it is. */
export async function followFirstPrice(db: CentralDb, id: string, vat: VatRule): Promise<void> {
  const cents = await nextMonthly(db, id, vat)
  if (cents === undefined) return
  await sql`update subscriptions set monthly_cents = ${cents}, first_monthly_cents = ${cents}
    where id = ${id}::uuid and (paying_from is null or next_period_on = paying_from)
      and (monthly_cents, first_monthly_cents) is distinct from (${cents}, ${cents})`.execute(db)
}
