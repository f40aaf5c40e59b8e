// The same sums without any rollup: each figure counted from the facts, the way one writes it by hand, with every index
// the product has. Rows are those of sumsFor in modules/dashboard/server/queries.ts.
import type pg from 'pg'
import type { Days, SumRow } from '../../modules/dashboard/server/queries.ts'

const statement = `
  with paying_days as (select unnest($6::date[]) as paying_on)
  select 'clients' as figure, status as part, count(*) as count, 0::bigint as cents
    from clients where trashed_at is null group by status
  union all
  select 'subscriptions', status, count(*), sum(monthly_cents)::bigint from subscriptions where is_current group by status
  union all
  select measure, month, count, cents from (
    select to_char(issued_on, 'YYYY-MM') as month, count(*) as count, sum(total_excl_cents)::bigint as excl, sum(total_incl_cents)::bigint as incl
    from invoices where state = 'issued' and coalesce(issued_on, 'infinity') between $2::date and $3::date group by 1
  ) by_month, lateral (values ('revenue_excl', excl), ('revenue_incl', incl)) as both_sums (measure, cents)
  union all
  select measure, 'so_far', count, cents from (
    select count(*) as count, sum(total_excl_cents)::bigint as excl, sum(total_incl_cents)::bigint as incl
    from invoices where state = 'issued' and coalesce(issued_on, 'infinity') between $4::date and $5::date
  ) so_far, lateral (values ('revenue_excl', excl), ('revenue_incl', incl)) as both_sums (measure, cents)
  union all
  select 'mrr_gained', paying_on::text, count(*), sum(monthly_cents)::bigint
    from paying_days join subscriptions on paying_from <= paying_on group by paying_on
  union all
  select 'mrr_lost', paying_on::text, count(*), sum(monthly_cents)::bigint
    from paying_days join subscriptions on paying_until <= paying_on and paying_from is not null group by paying_on
  union all
  select 'unpaid', case when due_on < $1::date then 'overdue' else 'to_come' end, count(*), sum(total_incl_cents - paid_cents)::bigint
    from invoices where state = 'issued' and kind = 'invoice' and paid_cents < (total_excl_cents + total_vat_cents) group by 2
  union all
  select 'oldest_due', min(due_on)::text, 0, 0
    from invoices where state = 'issued' and kind = 'invoice' and paid_cents < (total_excl_cents + total_vat_cents) having count(*) > 0
  union all
  select 'first_month', to_char(least(
      (select min(coalesce(issued_on, 'infinity')) from invoices), (select min(paying_from) from subscriptions)), 'YYYY-MM'), 0, 0`

export async function recount(client: pg.Client, days: Days): Promise<SumRow[]> {
  const { rows } = await client.query<SumRow>({
    name: 'recount',
    text: statement,
    values: [days.today, days.revenueFrom, days.revenueTo, days.soFarFrom, days.soFarTo, days.payingOn],
  })
  return rows.map((row) => ({ ...row, count: Number(row.count), cents: Number(row.cents) }))
}
