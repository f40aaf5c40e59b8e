import { purposes, type Purpose } from '#contract/impersonation'
import { sql } from '#platform/server/db.ts'
import type { Db } from './queries.ts'
import { stateOf } from './state.ts'

/** How many began in the last days, how long they took, and what waits now. */
export async function figures(db: Db, now: Date, days: number) {
  const since = new Date(now.getTime() - days * 86_400_000)
  const seconds = sql`extract(epoch from least(coalesce(ended_at, ${now}), ends_at) - started_at)`
  const { rows: begun } = await sql<{
    purpose: Purpose | null
    begun: number
    medianSeconds: number | null
    withWriting: number
    brokenGlass: number
  }>`select purpose, count(*)::int as begun,
      round(percentile_cont(0.5) within group (order by ${seconds}))::int as "medianSeconds",
      count(*) filter (where may_write)::int as "withWriting",
      count(*) filter (where approved_at is not null)::int as "brokenGlass"
    from impersonations where started_at >= ${since} group by rollup (purpose)`.execute(db)
  const { rows: open } = await sql<{ running: number; waiting: number; toReview: number }>`
    select count(*) filter (where ${stateOf(now)} = 'running')::int as running,
      count(*) filter (where ${stateOf(now)} = 'waiting')::int as waiting,
      count(*) filter (where approved_at is not null and ${stateOf(now)} = 'ended' and reviewed_at is null)::int as "toReview"
    from impersonations i`.execute(db)
  const all = begun.find(({ purpose }) => purpose === null)
  return {
    ...open[0]!, // an aggregate without groups has one row
    begun: all?.begun ?? 0,
    medianSeconds: all?.medianSeconds ?? null,
    withWriting: all?.withWriting ?? 0,
    brokenGlass: all?.brokenGlass ?? 0,
    byPurpose: purposes.flatMap((purpose) => {
      const one = begun.find((row) => row.purpose === purpose)
      return one ? [{ purpose, begun: one.begun, medianSeconds: one.medianSeconds }] : []
    }),
  }
}
