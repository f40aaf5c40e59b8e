import type { RawBuilder } from 'kysely'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'currentFigures'>
type ProofsDb = Tables<'figureProofs'>

/** One sum: of which figure, which part of it (a status, a month, a day), how many and how much. */
export type SumRow = { figure: string; part: string; count: number; cents: number }

export type Days = {
  today: string
  /** Revenue is wanted by month between these days, both included. */
  revenueFrom: string
  revenueTo: string
  /** And once more between these. */
  soFarFrom: string
  soFarTo: string
  /** Who paid on each of these days, the latest first; what moved between two of them is their difference. */
  payingOn: readonly [string, string, string]
}

/** What the view current_figures sums up, before it does: here every row is summed once, into what is asked for. */
const parts = sql`(select measure, day, dimension, count, cents from figures
  union all select measure, day, dimension, count, cents from figure_deltas) as parts`

/**
 * Every sum the dashboard shows, in one statement: all of one instant, and a few dozen rows however many facts there are.
 * `mrr_gained`, `mrr_lost` and `mrr_changed` are cumulative, up to and including their day.
 */
export function dashboardSums({ today, payingOn, ...days }: Days): RawBuilder<SumRow> {
  const [now, before, beforeThat] = payingOn
  return sql<SumRow>`
    select 'clients' as figure, split_part(dimension, '|', 1) as part, sum(count)::bigint as count, 0::bigint as cents
      from ${parts} where measure = 'clients' group by 2
    union all
    select measure, dimension, sum(count)::bigint, sum(cents)::bigint
      from ${parts} where measure = 'subscriptions' group by 1, 2
    union all
    select measure, left(day::text, 7), sum(count)::bigint, sum(cents)::bigint
      from ${parts} where measure in ('revenue_excl', 'revenue_incl')
      and day between ${days.revenueFrom}::date and ${days.revenueTo}::date group by 1, 2
    union all
    select measure, 'so_far', sum(count)::bigint, sum(cents)::bigint
      from ${parts} where measure in ('revenue_excl', 'revenue_incl')
      and day between ${days.soFarFrom}::date and ${days.soFarTo}::date group by 1
    union all
    select measure, paying_on, paying.count::bigint, paying.cents::bigint
      from (
        select measure, sum(count) as count1, sum(cents) as cents1,
          sum(count) filter (where day <= ${before}::date) as count2, sum(cents) filter (where day <= ${before}::date) as cents2,
          sum(count) filter (where day <= ${beforeThat}::date) as count3, sum(cents) filter (where day <= ${beforeThat}::date) as cents3
        from ${parts} where measure in ('mrr_gained', 'mrr_lost', 'mrr_changed') and day <= ${now}::date group by measure
      ) as moved, lateral (values (${now}, count1, cents1), (${before}, count2, cents2), (${beforeThat}, count3, cents3))
        as paying (paying_on, count, cents)
      where paying.count is not null
    union all
    select measure, case when day < ${today}::date then 'overdue' else 'to_come' end, sum(count)::bigint, sum(cents)::bigint
      from ${parts} where measure = 'unpaid' group by 1, 2
    union all
    select 'oldest_due', min(day)::text, 0, 0
      from (select day from ${parts} where measure = 'unpaid' group by day having sum(count) > 0) as due having count(*) > 0
    union all
    select 'first_month', left(min(day)::text, 7), 0, 0
      from (
        (select day from ${parts} where measure = 'revenue_excl' group by day having sum(count) > 0 order by day limit 1)
        union all
        (select day from ${parts} where measure = 'mrr_gained' group by day having sum(count) > 0 order by day limit 1)
      ) as first having count(*) > 0`
}

/** When a recount last agreed, and when the latest one did not. */
export const latestProofs = () => sql<{ provenAt: Date | null; disprovenAt: Date | null }>`
  select (select at from figure_proofs where differing = 0 order by at desc limit 1) as "provenAt",
         (select case when differing > 0 then at end from figure_proofs order by at desc limit 1) as "disprovenAt"`

/** Sums old deltas into the figures. @returns how many deltas */
export async function foldFigures(db: Db): Promise<number> {
  const { rows } = await sql<{ folded: number }>`select fold_figures() as folded`.execute(db)
  return rows[0]?.folded ?? 0
}

export type Difference = {
  measure: string
  day: string
  dimension: string
  kept: { count: number; cents: number } | null
  recounted: { count: number; cents: number } | null
}

/** Kept figures against the facts, of one snapshot since it is one statement. The recount reads every fact: minutes, not seconds, are allowed. */
export async function compareFigures(
  db: Db,
  shown: number,
): Promise<{ figures: number; differing: number; differences: Difference[] }> {
  await sql`set local statement_timeout = '30min'`.execute(db)
  const { rows } = await sql<{ figures: number; differing: number; differences: Difference[] }>`
    with kept as (select * from current_figures where count <> 0 or cents <> 0),
    compared as (
      select measure, day, dimension,
        case when kept is not null then jsonb_build_object('count', kept.count, 'cents', kept.cents) end as kept,
        case when recounted is not null then jsonb_build_object('count', recounted.count, 'cents', recounted.cents) end as recounted,
        (kept.count, kept.cents) is distinct from (recounted.count, recounted.cents) as differs
      from kept full join recounted_figures as recounted using (measure, day, dimension)
    ),
    shown as (
      select measure, day, dimension, kept, recounted from compared where differs
      order by measure, day, dimension limit ${shown}
    )
    select count(*) as figures, count(*) filter (where differs) as differing,
      (select coalesce(jsonb_agg(to_jsonb(shown)), '[]') from shown) as differences
    from compared`.execute(db)
  return rows[0]! // an aggregate has one row
}

export async function insertProof(
  db: ProofsDb,
  proof: { at: Date; figures: number; differing: number; differences: Difference[]; tookMs: number },
): Promise<void> {
  await db
    .insertInto('figureProofs')
    .values({ ...proof, differences: JSON.stringify(proof.differences) })
    .execute()
}
