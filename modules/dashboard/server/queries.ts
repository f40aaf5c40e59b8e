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
  /** Who paid on each of these days; what moved between two of them is their difference. */
  payingOn: readonly string[]
}

/**
 * Every sum the dashboard shows, in one statement: all of one instant, and a few dozen rows however many facts there are.
 * `gained` and `lost` are cumulative up to and including their day.
 */
export async function sumsFor(db: Db, days: Days): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`
    with known as materialized (select * from current_figures where count <> 0 or cents <> 0),
    sums as (
      select 'clients' as figure, split_part(dimension, '|', 1) as part, sum(count) as count, 0 as cents
        from known where measure = 'clients' group by 2
      union all
      select measure, dimension, count, cents from known where measure = 'subscriptions'
      union all
      select measure, to_char(day, 'YYYY-MM'), sum(count), sum(cents)
        from known where measure in ('revenue_excl', 'revenue_incl')
        and day between ${days.revenueFrom}::date and ${days.revenueTo}::date group by 1, 2
      union all
      select measure, 'so_far', sum(count), sum(cents)
        from known where measure in ('revenue_excl', 'revenue_incl')
        and day between ${days.soFarFrom}::date and ${days.soFarTo}::date group by 1
      union all
      select measure, paying_on::text, sum(count), sum(cents)
        from known join unnest(${days.payingOn}::date[]) as paying_on on day <= paying_on
        where measure in ('mrr_gained', 'mrr_lost') group by 1, 2
      union all
      select measure, case when day < ${days.today}::date then 'overdue' else 'to_come' end, sum(count), sum(cents)
        from known where measure = 'unpaid' group by 1, 2
      union all
      select 'oldest_due', min(day)::text, 0, 0 from known where measure = 'unpaid' having count(*) > 0
      union all
      select 'first_month', to_char(min(day), 'YYYY-MM'), 0, 0
        from known where measure in ('revenue_excl', 'mrr_gained') having count(*) > 0
    )
    select figure, part, count::bigint, cents::bigint from sums`.execute(db)
  return rows
}

/** When a recount last agreed, and when the latest one did not. */
export async function latestProofs(
  db: ProofsDb,
): Promise<{ provenAt: Date | null; disprovenAt: Date | null }> {
  const { rows } = await sql<{ provenAt: Date | null; disprovenAt: Date | null }>`
    select (select at from figure_proofs where differing = 0 order by at desc limit 1) as proven_at,
           (select case when differing > 0 then at end from figure_proofs order by at desc limit 1) as disproven_at`.execute(
    db,
  )
  return rows[0] ?? { provenAt: null, disprovenAt: null }
}

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
