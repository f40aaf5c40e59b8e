// Periods that begin become drafts, thousands in one statement: everything of a batch is kept, or nothing is.
import { sql, type CentralDb } from '#platform/server/db.ts'
import { pricing, type VatRule } from './pricing.ts'

const batch = 10_000

export type Renewed = { renewed: number; held: number; exclCents: number }

export type RenewalOrder = {
  /** Periods that begin up to and including this day. */
  until: string
  companyId: string
  vat: VatRule
  /** Every document stays a draft until somebody looked at it. */
  hold: boolean
  progress?: (renewed: number) => void
  /** Between two batches: what is done so far is written into the run. */
  onBatch?: (db: CentralDb, soFar: Renewed, afterId: string) => Promise<void>
}

type Place = { day: string; id: string }

/**
 * Makes the documents of all periods that begin up to a day, each once: a period has one row, written in the statement that makes
 * its document, so a run may be killed anywhere, run twice, or run by two at once.
 *
 * A subscription that is several periods behind gets them one after another.
 */
export async function renewDue(db: CentralDb, order: RenewalOrder): Promise<Renewed> {
  const total: Renewed = { renewed: 0, held: 0, exclCents: 0 }
  for (;;) {
    const { moved } = await pass(db, order, total)
    if (moved === 0) return total
  }
}

/** The periods of one subscription, which the caller holds, in the caller's transaction. */
export async function renewOne(db: CentralDb, id: string, order: RenewalOrder): Promise<void> {
  for (;;) {
    const { rows } = await sql<Place>`
      select next_period_on::text as day, id from subscriptions
      where id = ${id}::uuid and next_period_on <= ${order.until}::date and ${renewable}`.execute(db)
    if (rows.length === 0 || (await renew(db, rows, order)).moved === 0) return
  }
}

/** Each subscription once, in the order of its next period; what cannot be invoiced now is passed over. */
async function pass(db: CentralDb, order: RenewalOrder, total: Renewed): Promise<{ moved: number }> {
  let after: Place = { day: '1900-01-01', id: '00000000-0000-0000-0000-000000000000' }
  let moved = 0
  for (;;) {
    const done = await db.transaction().execute(async (transaction: CentralDb) => {
      await sql`set local statement_timeout = '5min'`.execute(transaction)
      const due = await lockDue(transaction, order.until, after)
      if (due.length === 0) return undefined
      const made = await renew(transaction, due, order)
      total.renewed += made.documents
      total.held += made.held
      total.exclCents += made.exclCents
      const last = due.at(-1)! // there is one at least
      await order.onBatch?.(transaction, total, last.id)
      return { last, moved: made.moved }
    })
    if (!done) return { moved }
    after = done.last
    moved += done.moved
    order.progress?.(total.renewed)
  }
}

/** Locked in one statement and reckoned in the next: what another run did meanwhile is seen. */
async function lockDue(db: CentralDb, until: string, after: Place): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select next_period_on::text as day, id from subscriptions
    where next_period_on <= ${until}::date and ${renewable} and (next_period_on, id) > (${after.day}::date, ${after.id}::uuid)
    order by next_period_on, id limit ${sql.lit(batch)} for no key update`.execute(db)
  return rows
}

/** Whose next period comes by itself. */
export const renewable = sql`status in ('trialing', 'active', 'past_due') and (cancel_on is null or cancel_on > next_period_on)`

async function renew(db: CentralDb, due: readonly Place[], order: RenewalOrder) {
  const which = sql`s.id = any(${due.map(({ id }) => id)}::uuid[]) and s.next_period_on <= ${order.until}::date`
  const { rows } = await sql<{ documents: number; held: number; exclCents: number; moved: number }>`
    with ${pricing(which, order.vat)},
    good as materialized (
      select priced.*, nothing_due, excl_cents, vat_cents, ${order.hold} or hold_for_review as hold,
        round(recurring_cents::numeric / months)::bigint as new_monthly_cents, status = 'trialing' as begins_to_pay,
        case when known.starts_on is not null then 'billed_before' when nothing_due then 'nothing_due' else '' end as why,
        uuidv7() as invoice_id
      from priced join summed on summed.subscription_id = priced.id
      left join subscription_periods known on known.subscription_id = priced.id and known.starts_on = priced.from_on),
    to_make as materialized (select * from good where why = ''),
    documents as (
      insert into invoices (id, company_id, client_id, kind, type_code, state, subscription_id, period_from, period_until,
        payment_means, origin, held, total_excl_cents, total_vat_cents)
      select invoice_id, coalesce(company_id, ${order.companyId}::uuid), client_id, 'invoice', 380, 'draft', id, from_on, ends_on - 1,
        payment_means, 'renewal', hold, excl_cents, vat_cents from to_make),
    lines_of_documents as (
      insert into invoice_lines (invoice_id, position, description, quantity, unit, unit_price_cents, discount_basis_points,
        discount_cents, vat_category, vat_basis_points, vat_exemption, period_from, period_until)
      select invoice_id, position, description, quantity, unit, unit_price_cents, discount_basis_points, discount_cents,
        vat_category, priced_lines.vat_basis_points, vat_exemption,
        case when sort < 2 then from_on end, case when sort < 2 then ends_on - 1 end
      from priced_lines join to_make on to_make.id = subscription_id),
    periods as (
      insert into subscription_periods (subscription_id, starts_on, ends_on, plan_id, invoice_id, why, used_coupon)
      select id, from_on, ends_on, plan_id, case when why = '' then invoice_id end, why, used_coupon from good where why <> 'billed_before'),
    used_extras as (
      update subscription_extras extra set invoice_id = to_make.invoice_id from to_make, priced_lines
      where priced_lines.subscription_id = to_make.id and extra.id = priced_lines.extra_id),
    used_coupons as (
      update subscription_coupons used set periods_left = periods_left - 1 from good
      where used.id = good.used_coupon_id and used.periods_left is not null and why <> 'billed_before'),
    repriced as (
      insert into subscription_price_changes (subscription_id, changed_on, old_monthly_cents, new_monthly_cents)
      select id, from_on, monthly_cents, new_monthly_cents from good
      where not begins_to_pay and monthly_cents <> new_monthly_cents),
    told as (
      insert into subscription_events (subscription_id, kind, data)
      select id, 'activated', jsonb_build_object('on', from_on) from good where begins_to_pay
      union all
      select id, 'plan_changed', jsonb_build_object('planId', plan_id, 'formerPlanId', former_plan_id, 'intervalMonths', months, 'on', from_on,
        'plan', plan, 'from', (select name from plans where id = former_plan_id), 'fromMonths', former_months)
      from good where changes),
    moved_on as (
      update subscriptions s set next_period_on = good.ends_on, anchor_on = good.anchor_on, plan_id = good.plan_id,
        interval_months = good.months, next_plan = null, monthly_cents = new_monthly_cents,
        first_monthly_cents = case when begins_to_pay then new_monthly_cents else s.first_monthly_cents end,
        status = case when begins_to_pay then 'active' else s.status end,
        paying_from = case when begins_to_pay then good.from_on else s.paying_from end
      from good where s.id = good.id),
    clients_told as (
      update clients set status = 'active' from good
      where clients.id = good.client_id and begins_to_pay and clients.status not in ('active', 'excluded'))
    select count(*) filter (where why = '') as documents, count(*) filter (where why = '' and hold) as held,
      coalesce(sum(excl_cents) filter (where why = ''), 0)::bigint as "exclCents", count(*) as moved
    from good`.execute(db)
  return rows[0]! // an aggregate has one row
}
