import type { RawBuilder } from 'kysely'
import type { ClientFilter } from '#contract/clients'
import { sql } from '#platform/server/db.ts'
import { inside, isLimited } from '#server/access'
import { found } from '../searching/queries.ts'
import type { Wanted } from './wanted.ts'

type Condition = RawBuilder<boolean>

/** What holds for client `c` when the filter shows it to who asks. */
export function matching({ filter, search, mine, asker, today }: Wanted): Condition {
  const conditions: Condition[] = []
  const { trash = 'out', status, department, kind, signedIn } = filter
  if (isLimited(mine)) conditions.push(inside(mine, sql`c`))
  if (trash !== 'any')
    conditions.push(trash === 'in' ? sql`c.trashed_at is not null` : sql`c.trashed_at is null`)
  if (status) conditions.push(oneOf(sql`c.status`, status))
  if (department) conditions.push(oneOf(sql`c.department`, department))
  if (kind) conditions.push(sql`c.kind = ${kind}`)
  if (signedIn) conditions.push(sql`c.last_sign_in_at is null`)
  if (filter.accountManager) conditions.push(lookedAfter(filter.accountManager, asker))
  for (const condition of ofMoney(filter, today)) conditions.push(subscribed(condition))
  if (filter.trialEndsBefore)
    conditions.push(
      subscribed(
        sql`s.is_current and s.status = 'trialing' and s.trial_ends_on < ${filter.trialEndsBefore}::date`,
      ),
    )
  if (search) conditions.push(found(search))
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
}

/**
 * Which subscription `s` of a client the filter asks for, and so what is summed; undefined where it asks for none. The
 * database allows one at the most: current, begun or stopped in a month, or paying on a day. Where several are asked for,
 * the rarest counts.
 */
export function subscriptionAskedFor({ filter, today }: Wanted): Condition | undefined {
  return ofMoney(filter, today)[0]
}

/**
 * What subscription `s` paid a month by then: what it began with where beginnings are asked for, the price of the day where a day
 * is, else the price it has, which is the one it stopped with.
 */
export function monthlyAskedFor({ filter }: Wanted): RawBuilder<number> {
  if (filter.startedPaying) return sql`s.first_monthly_cents`
  if (filter.payingOn && !filter.stoppedPaying)
    return sql`(s.monthly_cents - coalesce((select sum(new_monthly_cents - old_monthly_cents)
      from subscription_price_changes later where later.subscription_id = s.id and later.changed_on > ${filter.payingOn}::date), 0))::bigint`
  return sql`s.monthly_cents`
}

/** The conditions on subscriptions `s` that stand for money on the dashboard, the rarest first. */
function ofMoney(
  { startedPaying, stoppedPaying, payingOn, subscription }: ClientFilter,
  today: () => string,
) {
  const conditions: Condition[] = []
  if (startedPaying) conditions.push(inMonth(sql`s.paying_from`, startedPaying, today()))
  if (stoppedPaying)
    conditions.push(
      sql`s.paying_from is not null and ${inMonth(sql`s.paying_until`, stoppedPaying, today())}`,
    )
  if (payingOn)
    conditions.push(
      sql`s.paying_from <= ${payingOn}::date and (s.paying_until is null or s.paying_until > ${payingOn}::date)`,
    )
  if (subscription) conditions.push(sql`s.is_current and ${oneOf(sql`s.status`, subscription)}`)
  return conditions
}

/** With one value a plain equality, after which an index can go on in the order of its next column. */
function oneOf(column: RawBuilder<unknown>, values: readonly string[]): Condition {
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values}::text[])`
}

function lookedAfter(by: readonly string[], asker: string): Condition {
  const staff = by.filter((one) => one !== 'none').map((one) => (one === 'me' ? asker : one))
  const unowned = sql<boolean>`c.account_manager_id is null`
  if (staff.length === 0) return unowned
  const [only] = staff
  const theirs =
    staff.length === 1
      ? sql<boolean>`c.account_manager_id = ${only}::uuid`
      : sql<boolean>`c.account_manager_id = any(${staff}::uuid[])`
  return staff.length === by.length ? theirs : sql<boolean>`(${theirs} or ${unowned})`
}

function subscribed(how: Condition): Condition {
  return sql`exists (select from subscriptions s where s.client_id = c.id and ${how})`
}

/** Up to today: what is only planned has not happened. */
function inMonth(column: RawBuilder<unknown>, month: string, today: string): Condition {
  return sql`${column} >= ${`${month}-01`}::date and ${column} < ${`${month}-01`}::date + interval '1 month'
    and ${column} <= ${today}::date`
}
