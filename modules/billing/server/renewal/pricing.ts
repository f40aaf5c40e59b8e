// What a subscription's next period costs, line by line: one text for the preview, the page and the run, so that they agree.
import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'

/** How the company's documents bear VAT on the day; `exemption` is a VATEX code. */
export type VatRule = { taxed: true } | { taxed: false; exemption: string }

/**
 * Common table expressions, of the subscriptions `s` that `which` holds for:
 * - `priced`   one a subscription: its client, plan, period and price, and `why` nothing is to be invoiced
 * - `priced_lines`    the lines of each, with their places
 * - `summed`   one a subscription that has lines: `recurring_cents` without extras, and the sums of the document
 *
 * A period takes the price of its first day. A coupon takes a percentage off plan and options, or an amount off the plan, never
 * more than it costs; one at a time, the first that was applied. What no rate stands beside is of the code Z or exempt.
 */
export function pricing(which: RawBuilder<unknown>, vat: VatRule): RawBuilder<unknown> {
  const rate = (basisPoints: RawBuilder<unknown>) => (vat.taxed ? basisPoints : sql`0`)
  const category = (basisPoints: RawBuilder<unknown>) =>
    vat.taxed ? sql`case when ${basisPoints} = 0 then 'Z' else 'S' end` : sql`'E'`
  return sql`
    due as materialized (
      select s.id, s.client_id, s.company_id, s.status, s.hold_for_review, s.payment_means, s.monthly_cents, s.started_on,
        s.price_of_day, s.next_period_on as from_on, s.plan_id as former_plan_id, s.interval_months as former_months, s.next_plan is not null as changes,
        coalesce((s.next_plan ->> 'planId')::uuid, s.plan_id) as plan_id,
        coalesce((s.next_plan ->> 'intervalMonths')::integer, s.interval_months) as months,
        case when coalesce((s.next_plan ->> 'intervalMonths')::integer, s.interval_months) <> s.interval_months then s.next_period_on
          else coalesce(s.anchor_on, s.next_period_on) end as anchor_on
      from subscriptions s where s.next_period_on is not null and ${which}),
    dated as (
      select due.*, (anchor_on + make_interval(months => (12 * (extract(year from from_on) - extract(year from anchor_on))
        + extract(month from from_on) - extract(month from anchor_on))::integer + months))::date as ends_on
      from due),
    priced as materialized (
      select dated.*, plans.name as plan, coalesce(nullif(plans.description, ''), plans.name) as described,
        price.price_cents, price.vat_basis_points, coupon.id as used_coupon_id, coupon.coupon_id as used_coupon, coupon.percent_basis_points, coupon.amount_cents,
        case when clients.trashed_at is not null then 'client_trashed' when clients.status = 'excluded' then 'client_excluded'
          when price.price_cents is null then 'no_price' end as hindrance
      from dated join plans on plans.id = dated.plan_id join clients on clients.id = dated.client_id
      left join lateral (
        select price_cents, vat_basis_points from plan_prices
        where plan_id = dated.plan_id and interval_months = dated.months
          and in_force_from <= coalesce(dated.price_of_day, dated.from_on)
          and (applies_to = 'next_periods' or in_force_from <= dated.started_on)
        order by in_force_from desc limit 1) price on true
      left join lateral (
        select used.id, coupon_id, coupons.percent_basis_points, coupons.amount_cents from subscription_coupons used
        join coupons on coupons.id = used.coupon_id
        where used.subscription_id = dated.id and coalesce(used.periods_left, 1) > 0
        order by used.applied_on, used.id limit 1) coupon on true),
    bare_lines as (
      select id as subscription_id, 0 as sort, null::uuid as extra_id, described as description, 1::numeric as quantity,
        case months when 1 then 'MON' when 12 then 'ANN' else 'C62' end as unit, price_cents as unit_price_cents,
        vat_basis_points, coalesce(percent_basis_points, 0) as discount_basis_points,
        case when amount_cents is null then 0 else least(amount_cents, price_cents) end as discount_cents
      from priced where hindrance is null
      union all
      select priced.id, 1, null, plan_options.name, chosen.quantity * priced.months, 'MON', plan_options.monthly_cents,
        plan_options.vat_basis_points, coalesce(percent_basis_points, 0), 0
      from priced join subscription_options chosen on chosen.subscription_id = priced.id
        and chosen.from_on <= priced.from_on and (chosen.until_on is null or chosen.until_on > priced.from_on)
      join plan_options on plan_options.id = chosen.option_id where hindrance is null
      union all
      select priced.id, 2, extra.id, extra.description, extra.quantity, 'C62', extra.unit_price_cents, extra.vat_basis_points, 0, 0
      from priced join subscription_extras extra on extra.subscription_id = priced.id and extra.invoice_id is null
      where hindrance is null),
    priced_lines as materialized (
      select subscription_id, sort, extra_id, description, quantity, unit, unit_price_cents, discount_basis_points, discount_cents,
        ${rate(sql`vat_basis_points`)} as vat_basis_points, ${category(sql`vat_basis_points`)} as vat_category,
        ${vat.taxed ? sql`null` : sql`${vat.exemption}`}::text as vat_exemption,
        round(quantity * unit_price_cents)::bigint - case when discount_basis_points > 0
          then round(round(quantity * unit_price_cents) * discount_basis_points / 10000)::bigint else discount_cents end as excl_cents,
        row_number() over (partition by subscription_id order by sort, extra_id, description)::integer as position
      from bare_lines),
    summed as materialized (
      select subscription_id, sum(recurring)::bigint as recurring_cents, sum(base)::bigint as excl_cents,
        -- Lines that come out even are something all the same, and stand on a document.
        bool_and(empty) as nothing_due,
        -- numeric rounds half away from zero, like vatOn.
        sum(round(base * vat_basis_points / 10000))::bigint as vat_cents
      from (
        select subscription_id, vat_basis_points, sum(excl_cents) as base, bool_and(excl_cents = 0) as empty,
          coalesce(sum(excl_cents) filter (where sort < 2), 0) as recurring
        from priced_lines group by subscription_id, vat_category, vat_basis_points) per_rate
      group by subscription_id)`
}
