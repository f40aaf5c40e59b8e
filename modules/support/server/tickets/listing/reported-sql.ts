/**
 * What a report counts, as conditions on ticket `t`: the report puts the same ones into its sums that a queue puts into its
 * list, so that a figure cannot be another than its list's.
 */
import type { RawBuilder } from 'kysely'
import type { ReportedFilter, TargetName } from '#contract/support'
import { sql } from '#platform/server/db.ts'

type Condition = RawBuilder<boolean>

/** Where the days of reports begin and end. */
export const reportZone = 'Europe/Paris'

export function reported(filter: ReportedFilter, now: Date): Condition[] {
  const { openOn, score, measured: name, kept, missed, policyId, weekday, hour } = filter
  const conditions = [
    ...within(sql`t.opened_at`, filter.openedFrom, filter.openedUntil),
    ...within(sql`t.resolved_at`, filter.resolvedFrom, filter.resolvedUntil),
  ]
  if (openOn) conditions.push(openWhen(endOf(openOn)))
  if (filter.reopenedFrom ?? filter.reopenedUntil)
    conditions.push(
      sql`t.id in (select e.ticket_id from ticket_events e where ${all([
        sql`e.kind = 'reopened'`,
        ...within(sql`e.at`, filter.reopenedFrom, filter.reopenedUntil),
      ])})`,
    )
  if (filter.reopened) conditions.push(sql`t.reopenings > 0`)
  const rating = [
    ...within(sql`r.rated_at`, filter.ratedFrom, filter.ratedUntil),
    ...(score
      ? [score === 'good' ? sql<boolean>`r.score >= 4` : sql<boolean>`r.score = ${Number(score)}`]
      : []),
  ]
  if (rating.length > 0 || filter.rated)
    conditions.push(
      sql`exists (select from ticket_ratings r where ${all([sql`r.ticket_id = t.id`, ...rating])})`,
    )
  if (name) conditions.push(sql`${columns[name].seconds} is not null`)
  if (kept) conditions.push(sql`${columns[kept].kept}`)
  if (missed)
    conditions.push(
      sql`(${columns[missed].kept} is false or (${columns[missed].kept} is null and ${lateNow(missed, now)}))`,
    )
  if (filter.late) conditions.push(sql`(t.status <> 'resolved' and t.due_at <= ${now}::timestamptz)`)
  if (policyId)
    conditions.push(
      policyId === 'none'
        ? sql`t.policy_version_id is null`
        : sql`t.policy_version_id in (select id from support_policy_versions where policy_id = ${policyId}::uuid)`,
    )
  if (weekday) conditions.push(sql`${weekdayOf} = ${Number(weekday)}`)
  if (hour) conditions.push(sql`${hourOf} = ${Number(hour)}`)
  return conditions
}

/** What reports count of each promise. */
export const columns: Record<TargetName, { seconds: RawBuilder<number>; kept: RawBuilder<boolean> }> = {
  firstResponse: { seconds: sql`t.first_response_seconds`, kept: sql`t.first_response_kept` },
  nextResponse: { seconds: sql`t.next_response_seconds`, kept: sql`t.next_response_kept` },
  resolution: { seconds: sql`t.resolution_seconds`, kept: sql`t.resolution_kept` },
}

const opening = sql`t.opened_at at time zone ${sql.lit(reportZone)}`
export const weekdayOf = sql<number>`extract(isodow from ${opening})::integer`
export const hourOf = sql<number>`extract(hour from ${opening})::integer`

/** It was to be done by now, and nothing has happened since that would have said so in the ticket's row. */
export const lateNow = (name: TargetName, now: Date): Condition =>
  sql`(t.status <> 'resolved' and t.due_at <= ${now}::timestamptz and jsonb_path_exists(t.clocks,
    '$.targets[*] ? (@.name == $name && @.settledAt == null && @.due <= $now)',
    jsonb_build_object('name', ${name}::text, 'now', ${now.toISOString()}::text)))`

/** Opened before that instant, and not resolved before it. */
export const openWhen = (instant: Date): Condition =>
  sql`(t.opened_at < ${instant}::timestamptz and (t.resolved_at is null or t.resolved_at >= ${instant}::timestamptz))`

/** On or after the first day, and before the end of the last. */
export function within(
  at: RawBuilder<unknown>,
  from: string | undefined,
  until: string | undefined,
): Condition[] {
  return [
    ...(from ? [sql<boolean>`${at} >= ${startOf(from)}::timestamptz`] : []),
    ...(until ? [sql<boolean>`${at} < ${endOf(until)}::timestamptz`] : []),
  ]
}

export const startOf = (day: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(reportZone).epochMilliseconds)

export const endOf = (day: string): Date => startOf(Temporal.PlainDate.from(day).add({ days: 1 }).toString())

export const all = (conditions: readonly Condition[]): Condition => sql`${sql.join(conditions, sql` and `)}`
