// The bare search: two prepared statements, asked by one process that does nothing else. The words one slip away are made by
// the same code as ours, and the answer is the same page of JSON with the same count; no HTTP, no session, no second thought.
import pg from 'pg'
import { oneSlipAway } from '../../modules/clients/server/searching/one-slip.ts'

const known = {
  name: 'known',
  text: `select coalesce(array_agg(word), '{}') as words from client_words where word = any($1::text[])`,
}
const search = {
  name: 'search',
  text: `
    with found as materialized (
      select c.id, c.sort_name, case when c.sort_name like $1 || '%' then 0 when c.search_text like $1 || '%' then 1
        when c.search_text like $2 then 2 when split_part(c.sort_name, ' ', 1) = any($3::text[]) then 3 else 4 end as rank
      from clients c where c.trashed_at is null and (c.search_text like $2 or c.search_words && $3::text[])),
    best as (select * from found order by rank, sort_name, id limit 50)
    select (select json_agg(row_to_json(shown))::text from (
        select c.id, c.kind, c.status, c.last_name as "lastName", c.first_name as "firstName", c.email, c.city, c.department,
          case when s.id is null then c.next_payment_on
            when s.status in ('trialing', 'active', 'past_due') and s.cancel_on is null then s.next_period_on end as "nextPaymentOn", c.last_sign_in_at as "lastSignInAt", c.created_at as "createdAt",
          c.trashed_at as "trashedAt", c.account_manager_id as "accountManagerId", s.status as subscription, s.trial_ends_on as "trialEndsOn",
          s.monthly_cents as "monthlyCents"
        from best join clients c on c.id = best.id left join subscriptions s on s.client_id = c.id and s.is_current
        order by best.rank, best.sort_name, best.id) shown) as rows,
      (select count(*)::int from found) as total`,
}

type Answer = { rows: string | null; total: number }

/** The answer as PostgreSQL wrote it. */
export async function bareSearch(db: pg.Client, typed: string): Promise<Answer> {
  const meant = await db.query<{ words: string[] }>({ ...known, values: [oneSlipAway(typed)] })
  const values = [typed, `%${typed}%`, meant.rows[0]?.words ?? []]
  const { rows } = await db.query<Answer>({ ...search, values })
  return rows[0]! // a select without a table has one row
}

export type BareOrder = { databaseUrl: string; words: string[]; connections: number; seconds: number }

/** How long each search took, in milliseconds, in ascending order; asked without reading the answer. */
async function run({ databaseUrl, words, connections, seconds }: BareOrder): Promise<number[]> {
  const took: number[] = []
  let turn = 0
  const until = performance.now() + seconds * 1_000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const db = new pg.Client(databaseUrl)
      await db.connect()
      while (performance.now() < until) {
        const typed = words[turn++ % words.length]! // a remainder lies within
        const began = performance.now()
        await bareSearch(db, typed)
        took.push(performance.now() - began)
      }
      await db.end()
    }),
  )
  return took.toSorted((one, other) => one - other)
}

if (process.argv[1] === import.meta.filename)
  process.once('message', (order: BareOrder) => {
    run(order)
      .catch((error: unknown) => String(error))
      .then((took) => process.send?.(took, () => process.exit()))
  })
