/**
 * The sums of a report. A year of a busy help desk is hundreds of thousands of tickets: each question reads one index
 * (0014_support_mail.sql) from end to end of the period, and no row.
 */
import type { RawBuilder } from 'kysely'
import type { ReportedFilter, Span, TargetName } from '#contract/support'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { all, endOf, lateNow, reported, reportZone, startOf } from '../tickets/listing/reported-sql.ts'

/** In the words of those indexes. */
const counted = sql<boolean>`t.trashed_at is null and t.merged_into_id is null`
const of = (filter: ReportedFilter, now: Date) => all([counted, ...reported(filter, now)])
const openedIn = ({ from, until }: Span): ReportedFilter => ({ openedFrom: from, openedUntil: until })
const resolvedIn = ({ from, until }: Span): ReportedFilter => ({ resolvedFrom: from, resolvedUntil: until })

/** What figures are told by: of a time its hour or day, `2026-11-23 09:00:00`. */
export const dimensions = ['slot', 'agent', 'team', 'topic', 'version'] as const
export type Dimension = (typeof dimensions)[number]
type Keyed = { about: Dimension; key: string | null }

/** One look at the tickets gives the sums by each of some dimensions. */
function sumsBy(some: readonly Dimension[]) {
  const each = (write: (one: Dimension) => RawBuilder<unknown>, between = sql`, `) =>
    sql.join(some.map(write), between)
  return {
    key: sql`case ${each((one) => sql`when grouping(${sql.ref(one)}) = 0 then ${sql.lit(one)}`, sql` `)} end as about,
      coalesce(${each((one) => sql`${sql.ref(one)}::text`)}) as key`,
    group: sql`grouping sets (${each((one) => sql`(${sql.ref(one)})`)})`,
  }
}

const whose = sql`t.assignee_id as agent, t.team_id as team, t.topic, t.policy_version_id as version`
const local = (unit: 'hour' | 'day', at: RawBuilder<unknown>) =>
  sql`date_trunc(${sql.lit(unit)}, ${at} at time zone ${sql.lit(reportZone)}) as slot`

export type OpenedSums = Keyed & {
  opened: number
  firstKept: number
  firstMissed: number
  nextKept: number
  nextMissed: number
}

export const openedSums = (span: Span, now: Date, by: readonly Dimension[]) => sql<OpenedSums>`
  select ${sumsBy(by).key}, count(*) as opened,
    count(*) filter (where first) as first_kept, count(*) filter (where not first) as first_missed,
    count(*) filter (where next) as next_kept, count(*) filter (where not next) as next_missed
  from (select ${local('hour', sql`t.opened_at`)}, ${whose}, t.first_response_kept as first, t.next_response_kept as next
    from tickets t where ${of(openedIn(span), now)}) opened
  group by ${sumsBy(by).group}`

/** Promises that nobody has kept and that are late since ticket and row last changed: few, and only among what is open. */
export type LateSums = Keyed & { firstMissed: number; nextMissed: number }

export const lateSums = (span: Span, now: Date, by: readonly Dimension[]) => sql<LateSums>`
  select ${sumsBy(by).key}, count(*) filter (where first) as first_missed, count(*) filter (where next) as next_missed
  from (select null::timestamp as slot, ${whose}, t.first_response_kept is null and ${lateNow('firstResponse', now)} as first,
      t.next_response_kept is null and ${lateNow('nextResponse', now)} as next
    from tickets t where t.status <> 'resolved' and t.due_at <= ${now}::timestamptz and ${of(openedIn(span), now)}) late
  group by ${sumsBy(by).group}`

export type ResolvedSums = Keyed & {
  resolved: number
  resolutionKept: number
  resolutionMissed: number
  cameBack: number
}

export const resolvedSums = (span: Span, now: Date, by: readonly Dimension[]) => sql<ResolvedSums>`
  select ${sumsBy(by).key}, count(*) as resolved, count(*) filter (where kept) as resolution_kept,
    count(*) filter (where not kept) as resolution_missed, count(*) filter (where reopenings > 0) as came_back
  from (select ${local('day', sql`t.resolved_at`)}, ${whose}, t.resolution_kept as kept, t.reopenings
    from tickets t where ${of(resolvedIn(span), now)}) resolved
  group by ${sumsBy(by).group}`

export type OpenSums = Keyed & { open: number }

