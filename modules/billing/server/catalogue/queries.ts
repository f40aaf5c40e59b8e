import type { Coupon, Plan, PlanOption, PlanPrice } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'

export async function plansOf(db: CentralDb, day: string, id?: string): Promise<Plan[]> {
  const { rows } = await sql<Plan>`
    select plans.id, plans.key, plans.name, plans.description, plans.trial_days as "trialDays", plans.position,
      plans.archived_at is not null as archived, theirs.count as subscribers, theirs.payers,
      coalesce(theirs.cents, 0)::bigint as "monthlyCents",
      (select coalesce(json_agg(json_build_object('id', price.id, 'intervalMonths', interval_months, 'inForceFrom', in_force_from,
          'priceCents', price_cents, 'vatBasisPoints', vat_basis_points, 'appliesTo', applies_to,
          'by', s.first_name || ' ' || s.last_name,
          'createdAt', to_char(price.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'stands', case when in_force_from > ${day}::date then 'to_come' when superseded then 'past' else 'now' end)
          order by interval_months, in_force_from desc), '[]')
        from (select *, exists (select from plan_prices later where later.plan_id = plan_prices.plan_id
            and later.interval_months = plan_prices.interval_months and later.in_force_from > plan_prices.in_force_from
            and later.in_force_from <= ${day}::date) as superseded
          from plan_prices where plan_id = plans.id) price
        left join staff_members s on s.id = price.created_by) as prices
    from plans left join lateral (
      select count(*)::integer as count, (count(*) filter (where pays))::integer as payers, sum(monthly_cents) filter (where pays) as cents
      from subscriptions, lateral (
        select paying_from <= ${day}::date and (paying_until is null or paying_until > ${day}::date) as pays) today
      where plan_id = plans.id and is_current and status <> 'ended') theirs on true
    where ${id === undefined ? sql`true` : sql`plans.id = ${id}::uuid`}
    order by plans.archived_at is not null, plans.position, plans.name, plans.id`.execute(db)
  return rows
}

export async function optionsOf(db: CentralDb, id?: string): Promise<PlanOption[]> {
  const { rows } = await sql<PlanOption>`
    select o.id, o.key, o.name, o.monthly_cents as "monthlyCents", o.vat_basis_points as "vatBasisPoints",
      o.archived_at is not null as archived,
      (select count(*) from subscriptions s where is_current and status <> 'ended' and s.id in (
        select subscription_id from subscription_options where option_id = o.id and until_on is null))::integer as subscribers
    from plan_options o where ${id === undefined ? sql`true` : sql`o.id = ${id}::uuid`}
    order by o.archived_at is not null, o.name, o.id`.execute(db)
  return rows
}

export async function couponsOf(db: CentralDb, id?: string): Promise<Coupon[]> {
  const { rows } = await sql<Coupon>`
    select c.id, c.code, c.percent_basis_points as "percentBasisPoints", c.amount_cents as "amountCents", c.periods,
      c.valid_until as "validUntil", c.uses_at_most as "usesAtMost", c.archived_at is not null as archived,
      (select count(*) from subscription_coupons where coupon_id = c.id)::integer as uses
    from coupons c where ${id === undefined ? sql`true` : sql`c.id = ${id}::uuid`}
    order by c.archived_at is not null, c.code`.execute(db)
  return rows
}

export type NewPrice = Pick<
  PlanPrice,
  'intervalMonths' | 'inForceFrom' | 'priceCents' | 'vatBasisPoints' | 'appliesTo'
>

/** @returns whether that day was free */
export async function insertPrice(
  db: CentralDb,
  planId: string,
  price: NewPrice & { createdBy: string | null; createdAt: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('planPrices')
    .values({ planId, ...price })
    .onConflict((conflict) => conflict.columns(['planId', 'intervalMonths', 'inForceFrom']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Who would pay otherwise from their first period on that day, before coupons. */
export async function priceEffect(
  db: CentralDb,
  planId: string,
  price: Pick<NewPrice, 'intervalMonths' | 'inForceFrom' | 'priceCents' | 'appliesTo'>,
): Promise<{ subscriptions: number; changeCents: number }> {
  const { rows } = await sql<{ subscriptions: number; changeCents: number }>`
    select count(*)::integer as subscriptions,
      coalesce(sum(round((${price.priceCents} - now_paid.price_cents)::numeric / ${price.intervalMonths})), 0)::bigint as "changeCents"
    from subscriptions s, lateral (
      select price_cents from plan_prices where plan_id = s.plan_id and interval_months = s.interval_months
        and in_force_from <= greatest(s.next_period_on, ${price.inForceFrom}::date)
        and (applies_to = 'next_periods' or in_force_from <= s.started_on)
      order by in_force_from desc limit 1) now_paid
    where s.is_current and s.status in ('trialing', 'active', 'past_due', 'paused') and s.plan_id = ${planId}::uuid
      and s.interval_months = ${price.intervalMonths} and s.price_of_day is null
      and (${price.appliesTo} = 'next_periods' or s.started_on >= ${price.inForceFrom}::date)
      and now_paid.price_cents <> ${price.priceCents}`.execute(db)
  return rows[0]! // an aggregate has one row
}
