import type { Subscription } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { standing } from './running-period.ts'

export type Details = Pick<
  Subscription,
  | 'revision'
  | 'paymentMeans'
  | 'pausedOn'
  | 'invoicedUntil'
  | 'nextPlan'
  | 'options'
  | 'coupons'
  | 'extras'
  | 'periods'
  | 'priceChanges'
  | 'events'
  | 'successorId'
>

const shownPeriods = 60
const shownEvents = 100

/** What a subscription's page shows besides its summary; the database writes it as JSON, one question for all of it. */
export async function detailsOf(db: CentralDb, id: string): Promise<Details> {
  const { rows } = await sql<Details>`
    select s.revision, s.payment_means as "paymentMeans", s.paused_on as "pausedOn",
      (select max(coalesce(given_back_from, ends_on)) - 1 from subscription_periods
        where subscription_id = s.id and invoice_id is not null) as "invoicedUntil",
      (select json_build_object('planId', p.id, 'name', p.name, 'intervalMonths', (s.next_plan ->> 'intervalMonths')::integer)
        from plans p where p.id = (s.next_plan ->> 'planId')::uuid) as "nextPlan",
      (select coalesce(json_agg(json_build_object('optionId', o.id, 'name', o.name, 'quantity', chosen.quantity,
          'monthlyCents', o.monthly_cents, 'fromOn', chosen.from_on) order by o.name, chosen.from_on), '[]')
        from subscription_options chosen join plan_options o on o.id = chosen.option_id
        where chosen.subscription_id = s.id and chosen.until_on is null) as options,
      (select coalesce(json_agg(json_build_object('couponId', coupons.id, 'code', code, 'percentBasisPoints', percent_basis_points,
          'amountCents', amount_cents, 'appliedOn', applied_on, 'periodsLeft', periods_left) order by applied_on, used.id), '[]')
        from subscription_coupons used join coupons on coupons.id = used.coupon_id
        where used.subscription_id = s.id and coalesce(periods_left, 1) > 0) as coupons,
      (select coalesce(json_agg(json_build_object('id', e.id, 'description', description,
          'quantity', trim_scale(quantity)::text, 'unitPriceCents', unit_price_cents, 'exclCents', round(quantity * unit_price_cents)::bigint,
          'vatBasisPoints', vat_basis_points, 'prorated', proration is not null) order by e.id), '[]')
        from subscription_extras e where e.subscription_id = s.id and e.invoice_id is null) as extras,
      (select coalesce(json_agg(json_build_object('from', starts_on, 'until', ends_on - 1, 'invoiceId', i.id, 'number', i.number,
          'exclCents', i.total_excl_cents, 'why', why) order by starts_on desc), '[]')
        from (select * from subscription_periods where subscription_id = s.id order by starts_on desc limit ${shownPeriods}) period
        left join invoices i on i.id = ${standing(sql`period.invoice_id`)}) as periods,
      (select coalesce(json_agg(json_build_object('on', changed_on, 'oldMonthlyCents', old_monthly_cents,
          'newMonthlyCents', new_monthly_cents) order by changed_on desc, id desc), '[]')
        from subscription_price_changes where subscription_id = s.id) as "priceChanges",
      (select coalesce(json_agg(json_build_object('id', event.id, 'at', to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'kind', event.kind, 'by', m.first_name || ' ' || m.last_name, 'data', event.data) order by event.at desc, event.id desc), '[]')
        from (select * from subscription_events where subscription_id = s.id order by at desc, id desc limit ${shownEvents}) event
        left join staff_members m on m.id = event.by_staff_id) as events,
      (select data ->> 'as' from subscription_events where subscription_id = s.id and kind = 'continued' limit 1) as "successorId"
    from subscriptions s where s.id = ${id}::uuid`.execute(db)
  return rows[0]! // whoever asks has read its summary
}
