import type { RawBuilder } from 'kysely'
import type { ClientFilter } from '#contract/clients'
import { sql } from '#platform/server/db.ts'
import type { Search } from '../searching/words.ts'
import { found } from '../searching/queries.ts'

/** A filter ready to be asked: its words understood, and the day it is in Paris, for those few filters that ask for it. */
export type Wanted = { filter: ClientFilter; search: Search | undefined; today: () => string }

type Condition = RawBuilder<boolean>

/** What holds for client `c` when the filter shows it. */
export function matching({ filter, search, today }: Wanted): Condition {
  const conditions: Condition[] = []
  const { trash = 'out', status, department, kind, subscription, signedIn } = filter
  if (trash !== 'any')
    conditions.push(trash === 'in' ? sql`c.trashed_at is not null` : sql`c.trashed_at is null`)
  if (status) conditions.push(oneOf(sql`c.status`, status))
  if (department) conditions.push(oneOf(sql`c.department`, department))
  if (kind) conditions.push(sql`c.kind = ${kind}`)
  if (signedIn) conditions.push(sql`c.last_sign_in_at is null`)
  if (subscription) conditions.push(subscribed(sql`s.is_current and ${oneOf(sql`s.status`, subscription)}`))
  if (filter.startedPaying)
    conditions.push(subscribed(inMonth(sql`s.paying_from`, filter.startedPaying, today())))
  if (filter.stoppedPaying)
    conditions.push(
      subscribed(
        sql`s.paying_from is not null and ${inMonth(sql`s.paying_until`, filter.stoppedPaying, today())}`,
      ),
    )
  if (filter.payingOn)
    conditions.push(
      subscribed(sql`s.paying_from <= ${filter.payingOn}::date
        and (s.paying_until is null or s.paying_until > ${filter.payingOn}::date)`),
    )
  if (filter.trialEndsBefore)
    conditions.push(
      subscribed(
        sql`s.is_current and s.status = 'trialing' and s.trial_ends_on < ${filter.trialEndsBefore}::date`,
      ),
    )
  if (search) conditions.push(found(search))
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
}

/** With one value a plain equality, after which an index can go on in the order of its next column. */
function oneOf(column: RawBuilder<unknown>, values: readonly string[]): Condition {
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values}::text[])`
}

function subscribed(how: Condition): Condition {
  return sql`exists (select from subscriptions s where s.client_id = c.id and ${how})`
}

/** Up to today: what is only planned has not happened. */
function inMonth(column: RawBuilder<unknown>, month: string, today: string): Condition {
  return sql`${column} >= ${`${month}-01`}::date and ${column} < ${`${month}-01`}::date + interval '1 month'
    and ${column} <= ${today}::date`
}
