// The figures of a report as one would ask for them by hand, each as plainly as it can be said.
import type pg from 'pg'
import type { Report } from '../support-reports.ts'

/** @returns opened, resolved, open at the end, the median of first responses, the ninetieth of a hundred resolutions */
export async function bareReport(client: pg.Client, { span, before }: Report): Promise<number[]> {
  const [now] = [await ofSpan(client, span), await ofSpan(client, before)]
  await client.query(`select t.id, t.number, t.subject, r.score, r.comment, r.rated_at from ticket_ratings r
    join tickets t on t.id = r.ticket_id where r.comment <> '' order by r.rated_at desc limit 50`)
  return now
}

async function ofSpan(client: pg.Client, { from, until }: Report['span']): Promise<number[]> {
  const opened = `from tickets where trashed_at is null and merged_into_id is null
    and opened_at >= $1::date::timestamp at time zone 'Europe/Paris'
    and opened_at < ($2::date + 1)::timestamp at time zone 'Europe/Paris'`
  const resolved = opened.replaceAll('opened_at', 'resolved_at')
  const ask = async (text: string, values: string[] = [from, until]) =>
    (await client.query<Record<string, number | string>>(text, values)).rows
  const kept = (name: string) =>
    `count(*) as count, count(*) filter (where ${name}_kept), count(*) filter (where not ${name}_kept)`
  const by = ['assignee_id', 'team_id', 'topic', 'policy_version_id']

  for (const column of by) await ask(`select ${column}, ${kept('first_response')} ${opened} group by 1`)
  for (const column of by) await ask(`select ${column}, ${kept('resolution')} ${resolved} group by 1`)
  await ask(`select extract(isodow from opened_at at time zone 'Europe/Paris'),
    extract(hour from opened_at at time zone 'Europe/Paris'), count(*) ${opened} group by 1, 2`)
  await ask(`select (opened_at at time zone 'Europe/Paris')::date, count(*) ${opened} group by 1`)
  await ask(`select (resolved_at at time zone 'Europe/Paris')::date, count(*) ${resolved} group by 1`)
  await ask(`select count(*) from tickets where id in (select ticket_id from ticket_ratings)
    and resolved_at >= $1::date and resolved_at < $2::date + 1`)
  await ask(
    'select score, count(*) from ticket_ratings where rated_at >= $1::date and rated_at < $2::date + 1 group by 1',
  )
  const [first] = await ask(`select count(*) as count,
    round(percentile_cont(0.5) within group (order by first_response_seconds))::integer as median,
    percentile_cont(0.9) within group (order by first_response_seconds) ${opened}`)
  await ask(`select percentile_cont(array[0.5, 0.9]) within group (order by next_response_seconds) ${opened}`)
  const [last] = await ask(`select count(*) as count,
    round(percentile_cont(0.9) within group (order by resolution_seconds))::integer as p90,
    percentile_cont(0.5) within group (order by resolution_seconds) ${resolved}`)
  const [open] = await ask(
    `select count(*) as count from tickets where trashed_at is null and merged_into_id is null
      and opened_at < ($1::date + 1)::timestamp at time zone 'Europe/Paris'
      and (resolved_at is null or resolved_at >= ($1::date + 1)::timestamp at time zone 'Europe/Paris')`,
    [until],
  )
  return [first?.['count'], last?.['count'], open?.['count'], first?.['median'], last?.['p90']].map(Number)
}
