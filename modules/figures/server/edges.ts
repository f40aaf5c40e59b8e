import type { RawBuilder } from 'kysely'
import { sql } from '#platform/server/db.ts'

/** Who asks, and when. */
export type Asking = {
  now: Date
  /** Whoever receives patients and wishes to see their own alone. */
  own: string | null
}

/**
 * What every line is held against, as `e` of a statement: the practice's clock and day, and whose lines count. Somebody who
 * receives patients alone sees all there is, whatever they wish. A practice has one row; told so, PostgreSQL plans for one.
 */
export const edges = ({ now, own }: Asking) => sql`
  select time_zone as zone, kind, ${now}::timestamptz as now, (${now}::timestamptz at time zone time_zone)::date as today,
    case when several then ${own}::uuid end as only, several
  from practice,
    (select count(*) > 1 as several from profiles where profile = 'practitioner') as practitioners
  limit 1`

/** Days of the practice, both included, said of `e`. */
export type Bounds = { from: RawBuilder<string>; to: RawBuilder<string> }

const month = sql<string>`date_trunc('month', e.today::timestamp)::date`
const monday = sql<string>`date_trunc('week', e.today::timestamp)::date`

/**
 * Each stretch of time, and the one it is compared with. What is still going on is compared as far as it has gone: the
 * first ten days of a month with the first ten of the last one, or with all of it where that was shorter.
 */
export const stretches = {
  day: [
    { from: sql`e.today`, to: sql`e.today` },
    { from: sql`e.today - 1`, to: sql`e.today - 1` },
  ],
  week: [
    { from: monday, to: sql`e.today` },
    { from: sql`${monday} - 7`, to: sql`e.today - 7` },
  ],
  month: [
    { from: month, to: sql`e.today` },
    { from: sql`(${month} - interval '1 month')::date`, to: sql`(e.today - interval '1 month')::date` },
  ],
  wholeMonth: [
    { from: month, to: sql`(${month} + interval '1 month')::date - 1` },
    { from: sql`(${month} - interval '1 month')::date`, to: sql`${month} - 1` },
  ],
} as const satisfies Record<string, readonly [Bounds, Bounds]>

/** A whole month, `2026-03`. */
export const monthOf = (said: string): Bounds => ({
  from: sql`${`${said}-01`}::date`,
  to: sql`(${`${said}-01`}::date + interval '1 month')::date - 1`,
})

/** When a day of the practice begins. */
export const begins = (day: RawBuilder<string>) => sql`((${day})::timestamp at time zone e.zone)`

/** Whether an instant lies within those days. */
export const within = (instant: RawBuilder<unknown>, { from, to }: Bounds) =>
  sql<boolean>`${instant} >= ${begins(from)} and ${instant} < ${begins(sql`(${to}) + 1`)}`