/** Two stretches of one index: what is not resolved yet, and what was resolved later. */
export const openSums = ({ until }: Span, by: readonly Dimension[]) => {
  const end = endOf(until)
  const part = (resolved: RawBuilder<boolean>) => sql`select null::timestamp as slot, ${whose} from tickets t
    where ${counted} and t.opened_at < ${end}::timestamptz and ${resolved}`
  return sql<OpenSums>`select ${sumsBy(by).key}, count(*) as open
    from (${part(sql`t.resolved_at is null`)} union all ${part(sql`t.resolved_at >= ${end}::timestamptz`)}) open
    group by ${sumsBy(by).group}`
}

export type Times = { target: TargetName; measured: number; median: number | null; p90: number | null }

/** Between two values the one that lies there: of two tickets the median is their mean. */
const timesIn = (target: TargetName, seconds: RawBuilder<unknown>) => sql`select ${sql.lit(target)} as target,
  count(${seconds}) as measured, (percentile_cont(array[0.5, 0.9]) within group (order by ${seconds})) as at`

export const times = (span: Span, now: Date) => sql<Times>`
  select target, measured, round(at[1])::integer as median, round(at[2])::integer as p90 from (
    ${timesIn('firstResponse', sql`t.first_response_seconds`)} from tickets t where ${of(openedIn(span), now)}
      and t.first_response_seconds is not null
    union all ${timesIn('nextResponse', sql`t.next_response_seconds`)} from tickets t where ${of(openedIn(span), now)}
      and t.next_response_seconds is not null
    union all ${timesIn('resolution', sql`t.resolution_seconds`)} from tickets t where ${of(resolvedIn(span), now)}
      and t.resolution_seconds is not null) told`

export type Afterwards = { reopened: number; answered: number; byScore: number[] }

/** Of ratings and reopenings there are few, and of tickets that do not count fewer: those are left out of these. */
export const afterwards = (span: Span, now: Date) => {
  const rated = (score: number) => sql`(count(*) filter (where r.score = ${sql.lit(score)}))::integer`
  const within = (at: RawBuilder<unknown>) =>
    sql`${at} >= ${startOf(span.from)}::timestamptz and ${at} < ${endOf(span.until)}::timestamptz`
  return sql<Afterwards>`select
    (select count(distinct e.ticket_id) from ticket_events e
      where e.kind = 'reopened' and ${within(sql`e.at`)} and e.ticket_id not in (${left})) as reopened,
    (select count(*) from tickets t where ${of(resolvedIn(span), now)}
      and t.id in (select ticket_id from ticket_ratings)) as answered,
    (select array[${sql.join([1, 2, 3, 4, 5].map(rated))}] from ticket_ratings r
      where ${within(sql`r.rated_at`)} and r.ticket_id not in (${left})) as by_score`
}
const left = sql`select id from tickets where trashed_at is not null or merged_into_id is not null`

export type Comment = {
  id: string
  number: number
  subject: string
  score: number
  comment: string
  ratedAt: Date
}

export const comments = (span: Span, limit: number) => sql<Comment>`
  select t.id, t.number, t.subject, r.score, r.comment, r.rated_at
  from ticket_ratings r join tickets t on t.id = r.ticket_id
  where ${counted} and r.comment <> '' and r.rated_at >= ${startOf(span.from)}::timestamptz
    and r.rated_at < ${endOf(span.until)}::timestamptz
  order by r.rated_at desc, t.id limit ${limit}`

/** What the keys of these dimensions are called; of a policy's version its policy. */
export type Named = { about: Dimension; key: string; id: string; name: string }

export const names = (keys: Record<'agent' | 'team' | 'version', readonly string[]>) => sql<Named>`
  select 'agent' as about, id::text as key, id, first_name || ' ' || last_name as name from staff_members
    where id = any(${keys.agent}::uuid[])
  union all select 'team', id::text, id, name from support_teams where id = any(${keys.team}::uuid[])
  union all select 'version', v.id::text, p.id, p.name from support_policy_versions v
    join support_policies p on p.id = v.policy_id where v.id = any(${keys.version}::uuid[])`

export type Ask = <Row>(question: RawBuilder<Row>) => Promise<Row[]>

/** All questions see the tickets of one instant. */
export const atOneInstant = <Answer>(db: CentralDb, work: (ask: Ask) => Promise<Answer>): Promise<Answer> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      // PostgreSQL does not know how few hours a year has, and would sort its tickets rather than count them in memory.
      await sql`set local work_mem = '64MB'`.execute(transaction)
      return work(async (question) => (await question.execute(transaction)).rows)
    })
