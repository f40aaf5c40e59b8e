import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'

/**
 * The day a client pays next: who has a subscription is asked for its next period, who has none keeps what was noted or imported.
 * @param noted the client's `next_payment_on`
 * @param s the client's current subscription, or a row of nulls
 */
export const nextPayment = (
  noted: RawBuilder<unknown> = sql`c.next_payment_on`,
  s: RawBuilder<unknown> = sql`s`,
): RawBuilder<string | null> => sql`case when ${s}.status is null then ${noted}
  when ${s}.status in ('trialing', 'active', 'past_due') and ${s}.cancel_on is null then ${s}.next_period_on end`
