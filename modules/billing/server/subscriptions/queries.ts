import type { RawBuilder } from 'kysely'
import type { SubscriptionSummary } from '#contract/billing'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'subscriptions' | 'plans' | 'clients' | 'currentFigures'>

export type Filter = {
  status?: string | undefined
  plan?: string | undefined
  client?: string | undefined
  option?: string | undefined
  payingOn?: string | undefined
  trialEndsUntil?: string | undefined
  dueUntil?: string | undefined
  which: 'current' | 'all'
  q?: string | undefined
}

const sortKeys = {
  client: { by: sql`c.sort_name`, type: sql`text` },
  // What has no next period stands at the end.
  nextPeriodOn: { by: sql`coalesce(s.next_period_on, 'infinity')`, type: sql`date` },
  monthly: { by: sql`s.monthly_cents`, type: sql`bigint` },
  startedOn: { by: sql`s.started_on`, type: sql`date` },
} as const
export type SortKey = keyof typeof sortKeys

/** As the contract's summary, of subscription `s`, its client `c` and its plan `p`. */
const summary = sql`s.id, json_build_object('id', c.id, 'firstName', c.first_name, 'lastName', c.last_name, 'email', c.email) as client,
  json_build_object('id', p.id, 'name', p.name) as plan, s.status, s.interval_months as "intervalMonths",
  s.monthly_cents as "monthlyCents", s.started_on as "startedOn", s.trial_ends_on as "trialEndsOn",
  s.paying_from as "payingFrom", s.paying_until as "payingUntil", s.next_period_on as "nextPeriodOn", s.cancel_on as "cancelOn",
  s.resumes_on as "resumesOn", s.hold_for_review as "holdForReview", s.is_current as "isCurrent"`

const joined = sql`subscriptions s join clients c on c.id = s.client_id join plans p on p.id = s.plan_id`

export async function subscriptionsPage(
  db: Db,
  wanted: {
    filter: Filter
    key: SortKey
    descending: boolean
    after: { key: string; id: string } | undefined
    limit: number
  },
): Promise<{ row: SubscriptionSummary; sortKey: string }[]> {
  const { by, type } = sortKeys[wanted.key]
  const way = wanted.descending ? sql`desc` : sql`asc`
  const beyond = wanted.after
    ? sql`and (${by}, s.id) ${wanted.descending ? sql`<` : sql`>`} (${wanted.after.key}::${type}, ${wanted.after.id}::uuid)`
    : sql``
  const { rows } = await sql<{ row: SubscriptionSummary; sortKey: string }>`
    select row_to_json(shown) as row, (${by})::text as "sortKey" from ${joined}, lateral (select ${summary}) shown
    where ${matching(wanted.filter)} ${beyond} order by ${by} ${way}, s.id ${way} limit ${wanted.limit}`.execute(
    db,
  )
  return rows
}

export async function subscriptionSums(
  db: Db,
  filter: Filter,
): Promise<{ total: number; monthlyCents: number }> {
  const { rows } = await sql<{ total: number; monthlyCents: number }>`
    select count(*) as total, coalesce(sum(s.monthly_cents), 0)::bigint as "monthlyCents" from ${joined}
    where ${matching(filter)}`.execute(db)
  return rows[0]! // an aggregate has one row
}

/** Kept by triggers, so that a list of a hundred thousand opens as fast as one of ten. */
export async function countedByStatus(db: Db) {
  const { rows } = await sql<{ status: SubscriptionSummary['status']; count: number; monthlyCents: number }>`
    select dimension as status, sum(count)::bigint as count, sum(cents)::bigint as "monthlyCents" from current_figures
    where measure = 'subscriptions' group by 1`.execute(db)
  return rows
}

/** @returns cents of MRR on each of these days */
export async function mrrOn(db: Db, days: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ cents: number }>`
    select coalesce((select sum(case measure when 'mrr_lost' then -cents else cents end) from current_figures
      where measure in ('mrr_gained', 'mrr_lost', 'mrr_changed') and day <= asked.day::date), 0)::bigint as cents
    from unnest(${days}::text[]) with ordinality as asked (day, place) order by place`.execute(db)
  return rows.map(({ cents }) => cents)
}

export async function summaryById(db: Db, id: string): Promise<SubscriptionSummary | undefined> {
  const { rows } =
    await sql<SubscriptionSummary>`select ${summary} from ${joined} where s.id = ${id}::uuid`.execute(db)
  return rows[0]
}

function matching(filter: Filter): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  const { status, plan, client, option, payingOn, trialEndsUntil, dueUntil, which, q } = filter
  if (which === 'current' && status !== 'ended') conditions.push(sql`s.is_current`)
  if (which === 'current' && status === undefined) conditions.push(sql`s.status <> 'ended'`)
  if (status !== undefined) conditions.push(sql`s.status = ${status}`)
  if (plan !== undefined) conditions.push(sql`s.plan_id = ${plan}::uuid`)
  if (client !== undefined) conditions.push(sql`s.client_id = ${client}::uuid`)
  if (option !== undefined)
    conditions.push(
      sql`s.id in (select subscription_id from subscription_options where option_id = ${option}::uuid and until_on is null)`,
    )
  if (payingOn !== undefined)
    conditions.push(
      sql`s.paying_from <= ${payingOn}::date and (s.paying_until is null or s.paying_until > ${payingOn}::date)`,
    )
  if (trialEndsUntil !== undefined)
    conditions.push(sql`s.status = 'trialing' and s.trial_ends_on <= ${trialEndsUntil}::date`)
  if (dueUntil !== undefined) conditions.push(sql`s.next_period_on <= ${dueUntil}::date`)
  if (q !== undefined && q !== '')
    // What LIKE would take for a pattern stands for itself; of such signs plain_text() leaves the underscore.
    conditions.push(sql`plain_text(${q}) <> '' and c.search_text like all (
      select '%' || word || '%' from unnest(string_to_array(replace(plain_text(${q}), '_', '\\_'), ' ')) as word)`)
  return sql`${sql.join(conditions, sql` and `)}`
}
